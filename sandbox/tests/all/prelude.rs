//! Prelude, with its generated client.

use std::collections::BTreeMap;

use generated_client::prelude_so::operations::PatchUserProfileError;
use generated_client::prelude_so::types::{
    CreateUserRequest, Identifier, IdentifierRequired, IdentifierType, PatchUserProfileBadRequest,
    PatchUserProfileNotFound, PatchUserProfileRequest,
};
use generated_client::prelude_so::{Client, Credentials};
use sandbox::{Provider, Sandbox};
use serde_json::json;
use specwright_runtime::client::Error;

use crate::TestResult;

const APP: &str = "54e9ujn";
const USER: &str = "usr_01jqebhswje1ka1z7ahr9rfsgt";

fn profile(key: &str) -> PatchUserProfileRequest {
    PatchUserProfileRequest::new(BTreeMap::from([(key.to_owned(), "value".to_owned())]))
}

async fn patch(client: &Client, app: &str, user: &str, key: &str) -> Result<(), Error<PatchUserProfileError>> {
    client.patch_user_profile(app, user, &profile(key)).await.map(|_| ())
}

#[tokio::test]
async fn a_profile_is_merged_and_read_back() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.prelude()?;
    patch(&client, APP, USER, "plan").await?;
    let user = client.get_user(APP, USER).await?.into_body().user;
    assert_eq!(user.profile.get("plan"), Some(&json!("value")));
    assert_eq!(user.profile.get("favorite_color"), Some(&json!("blue")));
    Ok(())
}

#[tokio::test]
async fn each_documented_error_has_its_cause() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.prelude()?;
    let error = |outcome: Result<(), Error<PatchUserProfileError>>| match outcome {
        Err(Error::Api(response)) => Ok(response.into_inner()),
        other => Err(format!("{other:?}")),
    };
    let reserved = error(patch(&client, APP, USER, "sub").await)?;
    assert!(matches!(reserved, PatchUserProfileError::BadRequest(PatchUserProfileBadRequest::ReservedProfileKey(_))));
    let disabled = error(patch(&client, "0000off", USER, "plan").await)?;
    assert!(matches!(disabled, PatchUserProfileError::Forbidden(_)));
    let no_app = error(patch(&client, "nowhere", USER, "plan").await)?;
    assert!(matches!(no_app, PatchUserProfileError::NotFound(PatchUserProfileNotFound::AppNotFound(_))));
    let other_app = error(patch(&client, "7zz91aa", USER, "plan").await)?;
    assert!(matches!(other_app, PatchUserProfileError::NotFound(PatchUserProfileNotFound::AppNotFound(_))));
    let no_user = error(patch(&client, APP, "usr_nobody", "plan").await)?;
    assert!(matches!(no_user, PatchUserProfileError::NotFound(PatchUserProfileNotFound::UserNotFound(_))));
    Ok(())
}

#[tokio::test]
async fn an_unknown_key_is_unauthorized() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder(sandbox.base_url(Provider::Prelude))
        .credentials(Credentials::Authorization("sk_anything".into()))
        .build()?;
    match patch(&client, APP, USER, "plan").await {
        Err(Error::UnexpectedStatus(response)) => assert_eq!(response.status().as_u16(), 401),
        other => return Err(format!("{other:?}").into()),
    }
    Ok(())
}

#[tokio::test]
async fn a_user_is_created_found_and_deleted() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.prelude()?;
    let (r#type, value) = (IdentifierType::EmailAddress, "ann@foo.com".to_owned());
    let request = CreateUserRequest::new([Identifier::new(IdentifierRequired { r#type, value })]);
    let id = client.create_user(APP, &request).await?.into_body().id;
    assert!(id.as_str().starts_with("usr_") && id.as_str().len() == 30, "{id}");
    let twice = client.create_user(APP, &request).await;
    assert!(
        matches!(twice, Err(Error::UnexpectedStatus(response)) if response.status().as_u16() == 409),
        "the identifier is taken"
    );
    let find = || client.list_users(APP).identifier_type(IdentifierType::EmailAddress).identifier_value("ann@foo.com");
    assert_eq!(find().await?.into_body().users.len(), 1);
    client.delete_user(APP, id).await?;
    assert_eq!(find().await?.into_body().users.len(), 0);
    client.create_user(APP, &request).await?;
    Ok(())
}
