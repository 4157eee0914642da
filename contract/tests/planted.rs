//! Faults that are planted in an implementation are found, and a correct implementation has none.

use axum::body::Body;
use axum::http::{Request, Response};
use axum::{Router, routing::any};
use serde_json::{Value, json};
use specwright_contract::Contract;

const DOCUMENT: &str = r"
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: list_pets
      parameters:
      - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50}}
      - {name: X-Tenant, in: header, required: true, schema: {type: string}}
      responses:
        '200':
          description: All
          headers: {X-Total: {required: true, schema: {type: integer}}}
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    post:
      operationId: add_pet
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
      responses:
        '201': {description: Added, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  /pets/{id}:
    delete:
      operationId: remove_pet
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {'204': {description: Gone}}
components:
  schemas:
    NewPet: {type: object, required: [name], properties: {name: {type: string, maxLength: 10}, age: {type: integer, minimum: 0}}}
    Pet: {type: object, required: [id, name], properties: {id: {type: integer}, name: {type: string, maxLength: 10}, age: {type: integer, minimum: 0}}}
";

/// The fault of an implementation.
#[derive(Clone, Copy, PartialEq)]
enum Planted {
    Nothing,
    WrongStatus,
    MissingProperty,
    WrongType,
    HeaderLeftOut,
    HeaderOfAWrongType,
    BrokenConstraint,
    WrongContentType,
    BodyWhereNoneIs,
    NoBody,
    AcceptsAWrongBody,
    AcceptsAMissingProperty,
    AcceptsAWrongParameter,
    AcceptsAMissingHeader,
    AcceptsATextForAPathParameter,
    Crashes,
}

fn respond(status: u16, body: &Value) -> Response<Body> {
    let response = Response::builder().status(status).header("content-type", "application/json");
    response.body(Body::from(body.to_string())).unwrap()
}

fn list(planted: Planted, request: &Request<Body>) -> Response<Body> {
    let limit = request.uri().query().and_then(|query| query.strip_prefix("limit="));
    let is_wrong = limit.is_some_and(|limit| !limit.parse().is_ok_and(|limit: i32| (1..=50).contains(&limit)));
    if is_wrong && planted != Planted::AcceptsAWrongParameter {
        return respond(400, &json!({}));
    }
    if !request.headers().contains_key("x-tenant") && planted != Planted::AcceptsAMissingHeader {
        return respond(400, &json!({}));
    }
    let pet = match planted {
        Planted::MissingProperty => json!({"name": "Rex"}),
        Planted::WrongType => json!({"id": "1", "name": "Rex"}),
        Planted::BrokenConstraint => json!({"id": 1, "name": "Rex", "age": -1}),
        _ => json!({"id": 1, "name": "Rex"}),
    };
    let mut response = respond(if planted == Planted::WrongStatus { 202 } else { 200 }, &json!([pet]));
    if planted == Planted::WrongContentType {
        response.headers_mut().insert("content-type", "text/plain".parse().unwrap());
    }
    match planted {
        Planted::HeaderLeftOut => None,
        Planted::HeaderOfAWrongType => response.headers_mut().insert("x-total", "many".parse().unwrap()),
        _ => response.headers_mut().insert("x-total", "1".parse().unwrap()),
    };
    response
}

async fn add(planted: Planted, request: Request<Body>) -> Response<Body> {
    let bytes = axum::body::to_bytes(request.into_body(), usize::MAX).await.unwrap();
    let pet: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let has_name = pet["name"].is_string() || (planted == Planted::AcceptsAMissingProperty && pet.is_object());
    let age = pet.get("age");
    let is_valid = has_name
        && pet["name"].as_str().unwrap_or_default().chars().count() <= 10
        && age.is_none_or(|age| age.as_i64().is_some_and(|age| age >= 0));
    let is_let_through = planted == Planted::AcceptsAWrongBody && pet.is_object() && has_name;
    if !is_valid && !is_let_through {
        return respond(422, &json!({}));
    }
    if planted == Planted::NoBody {
        return Response::builder().status(201).body(Body::empty()).unwrap();
    }
    respond(201, &json!({"id": 1, "name": "Rex"}))
}

fn remove(planted: Planted, request: &Request<Body>) -> Response<Body> {
    let id = request.uri().path().trim_start_matches("/pets/");
    if id.parse::<i64>().is_err() && planted != Planted::AcceptsATextForAPathParameter {
        return respond(400, &json!({}));
    }
    match planted {
        Planted::Crashes => respond(500, &json!({})),
        Planted::BodyWhereNoneIs => Response::builder().status(204).body(Body::from("gone")).unwrap(),
        _ => Response::builder().status(204).body(Body::empty()).unwrap(),
    }
}

fn implementation(planted: Planted) -> Router {
    let pets = move |request: Request<Body>| async move {
        if request.method() == "GET" { list(planted, &request) } else { add(planted, request).await }
    };
    let pet = move |request: Request<Body>| async move { remove(planted, &request) };
    Router::new().route("/pets", any(pets)).route("/pets/{id}", any(pet))
}

async fn found(planted: Planted) -> specwright_contract::Report {
    Contract::of(DOCUMENT).unwrap().check(&implementation(planted)).await
}

#[tokio::test]
async fn a_correct_implementation_keeps_the_contract() {
    let report = found(Planted::Nothing).await;
    assert!(report.is_kept(), "{report}");
    assert!(report.requests >= 12, "{report}");
}

#[tokio::test]
async fn each_planted_fault_is_found() {
    for (planted, operation, fault) in [
        (Planted::WrongStatus, "GET /pets", "the status 202 is not documented"),
        (Planted::MissingProperty, "GET /pets", "the required property `id` is missing"),
        (Planted::WrongType, "GET /pets", "in `id`: it is of type `string`, not `integer`"),
        (Planted::HeaderLeftOut, "GET /pets", "the header `X-Total` is missing"),
        (Planted::HeaderOfAWrongType, "GET /pets", "the header `X-Total` does not fit its schema"),
        (Planted::BrokenConstraint, "GET /pets", "in `age`: it is out of bounds"),
        (Planted::WrongContentType, "GET /pets", "the content type of 200 is `text/plain`"),
        (Planted::BodyWhereNoneIs, "DELETE /pets/{id}", "204 has a body, but the document describes none"),
        (Planted::NoBody, "POST /pets", "201 has no content type"),
        (Planted::AcceptsAWrongBody, "POST /pets", "the body breaks `"),
        (Planted::AcceptsAMissingProperty, "POST /pets", "the body breaks `required`"),
        (Planted::AcceptsAWrongParameter, "GET /pets", "query parameter `limit` breaks `"),
        (Planted::AcceptsAMissingHeader, "GET /pets", "header parameter `X-Tenant` is missing"),
        (Planted::AcceptsATextForAPathParameter, "DELETE /pets/{id}", "path parameter `id` breaks `type`"),
        (Planted::Crashes, "DELETE /pets/{id}", "the status 500 is not documented"),
    ] {
        let report = found(planted).await;
        let is_found = report.faults.iter().any(|one| one.operation == operation && one.fault.contains(fault));
        assert!(is_found, "{operation}: {fault}\n{report}");
    }
}

#[tokio::test]
async fn settings_supply_what_the_document_lacks() {
    let contract = Contract::of(DOCUMENT).unwrap().parameter("id", 7).without("list_pets").without("add_pet");
    let contract = contract.header("x-tenant".parse().unwrap(), "t".parse().unwrap());
    let only_seven = |request: Request<Body>| async move {
        let is_known = request.uri().path() == "/pets/7" && request.headers()["x-tenant"] == "t";
        Response::builder().status(if is_known { 204 } else { 404 }).body(Body::empty()).unwrap()
    };
    let report = contract.check(&Router::new().fallback(only_seven)).await;
    assert!(report.is_kept(), "{report}");
    assert!(Contract::of("openapi: [").is_err());
}
