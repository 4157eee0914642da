//! Constraints that no type expresses. Servers check them on the JSON of a value.

use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use tests::generated::assertions::types::{Color, Contact, Thing};
use tests::generated::assertions::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::Assertions for Echo {
    async fn add_thing(
        &self,
        input: s::AddThingInput,
        _: Context,
    ) -> Result<o::AddThingSuccess, Failure<o::AddThingError>> {
        Ok(o::AddThingSuccess::Ok(input.body))
    }
}

#[tokio::test]
async fn values_that_meet_them_are_accepted() {
    let (client, _) = connect!(assertions, Echo);
    let thing = Thing::new().some(Contact::new().email("e").phone("p")).colors([("red".to_owned(), 1)]);
    assert_eq!(client.add_thing(&thing).word("allowed").await.unwrap().into_body(), thing);
    for body in [
        json!({"card": "c", "address": "a"}),
        json!({"list": [1, 3, 1]}),
        json!({"payment": {"kind": "card", "number": "1"}}),
        json!({"payment": {"kind": "cash", "coins": 1}}),
        json!({"contact": {"phone": "p"}}),
        json!({"exclusive": {"a": "x"}}),
        json!({"exclusive": {"a": "x", "b": "y"}}),
        json!({"fields": {"id": 1, "s_a": "ab", "b_n": 3, "other": "red"}}),
        json!({"row": []}),
        json!({"row": ["ab", "green", 5, 4]}),
        json!({"pair": ["a", 1, null, {"x": [true]}]}),
        json!({"shade": "dark", "any": 1}),
    ] {
        let response = raw_request::json(s::router(Echo), "POST", "/things", &body).await;
        assert_eq!((response.status, response.json()), (200, body));
    }
}

#[tokio::test]
async fn values_that_break_them_are_refused() {
    for (body, pointer) in [
        (json!({"card": "c"}), "/body"),
        (json!({"long-names": 1}), "/body/long-names"),
        (json!({"list": [2]}), "/body/list"),
        (json!({"list": [1, 1, 1]}), "/body/list"),
        (json!({"payment": {"kind": "card"}}), "/body/payment"),
        (json!({"payment": {"kind": "cash", "coins": 0}}), "/body/payment/coins"),
        (json!({"payment": {"kind": "cash", "coins": 1, "number": "1"}}), "/body/payment/number"),
        (json!({"colors": {"blue": 1}}), "/body/colors/blue"),
        (json!({"contact": {}}), "/body/contact"),
        (json!({"some": {"email": "e"}}), "/body/some"),
        (json!({"exclusive": {}}), "/body/exclusive"),
        (json!({"fields": {"s_a": 1}}), "/body/fields/s_a"),
        (json!({"fields": {"s_a": "abc"}}), "/body/fields/s_a"),
        (json!({"fields": {"b_n": "red"}}), "/body/fields/b_n"),
        (json!({"fields": {"other": 1}}), "/body/fields/other"),
        (json!({"row": ["abc"]}), "/body/row/0"),
        (json!({"row": ["ab", 1]}), "/body/row/1"),
        (json!({"row": ["ab", "red", "red"]}), "/body/row/2"),
        (json!({"row": ["ab", "red", 6]}), "/body/row/2"),
        (json!({"pair": ["a", "b"]}), "/body/pair/1"),
        (json!({"shade": "none"}), "/body/shade"),
        (json!({"any": "text"}), "/body/any"),
    ] {
        let response = raw_request::json(s::router(Echo), "POST", "/things", &body).await;
        assert_eq!(response.violations(), (422, vec![pointer.to_owned()]), "{body}");
    }
    let response = raw_request::json(s::router(Echo), "POST", "/things?word=forbidden", &json!({})).await;
    assert_eq!(response.violations(), (422, vec!["/query/word".to_owned()]));
}

#[tokio::test]
async fn a_violation_has_the_requirement() {
    let body = json!({"contact": {}, "colors": {"blue": 1}});
    let response = raw_request::json(s::router(Echo), "POST", "/things", &body).await;
    let details: Vec<String> = response.json()["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|error| error["detail"].as_str().map(ToOwned::to_owned))
        .collect();
    assert_eq!(
        details,
        ["has a name that is not allowed: it must be one of \"red\", \"green\"", "must have `email`, or `phone`"]
    );
    assert_eq!(Color::Red.as_str(), "red");
}
