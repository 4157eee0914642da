//! Calls every provider with the generated clients, at given base URLs, such as those of a
//! validating proxy.
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
    client.hub_auth_metadata_get().await?;
    client.hub_auth_keys_get().await?;
    let app = client.hub_app_config_get().await?.into_body().app.id;
    let data = BTreeMap::from([("first_name".to_owned(), json!("Ann")), ("email".to_owned(), json!("ann@foo.com"))]);
    let body = AppUserDataRequest::new().data(data.clone());
    let made = client.application_user_data_update(app.as_str(), "__uuid__").json(&body).await?;
    let id = made.into_body().data.unwrap_or_default()["user_id"].as_str().unwrap_or_default().to_owned();
    let (app, id) = (app.as_str(), id.as_str());
    client.application_user_data_patch(app, id).json(&body).await?;
    let value = rownd::types::ApplicationUserDataFieldUpdateJsonRequest::new(json!("Anna"));
    client.application_user_data_field_update(app, id, "first_name").json(&value).await?;
    client.application_user_data_field_get(app, id, "first_name").await?;
    more_of_rownd(&client, app, id, data).await
}

async fn more_of_rownd(
    client: &rownd::Client,
    app: &str,
    id: &str,
    data: BTreeMap<String, serde_json::Value>,
) -> CallResult {
    use rownd::types::{BulkUpsertRequest, BulkUpsertUser, UserStateRequest, UserStateRequestState};
    let read = client.application_user_data_get(app, id).fields(["first_name"]).await?;
    assert_eq!(read.into_body().data.unwrap_or_default()["first_name"], json!("Anna"));
    client.application_users_data_list(app).page_size(10).await?;
    let bulk = BulkUpsertRequest::new(vec![BulkUpsertUser::new(data)]);
    client.application_users_data_upsert(app, &bulk).await?;
    let state = UserStateRequest::new(UserStateRequestState::Disabled);
    client.application_user_state_update(app, id, &state).await?;
    client.application_user_data_delete(app, id).await?;
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
    let id = client.create_user(app, &request).await?.into_body().id;
    let profile = PatchUserProfileRequest::new(BTreeMap::from([("plan".to_owned(), "gold".to_owned())]));
    client.patch_user_profile(app, id.clone(), &profile).await?;
    let external = SetUserExternalIdRequest::new("42");
    client.set_user_external_id(app, id.clone(), &external).await?;
    let user = client.get_user(app, id.clone()).await?.into_body().user;
    assert_eq!(user.profile["plan"], json!("gold"));
    let found = client.list_users(app).identifier_type(IdentifierType::PhoneNumber);
    found.identifier_value("+306900000000").await?;
    client.delete_user(app, id).await?;
    // A documented error is decoded as well as a success.
    let refused = client.patch_user_profile(app, "usr_nobody", &profile).await;
    assert!(refused.is_err_and(|error| error.api().is_some()));
    Ok(())
}

async fn call_looker(url: &str) -> CallResult {
    use looker::types::UserRequest;
    let anonymous = looker::Client::builder(url).retry(Retry::none()).build()?;
    let login = anonymous.login().client_id("looker_client_sandbox").client_secret("looker_secret_sandbox");
    let token = login.await?.into_body().access_token.ok_or("no token")?;
    let credentials = looker::Credentials::AccessToken(token);
    let client = looker::Client::builder(url).retry(Retry::none()).credentials(credentials).build()?;
    client.me().await?;
    let person = UserRequest::new().first_name("Ann");
    let user = client.create_user(&person).await?.into_body().id.ok_or("no id")?;
    client.update_user(user.clone(), &person).await?;
    client.user(user.clone()).fields("id,first_name").await?;
    client.all_users().limit(5).await?;
    attributes_of_looker(&client, user.as_str()).await?;
    client.delete_user(user).await?;
    client.logout().await?;
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
    let made = client.create_user_attribute(&attribute).await?.into_body();
    let id = made.id.ok_or("no id")?;
    client.update_user_attribute(id.clone(), &attribute).await?;
    client.all_user_attributes().await?;
    let value = UserAttributeWithValueRequest::new().value("3");
    client.set_user_attribute_user_value(user, id.clone(), &value).await?;
    client.user_attribute_user_values(user).include_unset(true).await?;
    let wrong = UserAttributeWithValueRequest::new().value("high");
    let refused = client.set_user_attribute_user_value(user, id.clone(), &wrong).await;
    assert!(refused.is_err_and(|error| error.api().is_some()));
    client.delete_user_attribute_user_value(user, id.clone()).await?;
    client.all_user_attribute_group_values("2").await?;
    client.delete_user_attribute(id).await?;
    Ok(())
}

async fn call_stateset(url: &str) -> CallResult {
    let credentials = stateset::Credentials::Token("stateset_token_sandbox".into());
    let client = stateset::Client::builder(url).retry(Retry::none()).credentials(credentials).build()?;
    let body = stateset::types::User::new().first_name("Ann");
    let made = client.create_user(&body).await?.into_body();
    let id = made.id.ok_or("no id")?;
    client.update_user(id.clone(), &body).await?;
    client.get_user(id).await?;
    client.list_users().await?;
    let refused = client.get_user("nobody").await;
    assert!(refused.is_err_and(|error| error.api().is_some()));
    Ok(())
}
