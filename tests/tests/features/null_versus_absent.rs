//! Absent, null and a value are distinct.

use serde_json::json;
use specwright_runtime::MaybeAbsent;
use specwright_runtime::server::{Context, Failure};
use tests::generated::null_versus_absent::types::{User, UserRequired};
use tests::generated::null_versus_absent::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::NullVersusAbsent for Echo {
    async fn change_user(
        &self,
        input: s::ChangeUserInput,
        _: Context,
    ) -> Result<o::ChangeUserSuccess, Failure<o::ChangeUserError>> {
        Ok(o::ChangeUserSuccess::Ok(input.body))
    }
}

#[tokio::test]
async fn a_patch_can_keep_clear_and_set_a_field() {
    let (client, sent) = connect!(null_versus_absent, Echo);
    let rows = [
        (MaybeAbsent::Absent, r#"{"name":"n","nick":null}"#),
        (MaybeAbsent::Null, r#"{"name":"n","nick":null,"note":null}"#),
        (MaybeAbsent::Value("v".to_owned()), r#"{"name":"n","nick":null,"note":"v"}"#),
    ];
    for (index, (note, text)) in rows.into_iter().enumerate() {
        let user = User::new(UserRequired { name: "n".to_owned(), nick: None }).note(note);
        let response = client.change_user("u", &user).await.unwrap();
        assert_eq!(sent.requests()[index].body, text);
        assert_eq!(response.into_body(), user, "the server returns what was sent");
    }
}

#[tokio::test]
async fn optional_properties_are_left_out_and_required_ones_may_be_null() {
    let (client, sent) = connect!(null_versus_absent, Echo);
    let user = User::new(UserRequired { name: "n".to_owned(), nick: Some("nick".to_owned()) }).age(7);
    client.change_user("u", &user).await.unwrap();
    assert_eq!(sent.requests()[0].body, r#"{"name":"n","nick":"nick","age":7}"#);
}

#[tokio::test]
async fn null_is_refused_where_the_document_does_not_allow_it() {
    let router = || s::router(Echo);
    let response = raw_request::json(router(), "PATCH", "/users/u", &json!({"name": null, "nick": null})).await;
    assert_eq!(response.violations(), (422, vec!["/body/name".to_owned()]));
    let response = raw_request::json(router(), "PATCH", "/users/u", &json!({"name": "n"})).await;
    assert_eq!(response.status, 422, "`nick` may be null, but not absent");
    assert!(response.json().to_string().contains("nick"));
}
