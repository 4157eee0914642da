//! A required constant distinguishes members of equal shape.

use serde_json::{from_value, json, to_value};
use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::generated::union_constant::types::{AppNotFound, Draft, GetUserNotFound, UserNotFound};
use tests::generated::union_constant::{operations as o, server as s};

use crate::raw_request;

struct Directory;

impl s::UnionConstant for Directory {
    async fn get_user(
        &self,
        input: s::GetUserInput,
        _: Context,
    ) -> Result<o::GetUserSuccess, Failure<o::GetUserError>> {
        let missing: GetUserNotFound = match input.user.as_str() {
            "here" => return Ok(o::GetUserSuccess::NoContent),
            "app" => AppNotFound::new("no app").into(),
            _ => UserNotFound::new("no user").into(),
        };
        Err(o::GetUserError::NotFound(missing).into())
    }
}

#[tokio::test]
async fn errors_of_equal_shape_are_distinguished() {
    let (client, _) = connect!(union_constant, Directory);
    client.get_user("here").await.unwrap();
    for (user, expected) in [
        ("app", GetUserNotFound::from(AppNotFound::new("no app"))),
        ("user", GetUserNotFound::from(UserNotFound::new("no user"))),
    ] {
        let error = client.get_user(user).await.unwrap_err();
        let Error::Api(response) = error else { panic!("{error}") };
        let o::GetUserError::NotFound(missing) = response.into_inner() else { panic!("another error") };
        assert_eq!(missing, expected);
    }
}

#[test]
fn constants_are_filled_in() {
    assert_eq!(to_value(AppNotFound::new("m")).unwrap(), json!({"code": "app_not_found", "message": "m"}));
    let error = from_value::<GetUserNotFound>(json!({"code": "else", "message": "m"})).unwrap_err().to_string();
    assert!(error.contains("app_not_found, user_not_found"), "{error}");
}

#[tokio::test]
async fn numbers_objects_and_lists_are_filled_in() {
    let expected = json!({"ratio": -0.5, "shape": {"sides": 3, "a\nb": [null, -1]}, "range": [1, "two"]});
    assert_eq!(to_value(Draft::new()).unwrap(), expected);
    let router = s::router(Directory);
    for (body, status) in [(expected.clone(), 501), (json!({"ratio": 0.5, "shape": {}, "range": []}), 422)] {
        assert_eq!(raw_request::json(router.clone(), "POST", "/drafts", &body).await.status, status);
    }
}
