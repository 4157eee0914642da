//! Calls every provider with the generated clients, at the given base URLs: those of a validating
//! proxy, for example.
//!
//! `cargo run -p sandbox --example calls -- rownd=http://127.0.0.1:5001 prelude=… looker=… stateset=…`

use std::collections::BTreeMap;
use std::error::Error;

use generated_client::{looker, prelude_so, rownd, stateset};
use serde_json::json;
use specwright_runtime::client::Retry;

type CallResult = Result<(), Box<dyn Error>>;

#[tokio::main]
async fn main() -> CallResult {
    for argument in std::env::args().skip(1) {
        let (provider, url) = argument.split_once('=').ok_or("expected `provider=URL`")?;
        match provider {
            "rownd" => call_rownd(url).await?,
            "prelude" => call_prelude(url).await?,
            "looker" => call_looker(url).await?,
            "stateset" => call_stateset(url).await?,
            _ => return Err(format!("there is no provider `{provider}`").into()),
        }
        println!("{provider}: all calls succeeded");
    }
    Ok(())
}

async fn call_rownd(url: &str) -> CallResult {
    use rownd::types::AppUserDataRequest;
    let credentials =
        rownd::Credentials::AppKeyAndAppSecret { app_key: "key_sandbox".into(), app_secret: "ras_sandbox".into() };
    let client = rownd::Client::builder(url).retry(Retry::none()).credentials(credentials).build()?;
    client.hub_auth_metadata_get().send().await?;
    client.hub_auth_keys_get().send().await?;
    let app = client.hub_app_config_get().send().await?.into_inner().into_body().app.id;
    let data = BTreeMap::from([("first_name".to_owned(), json!("Ann")), ("email".to_owned(), json!("ann@foo.com"))]);
    let body = AppUserDataRequest::new().data(data.clone());
    let made = client.application_user_data_update().app(app.as_str()).user("__uuid__").json(&body).send().await?;
    let id = made.into_inner().into_body().data.unwrap_or_default()["user_id"].as_str().unwrap_or_default().to_owned();
    let (app, id) = (app.as_str(), id.as_str());
    client.application_user_data_patch().app(app).user(id).json(&body).send().await?;
    let value = rownd::types::ApplicationUserDataFieldUpdateJsonRequest::new(json!("Anna"));
    client.application_user_data_field_update().app(app).user(id).field("first_name").json(&value).send().await?;
    client.application_user_data_field_get().app(app).user(id).field("first_name").send().await?;
    more_of_rownd(&client, app, id, data).await
}

async fn more_of_rownd(
    client: &rownd::Client,
    app: &str,
    id: &str,
    data: BTreeMap<String, serde_json::Value>,
) -> CallResult {
    use rownd::types::{BulkUpsertRequest, BulkUpsertUser, UserStateRequest, UserStateRequestState};
    let read = client.application_user_data_get().app(app).user(id).fields(["first_name"]).send().await?;
    assert_eq!(read.into_inner().into_body().data.unwrap_or_default()["first_name"], json!("Anna"));
    client.application_users_data_list().app(app).page_size(10).send().await?;
    let bulk = BulkUpsertRequest::new(vec![BulkUpsertUser::new(data)]);
    client.application_users_data_upsert().app(app).body(&bulk).send().await?;
    let state = UserStateRequest::new(UserStateRequestState::Disabled);
    client.application_user_state_update().app(app).user(id).body(&state).send().await?;
    client.application_user_data_delete().app(app).user(id).send().await?;
    Ok(())
}

async fn call_prelude(url: &str) -> CallResult {
    use prelude_so::types::{
        CreateUserRequest, Identifier, IdentifierRequired, IdentifierType, PatchUserProfileRequest,
        SetUserExternalIdRequest,
    };
    let credentials = prelude_so::Credentials::Authorization("sk_prelude_sandbox".into());
    let client = prelude_so::Client::builder(url).retry(Retry::none()).credentials(credentials).build()?;
    let app = "54e9ujn";
    let identifier = IdentifierRequired { r#type: IdentifierType::PhoneNumber, value: "+306900000000".to_owned() };
    let request = CreateUserRequest::new([Identifier::new(identifier)]);
    let id = client.create_user().app_id(app).body(&request).send().await?.into_inner().into_body().id;
    let profile = PatchUserProfileRequest::new(BTreeMap::from([("plan".to_owned(), "gold".to_owned())]));
    client.patch_user_profile().app_id(app).user_id(id.clone()).body(&profile).send().await?;
    let external = SetUserExternalIdRequest::new("42");
    client.set_user_external_id().app_id(app).user_id(id.clone()).body(&external).send().await?;
    let user = client.get_user().app_id(app).user_id(id.clone()).send().await?.into_inner().into_body().user;
    assert_eq!(user.profile["plan"], json!("gold"));
    let found = client.list_users().app_id(app).identifier_type(IdentifierType::PhoneNumber);
    found.identifier_value("+306900000000").send().await?;
    client.delete_user().app_id(app).user_id(id).send().await?;
    // A documented error arrives as well as a success.
    let refused = client.patch_user_profile().app_id(app).user_id("usr_nobody").body(&profile).send().await;
    assert!(refused.is_err_and(|error| error.api().is_some()));
    Ok(())
}

async fn call_looker(url: &str) -> CallResult {
    use looker::types::UserRequest;
    let anonymous = looker::Client::builder(url).retry(Retry::none()).build()?;
    let login = anonymous.login().client_id("looker_client_sandbox").client_secret("looker_secret_sandbox");
    let token = login.send().await?.into_inner().into_body().access_token.ok_or("no token")?;
    let credentials = looker::Credentials::AccessToken(token);
    let client = looker::Client::builder(url).retry(Retry::none()).credentials(credentials).build()?;
    client.me().send().await?;
    let person = UserRequest::new().first_name("Ann");
    let user = client.create_user().body(&person).send().await?.into_inner().into_body().id.ok_or("no id")?;
    client.update_user().user_id(user.clone()).body(&person).send().await?;
    client.user().user_id(user.clone()).fields("id,first_name").send().await?;
    client.all_users().limit(5).send().await?;
    attributes_of_looker(&client, user.as_str()).await?;
    client.delete_user().user_id(user).send().await?;
    client.logout().send().await?;
    Ok(())
}

async fn attributes_of_looker(client: &looker::Client, user: &str) -> CallResult {
    use looker::types::{
        UserAttributeRequest, UserAttributeRequestRequired, UserAttributeType, UserAttributeWithValueRequest,
    };
    let attribute = UserAttributeRequest::new(UserAttributeRequestRequired {
        name: "floor".to_owned(),
        label: "Floor".to_owned(),
        r#type: UserAttributeType::Number,
    });
    let made = client.create_user_attribute().body(&attribute).send().await?.into_inner().into_body();
    let id = made.id.ok_or("no id")?;
    client.update_user_attribute().user_attribute_id(id.clone()).body(&attribute).send().await?;
    client.all_user_attributes().send().await?;
    let value = UserAttributeWithValueRequest::new().value("3");
    client.set_user_attribute_user_value().user_id(user).user_attribute_id(id.clone()).body(&value).send().await?;
    client.user_attribute_user_values().user_id(user).include_unset(true).send().await?;
    let wrong = UserAttributeWithValueRequest::new().value("high");
    let refused =
        client.set_user_attribute_user_value().user_id(user).user_attribute_id(id.clone()).body(&wrong).send().await;
    assert!(refused.is_err_and(|error| error.api().is_some()));
    client.delete_user_attribute_user_value().user_id(user).user_attribute_id(id.clone()).send().await?;
    client.all_user_attribute_group_values().user_attribute_id("2").send().await?;
    client.delete_user_attribute().user_attribute_id(id).send().await?;
    Ok(())
}

async fn call_stateset(url: &str) -> CallResult {
    let credentials = stateset::Credentials::Token("stateset_token_sandbox".into());
    let client = stateset::Client::builder(url).retry(Retry::none()).credentials(credentials).build()?;
    let body = stateset::types::User::new().first_name("Ann");
    let made = client.create_user().body(&body).send().await?.into_inner().into_body();
    let id = made.id.ok_or("no id")?;
    client.update_user().id(id.clone()).body(&body).send().await?;
    client.get_user().id(id).send().await?;
    client.list_users().send().await?;
    let refused = client.get_user().id("nobody").send().await;
    assert!(refused.is_err_and(|error| error.api().is_some()));
    Ok(())
}
