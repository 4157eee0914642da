//! Calls the sandbox's `StateSet` API with its generated client.

use generated_client::stateset::types::User;
use sandbox::{Provider, Sandbox};
use serde_json::json;

use crate::{TestResult, response_of};

#[tokio::test]
async fn written_fields_are_read_back_and_others_stay() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.stateset()?;
    let body = User::new().first_name("Garry");
    client.update_user("user_1", &body).await?;
    let user = client.get_user("user_1").await?.into_body();
    assert_eq!(user.first_name.as_deref(), Some("Garry"));
    assert_eq!(user.last_name.as_deref(), Some("Jackson"));
    let made = client.create_user(&body).await?.into_body();
    assert!(made.id.is_some());
    assert_eq!(client.list_users().await?.into_body().len(), 2);
    Ok(())
}

#[tokio::test]
async fn both_schemes_are_accepted_and_other_tokens_are_not() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let get = |value: &str| {
        let url = format!("{}/users/user_1", sandbox.base_url(Provider::Stateset));
        reqwest::Client::new().get(url).header("authorization", value.to_owned())
    };
    assert_eq!(response_of(get("Token stateset_token_sandbox")).await?.0, 200);
    assert_eq!(response_of(get("Bearer stateset_token_sandbox")).await?.0, 200);
    assert_eq!(response_of(get("Bearer another")).await?.0, 401);
    let client = sandbox.stateset()?;
    assert!(client.update_user("nobody", &User::default()).await.is_err());
    let (status, _) = response_of(get("Token stateset_token_sandbox").query(&[("__code", "404")])).await?;
    assert_eq!((status, json!(null)), (404, json!(null)));
    Ok(())
}
