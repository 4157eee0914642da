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

    async fn choose(&self, input: s::ChooseInput, _: Context) -> Result<o::ChooseSuccess, Failure<o::ChooseError>> {
        let mut body = input.body;
        // What the types drop is missing in a response, which then would not be valid.
        (body.counted, body.distinct) = (None, None);
        Ok(o::ChooseSuccess::Ok(body))
    }
}

#[tokio::test]
async fn values_that_meet_them_are_accepted() {
    let (client, _) = connect!(assertions, Echo);
    let thing = Thing::new().some(Contact::new().email("e").phone("p")).colors([(Color::Red, 1)]);
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

#[tokio::test]
async fn a_value_of_any_alternative_is_accepted() {
    for body in [
        json!({"model": "small"}),
        json!({"model": "other"}),
        json!({"only": "other"}),
        json!({"code": "none"}),
        json!({"code": "xyz"}),
        json!({"size": 2}),
        json!({"size": 10}),
        json!({"level": "auto"}),
        json!({"level": 1.0}),
        json!({"level": 10.5}),
        json!({"words": ["long"]}),
        json!({"words": ["a", "b"]}),
        json!({"range": {"at": 0}}),
        json!({"range": {"at": 5}}),
        json!({"keyed": {"x_a": 1, "y": {"z": [true]}}}),
        json!({"named": {"x_a": 1, "y": "text"}}),
        json!({"open": {"x_a": 1, "y": "text"}}),
        json!({"every": {"x_a": 1, "y": 2}}),
        json!({"point": [1.5]}),
        json!({"point": [1.5, 2.5]}),
        json!({"mixed": [{"c": 1}, "text"]}),
        json!({"mixed": [1]}),
    ] {
        let response = raw_request::json(s::router(Echo), "POST", "/choices", &body).await;
        assert_eq!((response.status, response.json()), (200, body));
    }
    // Types drop `b`, but not before the properties are counted and the items compared.
    for body in [json!({"counted": {"a": 1, "b": 2}}), json!({"distinct": [{"b": 1}, {"b": 2}]})] {
        assert_eq!(raw_request::json(s::router(Echo), "POST", "/choices", &body).await.status, 200, "{body}");
    }
    let response = raw_request::json(s::router(Echo), "POST", "/choices?model=other&size=11", &json!({})).await;
    assert_eq!(response.status, 200);
}

#[tokio::test]
async fn a_value_of_no_alternative_is_refused() {
    for (body, pointer) in [
        (json!({"code": "abc"}), "/body/code"),
        (json!({"size": 5}), "/body/size"),
        (json!({"level": "off"}), "/body/level"),
        (json!({"level": 5}), "/body/level"),
        (json!({"words": ["long", "b"]}), "/body/words"),
        (json!({"range": {"at": 3}}), "/body/range/at"),
        (json!({"counted": {"a": 1}}), "/body/counted"),
        (json!({"counted": {"a": 1, "b": 2, "c": 3, "d": 4}}), "/body/counted"),
        (json!({"keyed": {"x_a": "text"}}), "/body/keyed/x_a"),
        (json!({"named": {"x_a": "text"}}), "/body/named/x_a"),
        (json!({"open": {"x_a": "text"}}), "/body/open/x_a"),
        (json!({"every": {"y": "text"}}), "/body/every/y"),
        (json!({"point": []}), "/body/point"),
        (json!({"point": [1, 2, 3]}), "/body/point"),
        (json!({"distinct": [{"b": 1}, {"b": 1}]}), "/body/distinct"),
        (json!({"mixed": [2.5]}), "/body/mixed/0"),
    ] {
        let response = raw_request::json(s::router(Echo), "POST", "/choices", &body).await;
        assert_eq!(response.violations(), (422, vec![pointer.to_owned()]), "{body}");
    }
    let response = raw_request::json(s::router(Echo), "POST", "/choices?size=5", &json!({})).await;
    assert_eq!(response.violations(), (422, vec!["/query/size".to_owned()]));
}

/// A value that the document suggests, but does not demand, is no constant.
#[test]
fn an_enum_that_any_text_extends_is_asked_for() {
    use tests::generated::assertions::types::{Choices, ChoicesOnly};
    assert_eq!(serde_json::to_value(Choices::new().only("b")).unwrap(), json!({"only": "b"}));
    assert_eq!(ChoicesOnly::from("auto"), ChoicesOnly::Auto);
}
