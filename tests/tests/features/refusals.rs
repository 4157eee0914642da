//! A refusal lists every fault, in the words of JSON Schema.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use specwright_runtime::server::{Context, Extension, Failure, Limits};
use tests::generated::refusals::{operations as o, server as s};

use crate::raw_request::{self, RouterResponse};

struct Shop;

impl s::Refusals for Shop {
    async fn place_order(
        &self,
        input: s::PlaceOrderInput,
        _: Context,
    ) -> Result<o::PlaceOrderSuccess, Failure<o::PlaceOrderError>> {
        if let s::PlaceOrderBody::Lines(mut notes) = input.body {
            while let Some(note) = futures::StreamExt::next(&mut notes).await {
                note.map_err(Failure::internal)?;
            }
        }
        Ok(o::PlaceOrderSuccess::NoContent)
    }
}

const TARGET: &str = "/shops/1/orders?dry=true";

fn request(target: &str) -> axum::http::request::Builder {
    Request::builder().method("POST").uri(target).header("x-key", "abc")
}

async fn send(request: axum::http::request::Builder, media: &str, body: impl Into<Body>) -> RouterResponse {
    raw_request::send(s::router(Shop), request.header("content-type", media).body(body.into()).unwrap()).await
}

/// The faults of an order. Each has a pointer, a kind and a detail.
async fn faults(order: &Value) -> Vec<(String, String, String)> {
    let response = send(request(TARGET), "application/json", order.to_string()).await;
    assert!(response.status == 422, "{order}: {}", response.status);
    reported(&response)
}

fn reported(response: &RouterResponse) -> Vec<(String, String, String)> {
    let problem = response.json();
    let text = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
    let errors = problem["errors"].as_array().unwrap().iter();
    errors.map(|error| (text(error, "pointer"), text(error, "kind"), text(error, "detail"))).collect()
}

fn listed(expected: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    expected.iter().map(|(one, two, three)| ((*one).to_owned(), (*two).to_owned(), (*three).to_owned())).collect()
}

/// A valid order.
fn order() -> Value {
    json!({
        "id": "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "items": [{"name": "cup"}],
        "payment": {"kind": "card", "number": "4242"},
    })
}

/// A valid order, except for one property.
fn but(name: &str, value: Value) -> Value {
    let mut order = order();
    order[name] = value;
    order
}

#[tokio::test]
async fn a_valid_request_is_not_refused() {
    assert_eq!(send(request(TARGET), "application/json", order().to_string()).await.status, 204);
    assert_eq!(send(request(TARGET), "application/x-www-form-urlencoded", "title=a&stars=3&tags=1").await.status, 204);
}

#[tokio::test]
async fn every_fault_of_parameters_and_body_is_reported_at_once() {
    let body = json!({"price": "free", "gift": 1, "items": [1, {}, {"name": "a", "tags": [true]}], "more": 1});
    let request = Request::builder().method("POST").uri("/shops/one/orders?limit=101&sizes=1&sizes=x");
    let response = send(request.header("cookie", "theme=blue"), "application/json", body.to_string()).await;
    assert_eq!(response.status, 400, "the first fault decides");
    let expected = [
        ("/path/shop", "type", "expected integer, found string"),
        ("/query/limit", "maximum", "must be at most 100"),
        ("/query/sizes/1", "type", "expected integer, found string"),
        ("/query/dry", "required", "must be given"),
        ("/header/X-Key", "required", "must be given"),
        ("/cookie/theme", "enum", "must be one of dark, light"),
        ("/body/id", "required", "must be given"),
        ("/body/price", "type", "expected number, found string"),
        ("/body/gift", "type", "expected boolean, found number"),
        ("/body/items/0", "type", "expected object, found number"),
        ("/body/items/1/name", "required", "must be given"),
        ("/body/items/2/tags/0", "type", "expected string, found boolean"),
        ("/body/payment", "required", "must be given"),
        ("/body/more", "additionalProperties", "is not a documented property"),
    ];
    assert_eq!(reported(&response), listed(&expected));
    let errors = response.json()["errors"].clone();
    assert_eq!(
        errors[1],
        json!({
            "in": "query", "name": "limit", "pointer": "/query/limit", "kind": "maximum",
            "detail": "must be at most 100", "expected": 100,
        })
    );
    assert_eq!(
        errors[7],
        json!({
            "in": "body", "pointer": "/body/price", "kind": "type",
            "detail": "expected number, found string", "expected": "number", "found": "string",
        })
    );
    assert_eq!(errors[5]["expected"], json!(["dark", "light"]));
}

#[tokio::test]
async fn values_of_a_wrong_type_do_not_hide_broken_constraints() {
    let body = json!({
        "id": "x", "count": 0, "price": [], "parent": 1, "notes": {"a": "too long", "b": 1},
        "items": [], "payment": {"kind": "card", "number": "1"},
    });
    let expected = [
        ("/body/id", "format", "must be a UUID, such as `67e55044-10b1-426f-9247-bb680e5fe0c8`"),
        ("/body/price", "type", "expected number, found array"),
        ("/body/count", "minimum", "must be at least 1"),
        ("/body/notes", "maxProperties", "must have at most 1 property"),
        ("/body/notes/a", "maxLength", "must have at most 5 characters"),
        ("/body/notes/b", "type", "expected string, found number"),
        ("/body/items", "minItems", "must have at least 1 item"),
        ("/body/payment/number", "minLength", "must have at least 4 characters"),
        ("/body/parent", "type", "expected string or null, found number"),
    ];
    assert_eq!(faults(&body).await, listed(&expected));
}

#[tokio::test]
async fn the_faults_of_a_union_are_those_of_the_intended_member() {
    for (name, value, expected) in [
        ("payment", json!({"kind": "bank"}), ("/body/payment/iban", "required", "must be given")),
        ("payment", json!({"kind": "cash"}), ("/body/payment/kind", "enum", "must be one of card, bank")),
        ("payment", json!({"number": "4242"}), ("/body/payment/kind", "required", "must be given")),
        ("payment", json!({"kind": 1}), ("/body/payment/kind", "type", "expected string, found number")),
        ("payment", json!("card"), ("/body/payment", "type", "expected object, found string")),
        (
            "contact",
            json!({"by": "phone", "number": 1}),
            ("/body/contact/number", "type", "expected string, found number"),
        ),
        ("contact", json!({"by": "letter", "street": "a"}), ("/body/contact/town", "required", "must be given")),
        ("place", json!({"x": 1}), ("/body/place/y", "required", "must be given")),
        (
            "place",
            json!({"street": "a", "number": "b"}),
            ("/body/place/number", "type", "expected integer, found string"),
        ),
        ("place", json!(1), ("/body/place", "type", "expected string or object, found number")),
    ] {
        assert_eq!(faults(&but(name, value.clone())).await, listed(&[expected]), "{name}: {value}");
    }
}

#[tokio::test]
async fn null_and_whole_numbers_follow_json_schema() {
    for (name, value, expected) in [
        ("gift", json!(null), ("/body/gift", "type", "expected boolean, found null")),
        ("count", json!(1.5), ("/body/count", "type", "expected integer, found number")),
        ("count", json!(3_000_000_000_u32), ("/body/count", "format", "must be a whole number of 32 bits")),
        ("parent", json!("p-1"), ("/body/parent", "pattern", "must match `^o-`")),
    ] {
        assert_eq!(faults(&but(name, value.clone())).await, listed(&[expected]), "{name}: {value}");
    }
    let valid = but("count", json!(2.0)).as_object_mut().map(|order| {
        order.insert("parent".to_owned(), Value::Null);
        Value::Object(order.clone()).to_string()
    });
    assert_eq!(send(request(TARGET), "application/json", valid.unwrap()).await.status, 204);
}

#[tokio::test]
async fn text_that_is_not_json_is_reported_with_the_faults_of_parameters() {
    let response = send(request("/shops/one/orders"), "application/json", "{").await;
    let kinds: Vec<(String, String)> =
        reported(&response).into_iter().map(|(pointer, kind, _)| (pointer, kind)).collect();
    let expected = [("/path/shop", "type"), ("/query/dry", "required"), ("/body", "syntax")];
    assert_eq!(kinds, expected.map(|(pointer, kind)| (pointer.to_owned(), kind.to_owned())));
    let missing = request("/shops/one/orders?dry=1").body(Body::empty()).unwrap();
    let response = raw_request::send(s::router(Shop), missing).await;
    let expected = [
        ("/path/shop", "type", "expected integer, found string"),
        ("/query/dry", "type", "expected boolean, found string"),
        ("/body", "required", "must be given"),
    ];
    assert_eq!((response.status, reported(&response)), (400, listed(&expected)));
}

#[tokio::test]
async fn a_caller_that_waits_to_send_its_body_is_not_kept_waiting() {
    let body = Body::from_stream(futures::stream::pending::<Result<axum::body::Bytes, std::io::Error>>());
    let request = request("/shops/one/orders?dry=true").header("expect", "100-continue");
    let response = tokio::time::timeout(std::time::Duration::from_secs(5), send(request, "application/json", body));
    assert_eq!(reported(&response.await.unwrap()).len(), 1);
}

#[tokio::test]
async fn forms_parts_and_lines_are_reported_like_json() {
    let media = "application/x-www-form-urlencoded";
    let expected = [
        ("/body/title", "maxLength", "must have at most 3 characters"),
        ("/body/stars", "type", "expected integer, found string"),
        ("/body/tags/1", "type", "expected integer, found string"),
    ];
    let response = send(request(TARGET), media, "title=long&stars=x&tags=1&tags=b").await;
    assert_eq!((response.status, reported(&response)), (422, listed(&expected)));
    let response = send(request(TARGET), media, "stars=1&stars=2").await;
    let expected_repeated =
        [("/body/stars", "repeated", "must be given once"), ("/body/title", "required", "must be given")];
    assert_eq!((response.status, reported(&response)), (422, listed(&expected_repeated)));

    let part = |name: &str, text: &str| format!("--b\r\ncontent-disposition: form-data; name={name}\r\n\r\n{text}\r\n");
    let parts = [("title", "long"), ("stars", "x"), ("tags", "1"), ("tags", "b")];
    let parts: String = parts.iter().map(|(name, text)| part(name, text)).collect();
    let response = send(request(TARGET), "multipart/form-data; boundary=b", format!("{parts}--b--\r\n")).await;
    assert_eq!((response.status, reported(&response)), (422, listed(&expected)));

    let response = send(request(TARGET), "application/x-ndjson", "{\"title\":1}\n").await;
    let expected =
        [("/body/0/title", "type", "expected string, found number"), ("/body/0/stars", "required", "must be given")];
    assert_eq!((response.status, reported(&response)), (422, listed(&expected)));
}

#[tokio::test]
async fn faults_are_limited_in_number_and_length_and_never_hold_a_value() {
    let long = "k".repeat(5_000);
    let many = but("items", Value::from(vec![json!({"name": 7}); 1_000]));
    assert_eq!(faults(&many).await.len(), 32);
    let few = s::router(Shop).layer(Extension(Limits { violations: 2, ..Limits::default() }));
    let json = request(TARGET).header("content-type", "application/json");
    let response = raw_request::send(few, json.body(many.to_string().into()).unwrap()).await;
    assert_eq!(reported(&response).len(), 2);
    let response = send(request(TARGET), "application/json", but(&long, json!("hunter2")).to_string()).await;
    assert!(response.body.len() < 1_500 && !String::from_utf8_lossy(&response.body).contains("hunter2"));
}

#[tokio::test]
async fn nested_unions_are_walked_in_bounded_time() {
    let started = std::time::Instant::now();
    let body = but("items", Value::from(vec![json!({"name": "a", "tags": vec!["t"; 200]}); 400]));
    assert_eq!(faults(&body).await.len(), 32);
    assert!(started.elapsed() < std::time::Duration::from_secs(5), "{:?}", started.elapsed());
}
