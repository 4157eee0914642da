//! Errors name the call that they belong to.

use std::time::Duration;

use specwright_runtime::BoxFuture;
use specwright_runtime::client::{
    Core, Error, MockResponse, Recorder, Request, Response, Retry, Transport, TransportError, TransportErrorKind,
};

use crate::api::{builder, get_user, send};

/// A transport whose connections break.
struct Broken;

impl Transport for Broken {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async { Err(TransportError::new(TransportErrorKind::Exchange, "reset")) })
    }
}

/// A transport that never responds.
struct Silent;

impl Transport for Silent {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(std::future::pending())
    }
}

fn core(recorder: &Recorder) -> Core {
    builder("https://a.example:8443/v1").retry(Retry::none()).transport(recorder.clone()).build().unwrap()
}

async fn message(response: MockResponse) -> String {
    let recorder = Recorder::new();
    recorder.respond_with(response);
    send(get_user(&core(&recorder), "hunter2")).await.unwrap_err().to_string()
}

#[tokio::test]
async fn errors_name_operation_method_and_host_and_never_the_path() {
    assert_eq!(
        message(MockResponse::json(500, r#"{"detail":"out of tea"}"#)).await,
        "the API responded with 500 Internal Server Error, which its document does not describe: {\"detail\":\"out of tea\"} \
         (`getUser`, GET a.example:8443)"
    );
    let invalid = message(MockResponse::json(200, "[]")).await;
    assert!(invalid.starts_with("the response (200) cannot be decoded: "), "{invalid}");
    assert!(invalid.ends_with(" (`getUser`, GET a.example:8443)"), "{invalid}");
    let core = builder("https://a.example:443").retry(Retry::none()).transport(Broken).build().unwrap();
    assert_eq!(
        send(get_user(&core, "hunter2")).await.unwrap_err().to_string(),
        "the connection failed before a response arrived: reset (`getUser`, GET a.example)"
    );
}

#[tokio::test(start_paused = true)]
async fn the_attempts_are_counted() {
    let recorder = Recorder::new();
    for _ in 0..3 {
        recorder.respond_with(MockResponse::json(503, ""));
    }
    let core = builder("https://a.example").retry(Retry::standard()).transport(recorder.clone()).build().unwrap();
    let error = send(get_user(&core, "1")).await.unwrap_err();
    let call = error.call().unwrap();
    assert_eq!(
        (call.operation(), call.method(), call.host(), call.attempts()),
        ("getUser", "GET", Some("a.example"), 3)
    );
    assert!(error.to_string().ends_with(" (`getUser`, GET a.example, attempt 3)"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_timeout_and_a_body_that_is_too_large_name_the_call() {
    let builder = || builder("https://a.example").retry(Retry::none()).timeout(Duration::from_secs(5)).max_body(8);
    let timeout = send(get_user(&builder().transport(Silent).build().unwrap(), "1")).await.unwrap_err();
    assert!(matches!(timeout, Error::Timeout(_)), "{timeout}");
    assert!(timeout.to_string().ends_with(" (`getUser`, GET a.example)"), "{timeout}");
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::json(200, "{\"id\": \"0123456789\"}"));
    let large = send(get_user(&builder().transport(recorder).build().unwrap(), "1")).await.unwrap_err();
    assert!(matches!(large, Error::BodyTooLarge(_)), "{large}");
    assert!(large.to_string().ends_with(" (`getUser`, GET a.example)"), "{large}");
}

#[tokio::test]
async fn a_response_names_its_call() {
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::json(200, r#"{"id":1}"#));
    let response = send(get_user(&core(&recorder), "1")).await.unwrap();
    assert_eq!(response.call().unwrap().to_string(), "`getUser`, GET a.example:8443");
}
