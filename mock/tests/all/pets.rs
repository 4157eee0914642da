//! The document of the tests, and requests to its mock in this process.

use axum::Router;
use axum::body::{Body, to_bytes};
use http::Request;
use serde_json::Value;
use specwright_mock::{Builder, Mock};
use tower::ServiceExt as _;

pub const PETS: &str = r"
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1}}
        - {name: page, in: query, schema: {type: integer, minimum: 1}}
      responses:
        '200':
          description: pets
          content:
            application/json:
              schema:
                type: object
                required: [pets, total]
                properties:
                  pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
                  total: {type: integer}
    post:
      operationId: addPet
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses:
        '201':
          description: the pet
          headers: {Location: {schema: {type: string}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
  /pets/{petId}:
    parameters:
      - {name: petId, in: path, required: true, schema: {type: integer}}
    get:
      operationId: getPet
      responses:
        '200':
          description: the pet
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pet'}
              examples:
                cat: {value: {id: 7, name: Tom, kind: cat, createdAt: '2026-01-01T00:00:00Z'}}
                dog: {value: {id: 8, name: Rex, kind: dog, createdAt: '2026-01-01T00:00:00Z'}}
        '404':
          description: no such pet
          content: {application/json: {schema: {type: object, required: [code], properties: {code: {type: integer}}}}}
    patch:
      operationId: changePet
      requestBody:
        required: true
        content:
          application/merge-patch+json:
            schema:
              type: object
              properties: {name: {type: string, minLength: 1}, note: {type: [string, 'null']}}
      responses:
        '200':
          description: the pet
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
    delete:
      operationId: removePet
      responses: {'204': {description: gone}}
  /reports/{name}:
    get:
      operationId: getReport
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: a report, content: {text/plain: {schema: {type: string}}}}
components:
  schemas:
    Kind: {type: string, enum: [cat, dog]}
    Pet:
      type: object
      required: [id, name, kind, createdAt]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string, minLength: 1}
        kind: {$ref: '#/components/schemas/Kind'}
        note: {type: string}
        createdAt: {type: string, format: date-time, readOnly: true}
";

pub fn mock() -> Builder {
    Mock::text(PETS)
}

pub fn router(builder: &Builder) -> Router {
    builder.router().unwrap()
}

/// Sends a request, and returns the status, the `Location` and the body as JSON or text.
pub async fn send(router: &Router, line: &str, headers: &[(&str, &str)], body: &str) -> (u16, Option<String>, Value) {
    let (method, target) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let location = response.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    (status, location, serde_json::from_str(&text).unwrap_or(Value::from(text)))
}

pub async fn get(router: &Router, target: &str) -> (u16, Value) {
    let (status, _, body) = send(router, &format!("GET {target}"), &[], "").await;
    (status, body)
}
