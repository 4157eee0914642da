//! Unsupported keywords. Code is generated without them, and each has a diagnostic.

use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use tests::generated::unsupported_keywords::types::{Thing, ThingClosed};
use tests::generated::unsupported_keywords::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::UnsupportedKeywords for Echo {
    async fn add_thing(
        &self,
        input: s::AddThingInput,
        _: Context,
    ) -> Result<o::AddThingSuccess, Failure<o::AddThingError>> {
        Ok(o::AddThingSuccess::Ok(input.body))
    }
}

#[tokio::test]
async fn the_rest_of_the_schema_is_kept() {
    let (client, _) = connect!(unsupported_keywords, Echo);
    let thing = Thing::new().list([1]).old(("o".to_owned(), 2)).closed(ThingClosed::new().a(1));
    assert_eq!(client.add_thing(&thing).await.unwrap().into_body(), thing);
}

#[tokio::test]
async fn unsupported_constraints_are_not_validated() {
    for body in [json!({"card": "c"}), json!({"odd": [1, "a"]}), json!({"open": {"a": 1, "b": 2}})] {
        assert_eq!(raw_request::json(s::router(Echo), "POST", "/things", &body).await.status, 200, "{body}");
    }
}

#[tokio::test]
async fn equivalent_supported_constraints_are_validated() {
    for (body, pointer) in [
        (json!({"closed": {"b": 1}}), "/body/closed/b"),
        (json!({"composed": {"name": "n", "children": [], "b": 1}}), "/body/composed/b"),
        (json!({"list": ["one"]}), "/body/list/0"),
    ] {
        let response = raw_request::json(s::router(Echo), "POST", "/things", &body).await;
        assert_eq!(response.violations(), (422, vec![pointer.to_owned()]), "{body}");
    }
    let response = raw_request::json(s::router(Echo), "POST", "/things", &json!({"old": ["o", 1, 2]})).await;
    assert_eq!(response.status, 422);
}
