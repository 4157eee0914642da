//! Looker, with its generated client.

use std::time::Duration;

use generated_client::looker::Client;
use generated_client::looker::operations::{CreateUserAttributeError, SetUserAttributeUserValueError};
use generated_client::looker::types::{
    UserAttributeRequest, UserAttributeRequestRequired, UserAttributeType, UserAttributeWithValue,
    UserAttributeWithValueRequest,
};
use reqwest::Method;
use sandbox::{Provider, Sandbox};
use serde_json::json;
use specwright_runtime::client::{Error, RequestOptions, Retry};

use crate::{TestResult, call, response_of};

fn value(text: Option<&str>) -> UserAttributeWithValueRequest {
    UserAttributeWithValueRequest::new().value(text.map(str::to_owned))
}

async fn read(
    client: &Client,
    user: &str,
    attribute: &str,
) -> Result<Vec<UserAttributeWithValue>, Box<dyn std::error::Error + Send + Sync>> {
    let call = client.user_attribute_user_values(user).user_attribute_ids([attribute]);
    Ok(call.all_values(true).await?.into_body())
}

fn path(values: &[UserAttributeWithValue]) -> Vec<(&str, &str)> {
    values
        .iter()
        .map(|one| (one.source.value().map_or("", String::as_str), one.value.value().map_or("", String::as_str)))
        .collect()
}

#[tokio::test]
async fn a_users_value_precedes_those_of_groups_and_the_default() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.looker().await?;
    let before = read(&client, "2", "2").await?;
    assert_eq!(path(&before), [("group", "greece"), ("group", "europe"), ("default", "world")]);
    let set = client.set_user_attribute_user_value("2", "2", &value(Some("crete")));
    let set = set.await?.into_body();
    assert_eq!(set.value.value().map(String::as_str), Some("crete"));
    assert_eq!(path(&read(&client, "2", "2").await?)[0], ("user", "crete"));
    client.delete_user_attribute_user_value("2", "2").await?;
    assert_eq!(path(&read(&client, "2", "2").await?), path(&before));
    Ok(())
}

#[tokio::test]
async fn null_removes_the_users_value() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.looker().await?;
    for text in [Some("crete"), None] {
        client.set_user_attribute_user_value("2", "2", &value(text)).await?;
    }
    assert_eq!(path(&read(&client, "2", "2").await?)[0], ("group", "greece"));
    Ok(())
}

#[tokio::test]
async fn a_hidden_value_is_in_no_response() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.looker().await?;
    let set = client.set_user_attribute_user_value("2", "3", &value(Some("hunter2")));
    let set = set.await?.into_body();
    assert!(set.value.is_null());
    assert_eq!(set.value_is_hidden, Some(true));
    let values = read(&client, "2", "3").await?;
    assert!(values[0].value.is_null());
    Ok(())
}

#[tokio::test]
async fn values_are_validated_by_type() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.looker().await?;
    let set = |text| client.set_user_attribute_user_value("2", "4", &value(Some(text)));
    set("3.5").await?;
    match set("many").await {
        Err(Error::Api(response)) => {
            assert!(matches!(response.into_inner(), SetUserAttributeUserValueError::UnprocessableEntity(_)));
        }
        other => return Err(format!("{other:?}").into()),
    }
    Ok(())
}

#[tokio::test]
async fn names_and_labels_are_unique() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.looker().await?;
    let body = UserAttributeRequest::new(UserAttributeRequestRequired {
        name: "team".to_owned(),
        label: "Team".to_owned(),
        r#type: UserAttributeType::String,
    });
    let made = client.create_user_attribute(&body).await?.into_body();
    match client.create_user_attribute(&body).await {
        Err(Error::Api(response)) => match response.into_inner() {
            CreateUserAttributeError::UnprocessableEntity(error) => {
                assert_eq!(error.errors.value().map(Vec::len), Some(2), "name and label");
            }
            other => return Err(format!("{other:?}").into()),
        },
        other => return Err(format!("{other:?}").into()),
    }
    client.delete_user_attribute(made.id.ok_or("no id")?).await?;
    client.create_user_attribute(&body).await?;
    Ok(())
}

#[tokio::test]
async fn a_token_ends_by_logout_and_by_expiry() -> TestResult {
    let sandbox = Sandbox::builder().token_lifetime(Duration::from_secs(5)).start().await?;
    let client = sandbox.looker().await?;
    client.me().await?;
    tokio::time::sleep(Duration::from_millis(6100)).await;
    assert!(matches!(client.me().await, Err(Error::UnexpectedStatus(response)) if response.status().as_u16() == 401));
    let sandbox = Sandbox::start().await?;
    let client = sandbox.looker().await?;
    client.logout().await?;
    assert!(client.me().await.is_err());
    Ok(())
}

#[tokio::test]
async fn wrong_credentials_are_refused() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let login = call(&sandbox, Provider::Looker, Method::POST, "/login")
        .form(&[("client_id", "looker_client_sandbox"), ("client_secret", "wrong")]);
    assert_eq!(response_of(login).await?.0, 404);
    let me = call(&sandbox, Provider::Looker, Method::GET, "/user").bearer_auth("anything");
    let (status, error) = response_of(me).await?;
    assert_eq!((status, &error["message"]), (401, &json!("Requires authentication.")));
    Ok(())
}

#[tokio::test]
async fn too_many_requests_are_429() -> TestResult {
    let sandbox = Sandbox::builder().rate_limit(3).start().await?;
    let client = sandbox.looker().await?;
    let mut statuses = Vec::new();
    for _ in 0..8 {
        let once = RequestOptions::new().retry(Retry::none());
        let read = client.user_attribute("2").with(once).await;
        statuses.push(read.is_ok());
    }
    assert!(statuses.iter().any(|good| *good) && statuses.iter().any(|good| !*good), "{statuses:?}");
    Ok(())
}
