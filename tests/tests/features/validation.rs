//! Servers validate requests according to the document.

use std::collections::BTreeMap;

use axum::response::IntoResponse as _;
use serde_json::{Value, json};
use specwright_runtime::server::{Context, Failure, Rejection, Response};
use tests::generated::validation::types::{Order, OrderRequired};
use tests::generated::validation::{operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Shop(Inputs<Order>);

impl s::Validation for Shop {
    async fn place_order(
        &self,
        input: s::PlaceOrderInput,
        _: Context,
    ) -> Result<o::PlaceOrderSuccess, Failure<o::PlaceOrderError>> {
        self.0.record(input.body);
        Ok(o::PlaceOrderSuccess::NoContent)
    }
}

#[tokio::test]
async fn valid_requests_reach_the_method() {
    let service = Shop::default();
    let (client, _) = connect!(validation, service.clone());
    let order = Order::new(OrderRequired { count: 10, code: "ABCD".to_owned() })
        .price(99.5)
        .tags(["a", "b"])
        .notes(BTreeMap::from([("n".to_owned(), "abc".to_owned())]));
    client.place_order(&order).page(9).await.unwrap();
    assert_eq!(service.0.only(), order);
}

/// A valid order, except for one property.
fn but(name: &str, value: Value) -> Value {
    let mut order = json!({"count": 1, "code": "AB"});
    order[name] = value;
    order
}

#[tokio::test]
async fn invalid_requests_are_refused_with_their_pointer() {
    let service = Shop::default();
    for (name, value, pointer) in [
        ("count", json!(0), "/body/count"),
        ("count", json!(11), "/body/count"),
        ("count", json!(1.5), "/body/count"),
        ("count", json!("1"), "/body/count"),
        ("price", json!(0), "/body/price"),
        ("price", json!(100), "/body/price"),
        ("price", json!(0.7), "/body/price"),
        ("code", json!("A"), "/body/code"),
        ("code", json!("ABCDE"), "/body/code"),
        ("code", json!("ab"), "/body/code"),
        ("tags", json!([]), "/body/tags"),
        ("tags", json!(["a", "a"]), "/body/tags"),
        ("tags", json!(["a", ""]), "/body/tags/1"),
        ("notes", json!({}), "/body/notes"),
        ("notes", json!({"n": "long"}), "/body/notes/n"),
        ("notes", json!({"a/b": "long"}), "/body/notes/a~1b"),
        ("kind", json!("medium"), "/body/kind"),
    ] {
        let response =
            raw_request::json(s::router(service.clone()), "POST", "/orders", &but(name, value.clone())).await;
        assert_eq!(response.violations(), (422, vec![pointer.to_owned()]), "{name}: {value}");
    }
    assert_eq!(service.0.all().len(), 0);
}

#[tokio::test]
async fn all_violations_are_reported_at_once() {
    let body = json!({"count": 0, "code": "a", "tags": ["", ""]});
    let (status, pointers) = raw_request::json(s::router(Shop::default()), "POST", "/orders", &body).await.violations();
    assert_eq!(status, 422);
    for pointer in ["/body/count", "/body/code", "/body/tags", "/body/tags/0", "/body/tags/1"] {
        assert!(pointers.iter().any(|found| found == pointer), "{pointer}: {pointers:?}");
    }
}

#[tokio::test]
async fn parameters_and_the_body_are_refused_in_one_response_with_the_first_status() {
    for (page, status) in [("0", 422), ("10", 422), ("one", 400)] {
        let response =
            raw_request::json(s::router(Shop::default()), "POST", &format!("/orders?page={page}"), &json!(1)).await;
        assert_eq!(response.violations(), (status, vec!["/query/page".to_owned(), "/body".to_owned()]), "{page}");
    }
}

/// A service with its own error format.
struct Vendor;

impl s::Validation for Vendor {
    fn reject(&self, rejection: Rejection) -> Response {
        let places: Vec<_> = rejection.violations().iter().map(|violation| violation.pointer.clone()).collect();
        (rejection.status(), axum::Json(json!({"error": {"fields": places}}))).into_response()
    }
}

#[tokio::test]
async fn a_service_can_format_rejections() {
    let response = raw_request::json(s::router(Vendor), "POST", "/orders", &but("count", json!(0))).await;
    assert_eq!((response.status, response.json()), (422, json!({"error": {"fields": ["/body/count"]}})));
    let response = raw_request::empty(s::router(Vendor), "DELETE", "/orders").await;
    assert_eq!((response.status, response.json()), (405, json!({"error": {"fields": []}})));
    assert_eq!(response.headers["allow"], "OPTIONS, POST");
    let response = raw_request::json(s::router(Vendor), "POST", "/orders", &but("count", json!(1))).await;
    assert_eq!((response.status, &response.headers["x-not-implemented"]), (501, &"place_order".parse().unwrap()));
}
