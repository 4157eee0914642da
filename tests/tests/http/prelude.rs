//! Every operation of Prelude, with every documented response.

use std::collections::BTreeMap;

use generated_client::prelude_so::{self, Client, Credentials, operations as o, types};
use serde_json::json;
use specwright_runtime::{DateTime, Secret};
use tests::Served;
use tests::responses::Covered;
use tests::script::{SECRET, Script};
use tests::scripted::PreludeSo;

async fn served() -> (Served, Script, Client) {
    let script = Script::new();
    let served = Served::start(prelude_so::server::router(PreludeSo(script.clone()))).await;
    let client =
        Client::builder(served.url()).credentials(Credentials::Authorization(Secret::from(SECRET))).build().unwrap();
    (served, script, client)
}

fn profile() -> types::PatchUserProfileRequest {
    types::PatchUserProfileRequest::new(BTreeMap::from([("first_name".to_owned(), "Jane".to_owned())]))
}

fn invalid() -> types::InvalidRequestError {
    types::InvalidRequestError::new("The request body is invalid.")
}

fn reserved() -> types::ReservedProfileKeyError {
    types::ReservedProfileKeyError::new("The profile key is reserved and cannot be used.")
}

fn disabled() -> types::SessionDisabledError {
    types::SessionDisabledError::new("Session management is disabled for this application.")
}

fn no_app() -> types::AppNotFoundError {
    types::AppNotFoundError::new("The application was not found.")
}

fn no_user() -> types::UserNotFoundError {
    types::UserNotFoundError::new("The user was not found.")
}

fn user() -> types::User {
    let identifier = types::Identifier::new(types::IdentifierRequired {
        r#type: types::IdentifierType::EmailAddress,
        value: "jane@example.com".to_owned(),
    });
    let profile = BTreeMap::from([("first_name".to_owned(), json!("Jane")), ("locales".to_owned(), json!(["en-US"]))]);
    types::User::new(types::UserRequired {
        id: "usr_01jqebhswje1ka1z7ahr9rfsgt".into(),
        identifiers: vec![identifier],
        profile,
    })
    .status("active")
    .created_at(DateTime::new("2026-01-02T03:04:05Z").unwrap())
}

#[tokio::test]
async fn every_documented_response_is_received() {
    let (_served, script, client) = served().await;
    let mut covered = Covered::default();
    let s = &script;
    let body = profile();
    let patch = || client.patch_user_profile("54e9ujn", "usr_1", &body).send();
    type Patched = Result<o::PatchUserProfileSuccess, o::PatchUserProfileError>;
    let patched: [(u16, fn() -> Patched); 6] = [
        (204, || Ok(o::PatchUserProfileSuccess::NoContent)),
        (400, || Err(o::PatchUserProfileError::BadRequest(invalid().into()))),
        (400, || Err(o::PatchUserProfileError::BadRequest(reserved().into()))),
        (403, || Err(o::PatchUserProfileError::Forbidden(disabled()))),
        (404, || Err(o::PatchUserProfileError::NotFound(no_app().into()))),
        (404, || Err(o::PatchUserProfileError::NotFound(no_user().into()))),
    ];
    for (status, response) in patched {
        covered.round(s, ("patchUserProfile", status), patch(), response).await;
    }

    let list =
        || client.list_users("a").identifier_type(types::IdentifierType::PhoneNumber).identifier_value("+30 1").send();
    covered
        .round(s, ("listUsers", 200), list(), || {
            Ok(o::ListUsersSuccess::Ok(types::ListUsersResponse::new(vec![user()])))
        })
        .await;
    covered.round(s, ("listUsers", 400), list(), || Err(o::ListUsersError::BadRequest(invalid()))).await;
    covered.round(s, ("listUsers", 403), list(), || Err(o::ListUsersError::Forbidden(disabled()))).await;
    covered.round(s, ("listUsers", 404), list(), || Err(o::ListUsersError::NotFound(no_app()))).await;

    let new = types::CreateUserRequest::new(user().identifiers);
    let create = || client.create_user("a", &new).send();
    let id = || types::CreateUserResponse::new("usr_1");
    covered.round(s, ("createUser", 201), create(), || Ok(o::CreateUserSuccess::Created(id()))).await;
    covered.round(s, ("createUser", 400), create(), || Err(o::CreateUserError::BadRequest(invalid().into()))).await;
    covered.round(s, ("createUser", 400), create(), || Err(o::CreateUserError::BadRequest(reserved().into()))).await;
    covered.round(s, ("createUser", 403), create(), || Err(o::CreateUserError::Forbidden(disabled()))).await;
    covered.round(s, ("createUser", 404), create(), || Err(o::CreateUserError::NotFound(no_app()))).await;

    let get = || client.get_user("a", "u").send();
    covered.round(s, ("getUser", 200), get(), || Ok(o::GetUserSuccess::Ok(types::GetUserResponse::new(user())))).await;
    covered.round(s, ("getUser", 403), get(), || Err(o::GetUserError::Forbidden(disabled()))).await;
    covered.round(s, ("getUser", 404), get(), || Err(o::GetUserError::NotFound(no_app().into()))).await;
    covered.round(s, ("getUser", 404), get(), || Err(o::GetUserError::NotFound(no_user().into()))).await;

    let delete = || client.delete_user("a", "u").send();
    covered.round(s, ("deleteUser", 204), delete(), || Ok(o::DeleteUserSuccess::NoContent)).await;
    covered.round(s, ("deleteUser", 403), delete(), || Err(o::DeleteUserError::Forbidden(disabled()))).await;
    covered.round(s, ("deleteUser", 404), delete(), || Err(o::DeleteUserError::NotFound(no_app().into()))).await;
    covered.round(s, ("deleteUser", 404), delete(), || Err(o::DeleteUserError::NotFound(no_user().into()))).await;

    let external = types::SetUserExternalIdRequest::new("crm-7");
    let set = || client.set_user_external_id("a", "u", &external).send();
    covered.round(s, ("setUserExternalId", 204), set(), || Ok(o::SetUserExternalIdSuccess::NoContent)).await;
    covered.round(s, ("setUserExternalId", 400), set(), || Err(o::SetUserExternalIdError::BadRequest(invalid()))).await;
    covered.round(s, ("setUserExternalId", 403), set(), || Err(o::SetUserExternalIdError::Forbidden(disabled()))).await;
    covered
        .round(s, ("setUserExternalId", 404), set(), || Err(o::SetUserExternalIdError::NotFound(no_app().into())))
        .await;
    covered
        .round(s, ("setUserExternalId", 404), set(), || Err(o::SetUserExternalIdError::NotFound(no_user().into())))
        .await;
    covered.assert_complete(prelude_so::DOCUMENT);
}

#[tokio::test]
async fn the_method_receives_what_the_client_sends() {
    let (_served, script, client) = served().await;
    let body = profile();
    script.respond_with::<_, o::PatchUserProfileError>(Ok(o::PatchUserProfileSuccess::NoContent));
    client.patch_user_profile("54e9ujn", "usr 1/ü", &body).await.unwrap();
    let expected =
        prelude_so::server::PatchUserProfileInput { app_id: "54e9ujn".into(), user_id: "usr 1/ü".into(), body };
    assert_eq!(script.inputs(), [format!("{expected:?}")]);
    assert_eq!(script.credentials(), ["Authorization"]);
}

#[tokio::test]
async fn members_of_equal_shape_are_distinguished_by_code() {
    let (_served, script, client) = served().await;
    let body = profile();
    for (response, code) in [(no_app().into(), "app"), (types::PatchUserProfileNotFound::from(no_user()), "user")] {
        script.respond_with::<o::PatchUserProfileSuccess, _>(Err(o::PatchUserProfileError::NotFound(response).into()));
        let error = client.patch_user_profile("a", "u", &body).await.unwrap_err();
        let found = match error.api() {
            Some(o::PatchUserProfileError::NotFound(types::PatchUserProfileNotFound::AppNotFound(_))) => "app",
            Some(o::PatchUserProfileError::NotFound(types::PatchUserProfileNotFound::UserNotFound(_))) => "user",
            other => panic!("{other:?}"),
        };
        assert_eq!(found, code);
    }
}

#[tokio::test]
async fn an_id_cannot_leave_its_segment() {
    let (_served, script, client) = served().await;
    let body = profile();
    script.respond_with::<_, o::PatchUserProfileError>(Ok(o::PatchUserProfileSuccess::NoContent));
    let id = "../../config/login/password";
    client.patch_user_profile("a", id, &body).await.unwrap();
    assert!(script.inputs()[0].contains(id), "{:?}", script.inputs());
    for id in ["..", ".", ""] {
        let error = client.patch_user_profile("a", id, &body).await.unwrap_err();
        assert!(matches!(error, specwright_runtime::client::Error::InvalidRequest(_)), "{error}");
    }
    assert_eq!(script.inputs().len(), 1);
}
