//! Behaviour around calls: retries, timeouts, limits, middleware.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::StreamExt as _;
use specwright_runtime::client::{
    Error, InProcess, Middleware, MockResponse, Next, Recorder, Request, RequestOptions, Response, Retry, TimeoutScope,
    TransportError,
};
use specwright_runtime::server::{Context, Extension, Failure, Limits};
use specwright_runtime::{BoxFuture, ByteStream, StreamError};
use tests::generated::calls::{Client, operations as o, server as s};
use tests::{Listener, Served};

use crate::raw_request;

/// A slow service.
struct Slow(Duration);

impl s::Calls for Slow {
    async fn list_things(
        &self,
        _: s::ListThingsInput,
        _: Context,
    ) -> Result<o::ListThingsSuccess, Failure<o::ListThingsError>> {
        tokio::time::sleep(self.0).await;
        Ok(o::ListThingsSuccess::Ok(vec!["a".to_owned(), "b".to_owned()]))
    }

    async fn add_thing(
        &self,
        _: s::AddThingInput,
        _: Context,
    ) -> Result<o::AddThingSuccess, Failure<o::AddThingError>> {
        Ok(o::AddThingSuccess::NoContent)
    }

    async fn pay(&self, _: s::PayInput, _: Context) -> Result<o::PaySuccess, Failure<o::PayError>> {
        Ok(o::PaySuccess::NoContent)
    }

    async fn read_log(&self, _: s::ReadLogInput, _: Context) -> Result<o::ReadLogSuccess, Failure<o::ReadLogError>> {
        let chunks = futures::stream::iter([Ok(Bytes::from_static(b"one"))]).chain(futures::stream::pending());
        Ok(o::ReadLogSuccess::Ok(ByteStream::new(chunks)))
    }
}

fn quick() -> Slow {
    Slow(Duration::ZERO)
}

/// Retries with short pauses.
fn retry() -> Retry {
    Retry::standard().pauses(Duration::from_millis(1), Duration::from_millis(2))
}

/// A client whose calls get these responses.
fn responding(responses: Vec<MockResponse>) -> (Client, Recorder) {
    let recorder = Recorder::new();
    responses.into_iter().for_each(|response| recorder.respond_with(response));
    let client = Client::builder("http://recorded").transport(recorder.clone()).retry(retry()).build().unwrap();
    (client, recorder)
}

#[tokio::test]
async fn idempotent_calls_are_retried_and_others_if_they_opt_in() {
    for status in [408, 425, 429, 500, 502, 503, 504] {
        let (client, sent) = responding(vec![MockResponse::empty(status), MockResponse::json(200, "[]")]);
        client.list_things().await.unwrap();
        let attempts: Vec<_> = sent.requests().iter().map(|request| request.attempt).collect();
        assert_eq!(attempts, [1, 2], "{status}");
    }
    let (client, sent) = responding(vec![MockResponse::empty(503), MockResponse::empty(204)]);
    let error = client.add_thing("a").await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), sent.requests().len()), (503, 1), "POST is not idempotent");
    let (client, sent) = responding(vec![MockResponse::empty(503), MockResponse::empty(204)]);
    client.add_thing("a").with(RequestOptions::new().repeatable()).await.unwrap();
    assert_eq!(sent.requests()[1].body, sent.requests()[0].body);
    let (client, sent) = responding(vec![MockResponse::empty(404)]);
    client.list_things().await.unwrap_err();
    assert_eq!(sent.requests().len(), 1, "404 is not transient");
}

#[tokio::test]
async fn retry_after_is_honoured_unless_it_is_too_long() {
    let (client, _) =
        responding(vec![MockResponse::empty(503).with_header("retry-after", "1"), MockResponse::json(200, "[]")]);
    let started = Instant::now();
    client.list_things().await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1));
    let (client, sent) = responding(vec![MockResponse::empty(503).with_header("retry-after", "3600")]);
    client.list_things().await.unwrap_err();
    assert_eq!(sent.requests().len(), 1);
}

#[tokio::test]
async fn an_excessive_wait_is_in_the_error() {
    for (text, expected) in [("3600", 3600), ("99999999999999999999999", u64::MAX)] {
        let (client, sent) = responding(vec![MockResponse::empty(429).with_header("retry-after", text)]);
        let error = client.list_things().await.unwrap_err();
        assert_eq!((error.retry_after(), sent.requests().len()), (Some(Duration::from_secs(expected)), 1));
    }
    // The wait is allowed, but exceeds the time that is left.
    let (client, sent) = responding(vec![MockResponse::empty(429).with_header("retry-after", "20")]);
    let options = RequestOptions::new().timeout(Duration::from_secs(5));
    let error = client.list_things().with(options).await.unwrap_err();
    assert_eq!((error.retry_after(), sent.requests().len()), (Some(Duration::from_secs(20)), 1));
}

#[tokio::test]
async fn the_remaining_rate_limit_is_in_one_place() {
    let limited = |response: MockResponse| response.with_header("x-ratelimit-remaining", "7");
    let (client, _) = responding(vec![limited(MockResponse::json(200, "[]")), limited(MockResponse::empty(404))]);
    let response = client.list_things().await.unwrap();
    assert_eq!(response.rate_limit().unwrap().remaining, Some(7));
    let error = client.list_things().await.unwrap_err();
    assert_eq!(error.rate_limit().unwrap().remaining, Some(7));
}

#[tokio::test]
async fn a_key_stays_the_same_and_allows_further_attempts() {
    let key = |sent: &Recorder, index: usize| sent.requests()[index].header("idempotency-key").map(str::to_owned);
    let twice = || vec![MockResponse::empty(503), MockResponse::empty(204), MockResponse::empty(204)];
    let (client, sent) = responding(twice());
    client.pay(&7).await.unwrap();
    client.pay(&7).await.unwrap();
    assert_eq!(key(&sent, 0).unwrap().len(), 36);
    assert_eq!(key(&sent, 0), key(&sent, 1));
    assert_ne!(key(&sent, 1), key(&sent, 2), "another call has another key");
    // The application's own key, given by the parameter or as an option of any operation.
    let (client, sent) = responding(twice());
    client.pay(&7).idempotency_key("mine").await.unwrap();
    assert_eq!([key(&sent, 0), key(&sent, 1)], [Some("mine".to_owned()), Some("mine".to_owned())]);
    let (client, sent) = responding(twice());
    client.add_thing("a").with(RequestOptions::new().idempotency_key("mine")).await.unwrap();
    assert_eq!([key(&sent, 0), key(&sent, 1)], [Some("mine".to_owned()), Some("mine".to_owned())]);
    let (client, _) = responding(twice());
    let error = client.add_thing("a").with(RequestOptions::new().idempotency_key("a\nb")).await.unwrap_err();
    assert!(matches!(&error, Error::InvalidRequest(_)), "{error}");
}

#[tokio::test]
async fn a_stalled_stream_ends_at_the_idle_timeout() {
    let served = Served::start(s::router(quick())).await;
    let client = Client::builder(served.url()).build().unwrap();
    let brief = Duration::from_millis(50);
    let log = client.read_log().with(RequestOptions::new().idle_timeout(brief)).await.unwrap();
    let mut log = log.into_body();
    assert_eq!(log.next().await.unwrap().unwrap(), "one");
    let error = log.next().await.unwrap().unwrap_err();
    assert!(matches!(&error, StreamError::Idle { after, .. } if *after == brief), "{error}");
    let host = served.url().replace("http://", "");
    assert_eq!(
        error.to_string(),
        format!("nothing arrived for 50ms (`read_log`, GET {host}); raise the setting `idle_timeout` to wait longer")
    );
    assert!(log.next().await.is_none());
}

#[tokio::test]
async fn a_broken_connection_is_retried() {
    let listener = Listener::start("").await;
    let client = Client::builder(listener.url()).retry(retry()).build().unwrap();
    let error = client.list_things().await.unwrap_err();
    assert!(matches!(&error, Error::Transport(_)), "{error}");
    assert_eq!(listener.raw().len(), 3);
}

#[tokio::test]
async fn calls_and_attempts_have_separate_timeouts() {
    let served = Served::start(s::router(Slow(Duration::from_secs(60)))).await;
    let client = Client::builder(served.url()).retry(Retry::none()).build().unwrap();
    let brief = Duration::from_millis(50);
    for (options, scope) in [
        (RequestOptions::new().timeout(brief), TimeoutScope::Call),
        (RequestOptions::new().attempt_timeout(brief), TimeoutScope::Attempt),
    ] {
        let error = client.list_things().with(options).await.unwrap_err();
        let Error::Timeout(timeout) = &error else { panic!("{error}") };
        assert_eq!((timeout.scope(), timeout.after()), (scope, brief));
    }
}

#[tokio::test]
async fn bodies_have_limits_on_both_sides() {
    let (client, _) = connect!(calls, quick());
    let error = client.list_things().with(RequestOptions::new().max_body(4)).await.unwrap_err();
    assert!(matches!(&error, Error::BodyTooLarge(large) if large.limit() == 4), "{error}");
    let router = s::router(quick()).layer(Extension(Limits { body: 8, ..Limits::default() }));
    let response = raw_request::json(router, "POST", "/things", &"nine char".into()).await;
    assert_eq!(response.status, 413);
}

/// Counts attempts and adds a header.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

impl Middleware for Counter {
    fn handle<'a>(&'a self, mut request: Request, next: Next<'a>) -> BoxFuture<'a, Result<Response, TransportError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        request.headers.insert("x-layer", "yes".parse().unwrap());
        next.run(request)
    }
}

#[tokio::test]
async fn middleware_wraps_every_attempt() {
    let counter = Counter::default();
    let sent = Recorder::new();
    sent.respond_with(MockResponse::empty(503));
    sent.respond_with(MockResponse::json(200, "[]"));
    let builder = Client::builder("http://recorded").transport(sent.clone()).retry(retry());
    builder.layer(counter.clone()).build().unwrap().list_things().await.unwrap();
    assert_eq!(counter.0.load(Ordering::SeqCst), 2);
    assert!(sent.requests().iter().all(|request| request.header("x-layer") == Some("yes")));
}

#[tokio::test]
async fn headers_of_the_client_and_of_one_call_are_sent() {
    let (client, sent) = record!(calls, .header("x-app", "a").header("x-both", "client"));
    let options = RequestOptions::new().header("x-call", "c").header("x-both", "call");
    client.add_thing("t").with(options).await.unwrap();
    client.add_thing("t").await.unwrap();
    let requests = sent.requests();
    let headers = |index: usize| ["x-app", "x-call", "x-both"].map(|name| requests[index].header(name));
    assert_eq!(headers(0), [Some("a"), Some("c"), Some("call")]);
    assert_eq!(headers(1), [Some("a"), None, Some("client")]);
}

#[tokio::test]
async fn a_custom_http_client_sends_the_requests() {
    let listener =
        Listener::start("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]").await;
    let http = reqwest::Client::builder().user_agent("mine/1").build().unwrap();
    let client = Client::builder(listener.url()).http(http).build().unwrap();
    client.list_things().await.unwrap();
    assert_eq!(listener.only().header("user-agent"), Some("mine/1"));
}

#[tokio::test]
async fn one_line_connects_a_client_to_an_in_process_server() {
    let client = Client::builder("http://in-process").transport(InProcess::new(s::router(quick()))).build().unwrap();
    assert_eq!(client.list_things().await.unwrap().into_body(), ["a", "b"]);
}

#[tokio::test]
async fn a_recorder_keeps_requests() {
    let (client, sent) = connect!(calls, quick());
    client.add_thing("t").await.unwrap();
    let request = &sent.requests()[0];
    assert_eq!((request.operation, request.method.as_str(), request.path.as_str()), ("add_thing", "POST", "/things"));
    assert_eq!(request.json(), serde_json::json!("t"));
}

#[tokio::test]
async fn a_call_outlives_its_client_in_another_task() {
    let (client, _) = connect!(calls, quick());
    let call = client.list_things();
    drop(client);
    let things = tokio::spawn(call).await.unwrap().unwrap();
    assert_eq!(things.body(), &["a", "b"]);
    assert_eq!(things.into_body(), ["a", "b"]);
}

#[tokio::test]
async fn calls_are_futures_that_can_be_joined_and_polled_in_place() {
    let (client, sent) = connect!(calls, quick());
    let (things, added) = tokio::join!(client.list_things(), client.add_thing("t"));
    assert_eq!((things.unwrap().into_body().len(), added.unwrap().status().as_u16()), (2, 204));
    let (client, sent_late) = connect!(calls, Slow(Duration::from_millis(20)));
    let mut call = client.list_things();
    let early = tokio::time::timeout(Duration::from_millis(1), &mut call).await;
    assert!(early.is_err(), "{early:?}");
    assert_eq!(call.await.unwrap().into_body().len(), 2);
    assert_eq!((sent.requests().len(), sent_late.requests().len()), (2, 1), "each is sent once");
}

#[tokio::test]
async fn a_request_builder_shows_its_operation_without_values() {
    let (client, _) = connect!(calls, quick());
    let shown = format!("{:?}", client.add_thing("hunter2"));
    assert!(shown.contains("add_thing") && !shown.contains("hunter2"), "{shown}");
}
