//! A request that fails is shown as the smallest one that fails in the same way.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use serde_json::{Value, json};
use specwright_contract::{Contract, Report};

const DOCUMENT: &str = r"
openapi: 3.1.0
info: {title: Orders, version: '1'}
paths:
  /shops/{shop}/orders:
    post:
      parameters:
      - {name: shop, in: path, required: true, schema: {type: integer, minimum: 1}, example: 4711}
      - {name: limit, in: query, schema: {type: integer, minimum: 1}, example: 640}
      - {name: dry, in: query, schema: {type: boolean}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string, minLength: 2, maxLength: 40}
                gift: {type: boolean}
                items:
                  type: array
                  items: {type: object, required: [size], properties: {size: {type: integer, minimum: 0}, colour: {type: string}}}
            example: {name: A long name, gift: true, items: [{size: 3, colour: red}, {size: 640, colour: blue}, {size: 1}]}
      responses: {'204': {description: Placed}}
";

/// Places an order, unless `refuses` says that it cannot.
async fn report(contract: Contract, responds: fn(&str, &Value) -> u16) -> Report {
    let place = move |request: Request<Body>| async move {
        let target = request.uri().to_string();
        let bytes = axum::body::to_bytes(request.into_body(), usize::MAX).await.unwrap();
        let status = responds(&target, &serde_json::from_slice(&bytes).unwrap_or_default());
        Response::builder().status(status).body(Body::empty()).unwrap()
    };
    contract.check(&Router::new().fallback(place)).await
}

/// The head and the body of a request as it is shown.
fn parts(request: &str) -> (&str, Value) {
    let (head, body) = request.split_once(" {").unwrap();
    (head, serde_json::from_str(&format!("{{{body}")).unwrap())
}

fn contract() -> Contract {
    Contract::of(DOCUMENT).unwrap()
}

#[tokio::test]
async fn a_valid_request_that_fails_is_as_small_as_it_can_be() {
    let fails_on_large_items = |_: &str, order: &Value| {
        let items = order["items"].as_array().into_iter().flatten();
        if items.filter_map(|item| item["size"].as_i64()).any(|size| size > 10) { 500 } else { 204 }
    };
    let report = report(contract(), fails_on_large_items).await;
    let fault = report.faults.iter().find(|one| one.fault == "the status 500 is not documented").unwrap();
    assert_eq!(parts(&fault.request), ("POST /shops/1/orders", json!({"items": [{"size": 11}], "name": "A "})));
}

#[tokio::test]
async fn parameters_are_left_out_and_made_smaller_unless_the_settings_fix_them() {
    let fails_with_a_limit = |target: &str, _: &Value| if target.contains("limit=") { 500 } else { 422 };
    let without_body = DOCUMENT.replace("required: true\n        content", "required: false\n        content");
    let contract = Contract::of(&without_body).unwrap();
    let smallest = |report: &Report| {
        let found = report.faults.iter().find(|one| one.fault == "the status 500 is not documented");
        found.map(|fault| fault.request.clone())
    };
    let small = report(contract.clone(), |target, _| if target.contains("limit=") { 500 } else { 204 }).await;
    assert_eq!(smallest(&small).as_deref(), Some("POST /shops/1/orders?limit=1"), "{small}");
    let fixed = contract.parameter("shop", 4711);
    let fixed = report(fixed, |target, _| if target.contains("limit=") { 500 } else { 204 }).await;
    assert_eq!(smallest(&fixed).as_deref(), Some("POST /shops/4711/orders?limit=1"), "{fixed}");
    // A status that is undocumented for another reason is another fault.
    let other = report(self::contract(), fails_with_a_limit).await;
    assert_eq!(other.faults[0].fault, "the status 422 is not documented", "{other}");
}

#[tokio::test]
async fn an_invalid_request_that_is_accepted_stays_invalid_in_its_one_place() {
    let accepts_small_sizes = |target: &str, order: &Value| {
        let is_size = |item: &Value| item["size"].is_i64();
        let is_wrong = order["name"].as_str().is_none_or(|name| !(2..=40).contains(&name.chars().count()))
            || order.get("gift").is_some_and(|gift| !gift.is_boolean())
            || order.get("items").is_some_and(|items| !items.as_array().is_some_and(|items| items.iter().all(is_size)))
            || !["", "?limit=640&dry=true"].map(|query| format!("/shops/1/orders{query}")).contains(&target.to_owned());
        if is_wrong { 400 } else { 204 }
    };
    let report = report(contract().parameter("shop", 1), accepts_small_sizes).await;
    let fault = report.faults.iter().find(|one| one.fault.starts_with("the body breaks")).unwrap();
    assert_eq!(fault.fault, "the body breaks `minimum` at `/items/0/size`, but the response is 204", "{report}");
    assert_eq!(parts(&fault.request), ("POST /shops/1/orders", json!({"items": [{"size": -1}], "name": "A "})));
}
