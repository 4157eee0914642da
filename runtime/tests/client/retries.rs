//! Retries.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use specwright_runtime::client::{
    Error, Request, RequestOptions, Response, Retry, TimeoutScope, Transport, TransportError,
};
use specwright_runtime::{Body, BoxFuture, ByteStream, Bytes};

use crate::api::{Act, CREATE_USER, Failed, Server, User, builder, get_user, json, response, send};

#[tokio::test]
async fn transient_statuses_and_broken_connections_are_retried() {
    for status in ["408 X", "425 X", "429 X", "500 X", "502 X", "503 X", "504 X"] {
        let server = Server::start([response(status, "", ""), Act::HangUp, json("200 OK", "{\"id\":1}")]).await;
        let core = builder(&server.url).build().unwrap();
        send(get_user(&core, "1")).await.unwrap();
        assert_eq!(server.requests().len(), 3, "{status}");
    }
}

#[tokio::test]
async fn the_last_response_is_returned_when_attempts_run_out() {
    let server = Server::start([response("503 Service Unavailable", "", "")]).await;
    let core = builder(&server.url).build().unwrap();
    let error = send(get_user(&core, "1")).await.unwrap_err();
    assert!(matches!(error.api(), Some(Failed::Unavailable)));
    assert!(error.is_retryable());
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn other_statuses_are_final() {
    for status in ["400 X", "404 X", "409 X", "501 X"] {
        let server = Server::start([response(status, "", "")]).await;
        let core = builder(&server.url).build().unwrap();
        send(get_user(&core, "1")).await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn non_idempotent_calls_are_not_retried_unless_they_opt_in() {
    let server = Server::start([response("503 X", "", "")]).await;
    let core = builder(&server.url).build().unwrap();
    let mut call = core.call(&CREATE_USER);
    call.json(0, &User { id: 1 });
    send(call).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    let mut call = core.call(&CREATE_USER);
    call.json(0, &User { id: 1 });
    call.with(RequestOptions::new().repeatable());
    send(call).await.unwrap_err();
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn every_attempt_sends_the_whole_request() {
    let server = Server::start([response("503 X", "", ""), Act::HangUp, json("200 OK", "{\"id\":1}")]).await;
    let core = builder(&server.url).header("x-client", "tests").build().unwrap();
    let mut call = core.call(&CREATE_USER);
    call.json(0, &User { id: 7 });
    call.with(RequestOptions::new().repeatable().header("x-request-id", "7"));
    send(call).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| *request == requests[0]), "{requests:?}");
    assert!(requests[0].contains("\r\nx-request-id: 7\r\n") && requests[0].ends_with("{\"id\":7}"), "{requests:?}");
}

#[tokio::test]
async fn a_one_time_stream_is_never_sent_twice() {
    let server = Server::start([response("503 X", "", "")]).await;
    let core = builder(&server.url).build().unwrap();
    let mut call = core.call(&CREATE_USER);
    let stream = ByteStream::new(futures::stream::iter([Ok(Bytes::from_static(b"x"))]));
    call.body_as(2, "image/gif", Body::from_stream(stream));
    call.with(RequestOptions::new().repeatable());
    send(call).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn retry_after_is_respected_and_a_long_one_ends_the_call() {
    let server = Server::start([response("429 X", "retry-after: 1\r\n", ""), json("200 OK", "{\"id\":1}")]).await;
    let core = builder(&server.url).build().unwrap();
    let begun = Instant::now();
    send(get_user(&core, "1")).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1));

    let server = Server::start([response("429 X", "retry-after: 3600\r\n", "")]).await;
    let core = builder(&server.url).build().unwrap();
    send(get_user(&core, "1")).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_refused_connection_is_reported() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let core = builder(&url).retry(Retry::none()).build().unwrap();
    let error = send(get_user(&core, "1")).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)));
    assert!(error.to_string().starts_with("could not connect to the server"), "{error}");
}

/// A transport that counts requests and never responds.
struct Silence(Arc<AtomicU32>);

impl Transport for Silence {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_ends_at_the_earlier_of_both_deadlines() {
    let [short, long] = [Duration::from_secs(10), Duration::from_secs(25)];
    for (attempt, call, attempts, scope, took) in [
        (short, long, 3, TimeoutScope::Call, long),
        (short, Duration::MAX, 3, TimeoutScope::Attempt, 3 * short),
        (short, short, 1, TimeoutScope::Attempt, short),
        (long, short, 1, TimeoutScope::Call, short),
        (Duration::MAX, short, 1, TimeoutScope::Call, short),
    ] {
        let sent = Arc::new(AtomicU32::new(0));
        let builder = builder("https://a.example").transport(Silence(Arc::clone(&sent)));
        let core = builder.timeout(call).attempt_timeout(attempt).build().unwrap();
        let begun = tokio::time::Instant::now();
        let error = send(get_user(&core, "1")).await.unwrap_err();
        let Error::Timeout(timeout) = error else { panic!("{error:?}") };
        assert_eq!((timeout.scope(), sent.load(Ordering::SeqCst)), (scope, attempts), "{attempt:?} {call:?}");
        let elapsed = begun.elapsed();
        assert!(elapsed >= took && elapsed < took + Duration::from_secs(1), "{attempt:?} {call:?}: {elapsed:?}");
    }
}
