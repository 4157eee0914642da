//! A document of FastAPI. `tests/examples/fastapi.rs` calls the application that it describes.

use axum::http::Request;
use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use tests::generated::fastapi::types::{CreatePetOk, CreatePetRequest, Dog, HttpValidationError};
use tests::generated::fastapi::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::Fastapi for Echo {
    async fn create_pet(
        &self,
        input: s::CreatePetInput,
        _: Context,
    ) -> Result<o::CreatePetSuccess, Failure<o::CreatePetError>> {
        Ok(o::CreatePetSuccess::Ok(input.body))
    }

    async fn total(&self, input: s::TotalInput, _: Context) -> Result<o::TotalSuccess, Failure<o::TotalError>> {
        Ok(o::TotalSuccess::Ok(input.body.iter().sum()))
    }
}

#[tokio::test]
async fn methods_are_named_after_functions_and_tags_are_sent() {
    let (client, sent) = connect!(fastapi, Echo);
    let pet = client.create_pet(&CreatePetRequest::from(Dog::new(1.5))).await.unwrap().into_body();
    assert!(matches!(pet, CreatePetOk::Dog(_)));
    assert_eq!(sent.requests()[0].json(), json!({"kind": "dog", "bark": 1.5}));
    assert_eq!(client.total(&[1, 2, 3]).await.unwrap().into_body(), 6);
    let _ = client.read_item(7).await;
    assert_eq!(sent.requests()[2].path, "/items/7");
}

#[tokio::test]
async fn a_tag_may_be_missing_where_it_has_a_default() {
    let response = raw_request::json(s::router(Echo), "POST", "/pets", &json!({"bark": 1.0})).await;
    assert_eq!((response.status, response.json()), (200, json!({"kind": "dog", "bark": 1.0})));
}

#[tokio::test]
async fn a_refusal_has_the_shape_that_the_document_gives_to_its_status() {
    let response = raw_request::json(s::router(Echo), "POST", "/sum", &json!([1, "a"])).await;
    assert_eq!((response.status, response.headers["content-type"].as_bytes()), (422, &b"application/json"[..]));
    let error: HttpValidationError = serde_json::from_value(response.json()).unwrap();
    let detail = &error.detail.unwrap()[0];
    assert_eq!(serde_json::to_value(&detail.loc).unwrap(), json!(["body", "1"]));
    assert_eq!((detail.msg.as_str(), detail.r#type.as_str()), ("expected integer, found string", "type"));
    // Text that is no JSON, and a body that is missing, have the one documented status, too.
    for (content_type, body) in [("application/json", "[1,"), ("application/json", "")] {
        let request = Request::builder().method("POST").uri("/sum").header("content-type", content_type);
        let response = raw_request::send(s::router(Echo), request.body(body.into()).unwrap()).await;
        let error: Result<HttpValidationError, _> = serde_json::from_value(response.json());
        assert!(response.status == 422 && error.is_ok(), "{body}: {} {}", response.status, response.json());
    }
    // No shape is documented for this status.
    let response = raw_request::empty(s::router(Echo), "GET", "/nothing").await;
    assert_eq!((response.status, response.json()["title"].clone()), (404, json!("Not Found")));
}
