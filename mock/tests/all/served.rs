//! The document as the mock serves it, and what it serves for parts of documents that say little.

use serde_json::{Value, json};
use specwright_mock::Mock;

use crate::pets::{get, router, send};
use crate::running;

const DOCUMENT: &str = r"
openapi: 3.1.0
info: {title: Files, version: '1'}
paths:
  /files/{name}:
    parameters:
      - {name: name, in: path, required: true, schema: {type: string}}
      - {name: Authorization, in: header, required: true, schema: {type: string}}
    get:
      operationId: readFile
      parameters: [{$ref: '#/components/parameters/Accept'}, {name: size, in: query, schema: {type: integer, format: uint8}}]
      responses: {'200': {description: It, content: {image/*: {}}}}
    put:
      operationId: writeFile
      requestBody:
        required: true
        content: {application/xml: {schema: {type: object}}, application/json: {schema: {$ref: '#/components/schemas/File'}}}
      responses: {}
    delete: {operationId: removeFile, responses: {'204': {description: It is gone}, '404': {description: No file, content: {}}}}
  /files:
    post: {operationId: unpack, responses: {'204': {description: Some files}}}
  /files/{name}/pages:
    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
    get: {operationId: listPages, responses: {'200': {description: They, content: {application/json: {schema: {type: array}}}}}}
  /feed:
    post:
      operationId: addFeed
      requestBody: {content: {application/atom+xml: {}}}
      responses: {default: {description: Anything}}
components:
  parameters:
    Accept: {name: accept, in: header, required: true, schema: {type: string}}
  schemas:
    File: {properties: {title: {minLength: 1}, not: {not: {properties: {a: true}}}}}
";

async fn served() -> Value {
    let mock = Mock::text(DOCUMENT).start().await.unwrap();
    let received = running::send(&mock, "GET /_mock/openapi.json", "localhost").await;
    mock.stop().await;
    serde_json::from_str(received.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[tokio::test]
async fn parameters_that_the_format_ignores_are_left_out() {
    let document = served().await;
    let names = |at: &str| -> Vec<String> {
        let list = document.pointer(at).and_then(Value::as_array).unwrap();
        list.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("/paths/~1files~1{name}/parameters"), ["name"]);
    assert_eq!(names("/paths/~1files~1{name}/get/parameters"), ["size"]);
}

#[tokio::test]
async fn what_servers_read_is_written_down() {
    let document = served().await;
    let size = &document["paths"]["/files/{name}"]["get"]["parameters"][0]["schema"];
    assert_eq!((&size["minimum"], &size["maximum"]), (&json!(0), &json!(255)));
    let file = &document["components"]["schemas"]["File"];
    assert_eq!((&file["type"], &file["properties"]["title"]["type"]), (&json!("object"), &json!("string")));
    assert_eq!(file["properties"]["not"]["not"].get("type"), None, "a type below `not` would allow more");
}

#[tokio::test]
async fn an_operation_without_a_success_gets_one() {
    let document = served().await;
    let missing = &document["paths"]["/files/{name}"]["delete"]["responses"]["404"];
    assert_eq!(missing["content"], json!({}), "a documented response without a body has none");
    let status = |path: &str, method: &str| {
        let responses = document["paths"][path][method]["responses"].as_object().unwrap();
        responses.keys().find(|key| key.starts_with('2')).cloned()
    };
    assert_eq!(status("/files/{name}", "put").as_deref(), Some("200"));
    assert_eq!(status("/files/{name}", "delete").as_deref(), Some("204"));
    assert_eq!(status("/feed", "post"), None, "`default` is one");
}

#[tokio::test]
async fn xml_is_left_out_unless_there_is_nothing_else() {
    let document = served().await;
    let media = |path: &str, method: &str| -> Vec<String> {
        document["paths"][path][method]["requestBody"]["content"].as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(media("/files/{name}", "put"), ["application/json"]);
    assert_eq!(media("/feed", "post"), ["application/atom+xml"]);
}

#[tokio::test]
async fn bytes_in_a_range_of_media_types_have_one_of_that_range() {
    let mock = Mock::text(DOCUMENT).start().await.unwrap();
    let received = running::send(&mock, "GET /files/a", "localhost").await.to_lowercase();
    assert!(received.contains("content-type: image/png"), "{received}");
    mock.stop().await;
}

#[tokio::test]
async fn what_is_removed_is_gone_with_everything_below_it() {
    let router = router(&Mock::text(DOCUMENT));
    let status = async |line: &str| {
        let body = if line.starts_with("PUT") { "{}" } else { "" };
        send(&router, line, &[("content-type", "application/json")], body).await.0
    };
    assert_eq!((status("GET /files/a").await, status("GET /files/a/pages").await), (200, 200));
    assert_eq!((status("DELETE /files/a").await, status("DELETE /files/a").await), (204, 404));
    assert_eq!((status("GET /files/a").await, status("GET /files/a/pages").await), (404, 404));
    assert_eq!((status("GET /files/b").await, status("GET /files/b/pages").await), (200, 200));
    let missing = get(&router, "/files/a").await.1;
    assert_eq!(missing["detail"], "there is no such item");
    assert_eq!((status("PUT /files/a").await, status("GET /files/a/pages").await), (200, 200));
    status("DELETE /files/a").await;
    assert_eq!((status("POST /files").await, status("GET /files/a").await), (204, 200), "it may be among them");
    // A value that looks like a path is one value.
    assert_eq!((status("DELETE /files/b%2Fpages").await, status("GET /files/b/pages").await), (204, 200));
}

#[tokio::test]
async fn the_removal_of_what_is_no_resource_is_listed_as_inferred() {
    let mock = Mock::text(DOCUMENT).start().await.unwrap();
    let found: Vec<_> = mock.behaviours().into_iter().map(|one| (one.resource, one.operation)).collect();
    assert_eq!(found, [("/files", Some("removeFile"))]);
    mock.stop().await;
}
