//! A mock on a port: overrides, the log, the page, and who may see the page.

use serde_json::json;
use specwright_mock::{Mock, OverrideResponse};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::pets::mock;

/// Sends a request, and returns everything that is received.
pub async fn send(mock: &Mock, line: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(mock.address()).await.unwrap();
    let head = format!("{line} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response
}

#[tokio::test]
async fn an_operation_gets_another_response_until_the_reset() {
    let mock = mock().start().await.unwrap();
    mock.on("getPet").respond_with(|call| {
        (call.text("petId").as_deref() == Some("9")).then(|| OverrideResponse::json(418, &json!({"tea": true})))
    });
    assert!(send(&mock, "GET /pets/9", "localhost").await.starts_with("HTTP/1.1 418"));
    assert!(send(&mock, "GET /pets/7", "localhost").await.contains("Tom"));
    assert!(send(&mock, "GET /pets/x", "localhost").await.starts_with("HTTP/1.1 400"), "only valid requests get it");
    let seen = mock.requests();
    let statuses: Vec<u16> = seen.iter().map(|one| one.entry.status).collect();
    assert_eq!(statuses, [418, 200, 400]);
    assert_eq!(seen[0].call.as_ref().unwrap().parameters["petId"], 9);
    assert!(seen[2].call.is_none());
    assert_eq!(seen[2].entry.problem.as_ref().unwrap().violations[0].0, "/path/petId");
    mock.reset().await.unwrap();
    assert!(mock.requests().is_empty());
    assert!(send(&mock, "GET /pets/9", "localhost").await.starts_with("HTTP/1.1 404"));
    mock.stop().await;
}

#[tokio::test]
async fn the_page_shows_resources_and_requests_to_this_machine_only() {
    let mock = mock().start().await.unwrap();
    send(&mock, "GET /pets?limit=0&token=hunter2", "localhost").await;
    send(&mock, "GET /pets", "localhost").await;
    let page = send(&mock, "GET /_mock/", "localhost").await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    for part in ["/query/limit", "identifies a pet by its property", "inferred", "Tom"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("hunter2"));
    assert!(send(&mock, "GET /_mock/", "evil.example").await.starts_with("HTTP/1.1 403"));
    assert!(send(&mock, "GET /_mock/requests", "evil.example").await.starts_with("HTTP/1.1 403"));
    mock.stop().await;
}

#[tokio::test]
async fn a_document_with_errors_has_no_mock() {
    let error = Mock::text("openapi: [\n").start().await.unwrap_err().to_string();
    assert!(error.contains("document:"), "{error}");
}

#[tokio::test]
async fn the_document_as_it_is_served_has_the_address_and_the_refusals() {
    let mock = mock().start().await.unwrap();
    let received = send(&mock, "GET /_mock/openapi.json", "localhost").await;
    let (_, body) = received.split_once("\r\n\r\n").unwrap();
    let document: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(document["servers"], json!([{"url": mock.url()}]));
    let responses = &document["paths"]["/pets/{petId}"]["get"]["responses"];
    assert!(responses["422"]["content"]["application/problem+json"].is_object(), "{responses}");
    let missing = &responses["404"]["content"];
    assert!(missing["application/json"]["schema"]["required"] == json!(["code"]), "{missing}");
    assert!(missing["application/problem+json"].is_object(), "{missing}");
    let limit = &document["paths"]["/pets"]["get"]["parameters"][1]["schema"];
    assert_eq!((&limit["minimum"], &limit["maximum"]), (&json!(1), &json!(i64::MAX)));
    mock.stop().await;
}
