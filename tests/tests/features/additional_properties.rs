//! Maps, and objects with additional properties.

use std::collections::BTreeMap;

use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use tests::generated::additional_properties::types::{Closed, Thing};
use tests::generated::additional_properties::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::AdditionalProperties for Echo {
    async fn add_thing(
        &self,
        input: s::AddThingInput,
        _: Context,
    ) -> Result<o::AddThingSuccess, Failure<o::AddThingError>> {
        Ok(o::AddThingSuccess::Ok(input.body))
    }
}

#[tokio::test]
async fn maps_keep_the_order_of_keys_and_additional_properties_are_kept() {
    let (client, sent) = connect!(additional_properties, Echo);
    let thing = Thing::new(BTreeMap::from([("b".to_owned(), 2), ("a".to_owned(), 1)]))
        .nested(BTreeMap::from([("n".to_owned(), BTreeMap::from([("m".to_owned(), vec!["v".to_owned()])]))]))
        .closed(Closed::new().a(1))
        .additional_properties(BTreeMap::from([("z".to_owned(), true), ("y".to_owned(), false)]));
    let response = client.add_thing(&thing).await.unwrap().into_body();
    assert_eq!(response, thing);
    let text = r#"{"counts":{"a":1,"b":2},"nested":{"n":{"m":["v"]}},"closed":{"a":1},"y":false,"z":true}"#;
    assert_eq!(sent.requests()[0].body, text);
}

#[tokio::test]
async fn invalid_values_are_refused_with_their_pointer() {
    for (body, pointer) in [
        (json!({"counts": {}}), "/body/counts"),
        (json!({"counts": {"a": 1, "b": 2, "c": 3}}), "/body/counts"),
        (json!({"counts": {"a": "one"}}), "/body/counts/a"),
        (json!({"counts": {"a": 1}, "closed": {"a": 1, "b": 2}}), "/body/closed/b"),
        (json!({"counts": {"a": 1}, "other": "text"}), "/body/other"),
    ] {
        let response = raw_request::json(s::router(Echo), "POST", "/things", &body).await;
        assert_eq!(response.violations(), (422, vec![pointer.to_owned()]), "{body}");
    }
}
