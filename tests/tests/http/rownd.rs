//! Every operation of Rownd, with every documented response, both media types and all credentials.

use std::collections::BTreeMap;

use futures::TryStreamExt as _;
use generated_client::rownd::{self, Client, Credentials, operations as o, types};
use serde_json::{Value, json};
use specwright_runtime::{ByteStream, Bytes, Secret};
use tests::Served;
use tests::responses::Covered;
use tests::script::{SECRET, Script};
use tests::scripted::Rownd;

fn secret() -> Secret {
    Secret::from(SECRET)
}

pub fn keys() -> Credentials {
    Credentials::AppKeyAndAppSecret { app_key: secret(), app_secret: secret() }
}

async fn served(credentials: Credentials) -> (Served, Script, Client) {
    let script = Script::new();
    let served = Served::start(rownd::server::router(Rownd(script.clone()))).await;
    let client = Client::builder(served.url()).credentials(credentials).build().unwrap();
    (served, script, client)
}

/// The response in the documentation of the whole profile, in the older format.
pub fn page_response() -> Value {
    let page = include_str!("../../fixtures/rownd-profile-response.json");
    serde_json::from_str(page).unwrap()
}

fn data() -> types::AppUserData {
    serde_json::from_value(page_response()).unwrap()
}

pub fn profile() -> types::AppUserProfile {
    serde_json::from_value(page_response()).unwrap()
}

fn request() -> types::AppUserDataRequest {
    let data = BTreeMap::from([("first_name".to_owned(), json!("Gary")), ("age".to_owned(), json!(7))]);
    types::AppUserDataRequest::new().data(data)
}

fn refused() -> types::UserUpsertError {
    types::UserUpsertError::new()
        .status_code(400.0)
        .code("E_USER_UPDATE_FAILED")
        .field_errors(BTreeMap::from([("email".to_owned(), vec!["is taken".to_owned()])]))
}

fn page() -> types::AppUserDataPage {
    types::AppUserDataPage::new(types::AppUserDataPageRequired { total_results: 1, results: vec![data()] })
}

fn outcome() -> types::BulkUpsertResult {
    let done = types::BulkUpsertOutcome::new(types::BulkUpsertOutcomeStatus::Success).result(data());
    let failed = types::BulkUpsertOutcome::new(types::BulkUpsertOutcomeStatus::Failure).error(refused());
    types::BulkUpsertResult::new(types::BulkUpsertResultRequired {
        total_results: 2,
        has_failures: true,
        results: vec![done, failed],
    })
}

#[tokio::test]
async fn every_documented_response_is_received() {
    let (_served, script, client) = served(keys()).await;
    let mut covered = Covered::default();
    let s = &script;
    let field = types::ApplicationUserDataFieldUpdateJsonRequest::new(json!({"deep": [1, null]}));
    let update = client.application_user_data_field_update("a", "u", "f").json(&field).send();
    let at = ("application_user_data_field_update", 200);
    covered.round(s, at, update, || Ok(o::ApplicationUserDataFieldUpdateSuccess::Ok(data()))).await;

    let get = || client.application_user_data_field_get("a", "u", "f").send();
    let value = || types::FieldValue::new(json!(null));
    covered
        .round(s, ("application_user_data_field_get", 200), get(), || {
            Ok(o::ApplicationUserDataFieldGetSuccess::OkJson(value()))
        })
        .await;
    covered
        .round(s, ("application_user_data_field_get", 403), get(), || {
            Err(o::ApplicationUserDataFieldGetError::Forbidden)
        })
        .await;
    covered.record("application_user_data_field_get", 200, "see a_field_with_a_file_is_streamed");

    let whole = client.application_user_data_get("a", "u").fields(["first_name", "email"]).send();
    covered
        .round(s, ("application_user_data_get", 200), whole, || Ok(o::ApplicationUserDataGetSuccess::Ok(data())))
        .await;

    let body = request();
    let put =
        || client.application_user_data_update("a", "__UUID__").write_data_to_integrations(false).json(&body).send();
    covered
        .round(s, ("application_user_data_update", 200), put(), || {
            Ok(o::ApplicationUserDataUpdateSuccess::Ok(profile()))
        })
        .await;
    covered
        .round(s, ("application_user_data_update", 400), put(), || {
            Err(o::ApplicationUserDataUpdateError::BadRequest(refused()))
        })
        .await;
    let patch = || client.application_user_data_patch("a", "u").json(&body).send();
    covered
        .round(s, ("application_user_data_patch", 200), patch(), || {
            Ok(o::ApplicationUserDataPatchSuccess::Ok(profile()))
        })
        .await;
    covered
        .round(s, ("application_user_data_patch", 400), patch(), || {
            Err(o::ApplicationUserDataPatchError::BadRequest(refused()))
        })
        .await;
    let delete = client.application_user_data_delete("a", "u").send();
    covered
        .round(s, ("application_user_data_delete", 204), delete, || Ok(o::ApplicationUserDataDeleteSuccess::NoContent))
        .await;

    let list = client
        .application_users_data_list("a")
        .page_size(1000)
        .sort(types::SortDirection::Desc)
        .id_filter(["x", "y"])
        .send();
    covered
        .round(s, ("application_users_data_list", 200), list, || Ok(o::ApplicationUsersDataListSuccess::Ok(page())))
        .await;
    let users =
        types::BulkUpsertRequest::new(vec![types::BulkUpsertUser::new(BTreeMap::<String, serde_json::Value>::new())]);
    let bulk = client.application_users_data_upsert("a", &users).send();
    covered
        .round(s, ("application_users_data_upsert", 200), bulk, || {
            Ok(o::ApplicationUsersDataUpsertSuccess::Ok(outcome()))
        })
        .await;
    let state = types::UserStateRequest::new(types::UserStateRequestState::Disabled);
    let set = client.application_user_state_update("a", "u", &state).send();
    covered
        .round(s, ("application_user_state_update", 200), set, || Ok(o::ApplicationUserStateUpdateSuccess::Ok(data())))
        .await;
    let config = client.hub_app_config_get().send();
    covered
        .round(s, ("hub_app_config_get", 200), config, || {
            Ok(o::HubAppConfigGetSuccess::Ok(types::AppConfig::new(types::App::new("app_1"))))
        })
        .await;
    let metadata = client.hub_auth_metadata_get().send();
    covered
        .round(s, ("hub_auth_metadata_get", 200), metadata, || {
            Ok(o::HubAuthMetadataGetSuccess::Ok(types::AuthMetadata::new(types::AuthMetadataRequired {
                issuer: "https://a.example".to_owned(),
                jwks_uri: "https://a.example/keys".to_owned(),
            })))
        })
        .await;
    let keys = client.hub_auth_keys_get().send();
    covered
        .round(s, ("hub_auth_keys_get", 200), keys, || {
            Ok(o::HubAuthKeysGetSuccess::Ok(types::JsonWebKeySet::new(vec![types::JsonWebKey::new("OKP")])))
        })
        .await;
    covered.assert_complete(rownd::DOCUMENT);
}

#[tokio::test]
async fn both_kinds_of_body_and_no_body_reach_the_method() {
    let (_served, script, client) = served(keys()).await;
    let call = || client.application_user_data_field_update("a", "u", "f");
    let response = || {
        script.respond_with::<_, specwright_runtime::Never>(Ok(o::ApplicationUserDataFieldUpdateSuccess::Ok(data())))
    };
    let json = types::ApplicationUserDataFieldUpdateJsonRequest::new(json!(["any", {"json": true}]));
    let multipart = types::ApplicationUserDataFieldUpdateMultipartRequest::new("Gary\r\n--boundary \u{1f600}");
    response();
    call().json(&json).send().await.unwrap();
    response();
    call().multipart(multipart.clone()).send().await.unwrap();
    response();
    call().send().await.unwrap();

    type Body = rownd::server::ApplicationUserDataFieldUpdateBody;
    let input = |body| rownd::server::ApplicationUserDataFieldUpdateInput {
        app: "a".into(),
        user: "u".into(),
        field: "f".into(),
        body,
    };
    let expected =
        [Some(Body::Json(json)), Some(Body::Multipart(multipart)), None].map(|body| format!("{:?}", input(body)));
    assert_eq!(script.inputs(), expected);
}

#[tokio::test]
async fn a_profile_can_be_sent_as_a_multipart_form() {
    let (_served, script, client) = served(keys()).await;
    let attributes = BTreeMap::from([("rownd:app_variants".to_owned(), vec!["a".to_owned(), "b".to_owned()])]);
    let body = request().attributes(attributes);
    script.respond_with::<_, o::ApplicationUserDataUpdateError>(Ok(o::ApplicationUserDataUpdateSuccess::Ok(profile())));
    client.application_user_data_update("a", "u").multipart(body.clone()).await.unwrap();
    let expected = rownd::server::ApplicationUserDataUpdateInput {
        app: "a".into(),
        user: "u".into(),
        write_data_to_integrations: true,
        body: Some(rownd::server::ApplicationUserDataUpdateBody::Multipart(body)),
    };
    assert_eq!(script.inputs(), [format!("{expected:?}")]);
}

#[tokio::test]
async fn either_alternative_of_credentials_is_accepted() {
    for (credentials, seen) in [
        (keys(), "AppKeyAndAppSecret"),
        (Credentials::HubAccessTokenForRowndApi(secret()), "HubAccessTokenForRowndApi"),
    ] {
        let (_served, script, client) = served(credentials).await;
        script.respond_with::<_, specwright_runtime::Never>(Ok(o::ApplicationUserDataDeleteSuccess::NoContent));
        client.application_user_data_delete("a", "u").await.unwrap();
        assert_eq!(script.credentials(), [seen]);
    }
    let (_served, script, client) = served(Credentials::AppKey(secret())).await;
    script.respond_with::<_, specwright_runtime::Never>(Ok(o::HubAppConfigGetSuccess::Ok(types::AppConfig::new(
        types::App::new("app_1"),
    ))));
    assert_eq!(client.hub_app_config_get().await.unwrap().into_body().app.id, "app_1");
    assert_eq!(script.credentials(), ["AppKey"]);
}

#[tokio::test]
async fn a_field_with_a_file_is_streamed() {
    let (_served, script, client) = served(keys()).await;
    let pieces = futures::stream::iter([
        Ok::<_, specwright_runtime::StreamError>(Bytes::from_static(b"\x89PNG")),
        Ok(Bytes::from_static(b"\r\n")),
    ]);
    let response = o::ApplicationUserDataFieldGetSuccess::OkBytes(ByteStream::new(pieces));
    script.respond_with::<_, o::ApplicationUserDataFieldGetError>(Ok(response));
    let call = client.application_user_data_field_get("a", "u", "picture").preview(types::PreviewSize::Small);
    let o::ApplicationUserDataFieldGetSuccess::OkBytes(stream) = call.send().await.unwrap().into_inner() else {
        panic!("JSON")
    };
    let pieces: Vec<Bytes> = stream.try_collect().await.unwrap();
    assert_eq!(pieces.concat(), b"\x89PNG\r\n");
}
