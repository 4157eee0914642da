//! Undocumented responses, and servers that do not respond.

use std::collections::BTreeMap;
use std::time::Duration;

use generated_client::prelude_so::{Client, Credentials, operations as o, types};
use specwright_runtime::Secret;
use specwright_runtime::client::{Error, RequestOptions, Retry};
use tests::Listener;
use tokio::net::TcpListener;

type Failed = Error<o::GetUserError>;

fn client(url: impl Into<String>) -> Client {
    let credentials = Credentials::Authorization(Secret::from("key"));
    Client::builder(url).credentials(credentials).retry(Retry::none()).build().unwrap()
}

fn response(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\nx-trace: t1\r\n\r\n{body}", body.len())
}

async fn failure(response: String) -> Failed {
    let listener = Listener::start(response).await;
    client(listener.url()).get_user("a", "u").await.unwrap_err()
}

#[tokio::test]
async fn an_undocumented_status_keeps_status_headers_and_an_excerpt() {
    let body = "teapot ".repeat(1000);
    let error = failure(response("418 I'm a teapot\r\ncontent-type: text/plain", &body)).await;
    let Error::UnexpectedStatus(unexpected) = &error else { panic!("{error}") };
    assert_eq!(unexpected.status(), 418);
    assert_eq!(unexpected.headers()["x-trace"], "t1");
    assert_eq!(unexpected.excerpt(), &body.as_bytes()[..4096]);
    assert!(!format!("{error:?}").contains("teapot teapot"));
    let message = error.to_string();
    assert!(message.contains(": teapot teapot") && message.len() < 500, "{message}");
    assert_eq!(error.status().unwrap(), 418);
}

#[tokio::test]
async fn an_undocumented_success_is_an_error() {
    let error = failure(response("202 Accepted\r\ncontent-type: application/json", "{}")).await;
    assert!(matches!(error, Error::UnexpectedStatus(_)), "{error}");
}

#[tokio::test]
async fn errors_about_invalid_bodies_keep_the_response() {
    let json = "\r\ncontent-type: application/json";
    let rows = [
        ("truncated", format!("200 OK{json}"), r#"{"user":{"id":"u","#),
        ("empty", format!("200 OK{json}"), ""),
        ("without what is required", format!("200 OK{json}"), r#"{"user":{"id":"u"}}"#),
        ("another type", format!("200 OK{json}"), "[]"),
        ("HTML", "200 OK\r\ncontent-type: text/html".to_owned(), "<html>"),
        ("an error in HTML", "404 Not Found\r\ncontent-type: text/html".to_owned(), "<html>"),
        ("an error of no member's kind", format!("404 Not Found{json}"), r#"{"code":"x"}"#),
    ];
    for (name, head, body) in rows {
        let error = failure(response(&head, body)).await;
        let Error::InvalidBody(invalid) = &error else { panic!("{name}: {error}") };
        assert_eq!(invalid.unexpected.status().as_str(), &head[..3], "{name}");
        assert_eq!(invalid.unexpected.headers()["x-trace"], "t1", "{name}");
        assert_eq!(invalid.unexpected.excerpt(), body.as_bytes(), "{name}");
    }
}

#[tokio::test]
async fn errors_name_the_pointer_in_the_body() {
    let head = "200 OK\r\ncontent-type: application/json";
    let error =
        failure(response(head, r#"{"user":{"id":"u","identifiers":[{"type":"x","value":7}],"profile":{}}}"#)).await;
    let text = error.to_string();
    assert!(text.contains("the response (200) cannot be decoded"), "{text}");
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_an_error() {
    let body = format!("\"{}\"", "x".repeat(1000));
    let listener = Listener::start(response("200 OK\r\ncontent-type: application/json", &body)).await;
    let options = RequestOptions::new().max_body(100);
    let error = client(listener.url()).get_user("a", "u").with(options).await.unwrap_err();
    let Error::BodyTooLarge(large) = &error else { panic!("{error}") };
    assert_eq!((large.limit(), error.status().unwrap().as_u16()), (100, 200));

    let chunked = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n3e8\r\n{}\r\n0\r\n\r\n",
        "x".repeat(1000)
    );
    let listener = Listener::start(chunked).await;
    let options = RequestOptions::new().max_body(100);
    let error = client(listener.url()).get_user("a", "u").with(options).await.unwrap_err();
    assert!(matches!(error, Error::BodyTooLarge(_)), "{error}");
}

#[tokio::test]
async fn a_connection_that_breaks_off_is_a_transport_error() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{".to_owned();
    let error = failure(head).await;
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_server_that_never_responds_times_out() {
    // The system accepts connections into the backlog, but nobody responds.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client(format!("http://{}", silent.local_addr().unwrap()));
    let options = RequestOptions::new().timeout(Duration::from_millis(100));
    let error = client.get_user("a", "u").with(options).await.unwrap_err();
    let Error::Timeout(timeout) = &error else { panic!("{error}") };
    assert_eq!(timeout.after(), Duration::from_millis(100));
}

#[tokio::test]
async fn a_refused_connection_is_a_transport_error_without_secrets() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let error = client(url).get_user("a", "u").await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    assert!(!format!("{error:?}").contains("key"));
}

#[tokio::test]
async fn a_call_whose_path_would_lead_elsewhere_is_not_sent() {
    let listener = Listener::start("HTTP/1.1 204 No Content\r\n\r\n").await;
    let client = client(listener.url());
    let body = types::PatchUserProfileRequest::new(BTreeMap::<String, String>::new());
    let error = client.patch_user_profile("", "..", &body).await.unwrap_err();
    let Error::InvalidRequest(invalid) = &error else { panic!("{error}") };
    let subjects: Vec<_> = invalid.problems().iter().map(|problem| problem.subject.as_str()).collect();
    assert_eq!(subjects, ["path parameter `appID`"]);
    assert_eq!(listener.raw().len(), 0);
}
