//! Named scalars are newtypes that validate their values.

use serde_json::json;
use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::generated::newtypes::types::{Age, AppId, Level, Rate, User, UserId, UserRequired};
use tests::generated::newtypes::{operations as o, server as s};

use crate::raw_request;

struct Directory;

impl s::Newtypes for Directory {
    async fn get_user(
        &self,
        input: s::GetUserInput,
        _: Context,
    ) -> Result<o::GetUserSuccess, Failure<o::GetUserError>> {
        Ok(o::GetUserSuccess::Ok(User::new(UserRequired { id: input.user, app: input.app })))
    }
}

#[test]
fn constructors_validate_values() {
    assert_eq!(UserId::new("usr_12").unwrap().as_str(), "usr_12");
    for wrong in ["usr_", "usr_x1", "usr_123456", ""] {
        let error = UserId::new(wrong).unwrap_err().to_string();
        assert!(!error.is_empty(), "{wrong}");
    }
    assert_eq!(*Age::new(150).unwrap().get(), 150);
    assert_eq!(Age::new(-1).unwrap_err().to_string(), "must be at least 0");
    assert_eq!(AppId::from("a"), AppId::new("a"));
}

#[test]
fn the_listed_numbers_are_constants() {
    assert_eq!(Rate::ALL.iter().map(|rate| *rate.get()).collect::<Vec<_>>(), [0.5, 1.0, 2.5]);
    assert_eq!(Level::ALL, [Level::new(1).unwrap(), Level::new(2).unwrap()]);
    assert!(Rate::new(1.0).is_ok() && Rate::new(1.5).is_err());
}

#[tokio::test]
async fn plain_values_are_accepted_and_invalid_ones_refused_before_sending() {
    let (client, sent) = connect!(newtypes, Directory);
    let response = client.get_user("a", "usr_12").age(30).await.unwrap().into_body();
    assert_eq!(response, User::new(UserRequired { id: UserId::new("usr_12").unwrap(), app: AppId::from("a") }));
    assert_eq!(sent.requests()[0].path, "/apps/a/users/usr_12");
    assert_eq!(sent.requests()[0].query.as_deref(), Some("age=30"));
    let error = client.get_user("a", "nobody").age(151).await.unwrap_err();
    let Error::InvalidRequest(invalid) = &error else { panic!("{error}") };
    let subjects: Vec<_> = invalid.problems().iter().map(|problem| problem.subject.as_str()).collect();
    assert_eq!(subjects, ["path parameter `user`", "query parameter `age`"]);
    assert_eq!(sent.requests().len(), 1);
}

#[tokio::test]
async fn servers_also_validate_them() {
    let response = raw_request::empty(s::router(Directory), "GET", "/apps/a/users/nobody?age=151").await;
    assert_eq!(response.status, 422, "{:?}", response.json());
    let pointers = response.violations().1;
    assert!(pointers.contains(&"/path/user".to_owned()), "{pointers:?}");
    let response = raw_request::empty(s::router(Directory), "GET", "/apps/a/users/usr_12?age=old").await;
    assert_eq!(response.violations(), (400, vec!["/query/age".to_owned()]));
    let response: serde_json::Value =
        raw_request::empty(s::router(Directory), "GET", "/apps/a/users/usr_12").await.json();
    assert_eq!(response, json!({"id": "usr_12", "app": "a"}));
}
