//! Traces of calls have the operation, status and attempts, but no values.
//!
//! This is a separate test program, because `tracing` caches the enabled callsites of all threads.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use specwright_runtime::client::{
    Builder, Decoded, FromResponse, MockResponse, RawResponse, Recorder, RequestOptions, Retry,
};
use specwright_runtime::descriptor::{Alternative, Operation, Parameter, Piece, Requirement, Scheme, SchemeKind};
use specwright_runtime::security::Presented;
use specwright_runtime::{Never, Secret};
use tests::generated::calls::Client;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Records all traced fields as `name=value `.
#[derive(Clone, Default)]
struct TraceLog(Arc<Mutex<String>>);

impl Visit for TraceLog {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0.lock().unwrap(), "{}={value:?} ", field.name());
    }
}

impl Subscriber for TraceLog {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("specwright_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn spans_have_operation_status_and_attempts_but_no_values() {
    let log = TraceLog::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::empty(503));
    recorder.respond_with(MockResponse::empty(204));
    let pause = Duration::from_millis(1);
    let retry = Retry::standard().pauses(pause, pause);
    let client = Client::builder("http://recorded").transport(recorder).retry(retry).build().unwrap();
    client.add_thing("what is sent").with(RequestOptions::new().repeatable()).await.unwrap();
    drop(guard);
    let log = log.0.lock().unwrap().clone();
    for part in [
        "otel.name=\"add_thing\"",
        "http.request.method=\"POST\"",
        "url.template=\"/things\"",
        "http.response.status_code=204",
        "attempts=2",
    ] {
        assert!(log.contains(part), "`{part}` is missing in {log}");
    }
    assert!(!log.contains("what is sent"), "{log}");
}

static QUERY_KEY: Scheme = Scheme { name: "queryKey", kind: SchemeKind::Query("api_key") };

static GET_USER: Operation = Operation {
    id: "getUser",
    path: "/users/{user_id}",
    segments: &[&[Piece::Literal("users")], &[Piece::Parameter(0)]],
    parameters: &[Parameter { name: "user_id", ..Parameter::PATH }],
    security: &[Alternative { requirements: &[Requirement { scheme: &QUERY_KEY, scopes: &[] }] }],
    idempotent: true,
    ..Operation::BASE
};

#[derive(Debug)]
struct Done;

impl FromResponse for Done {
    fn from_response(response: &mut RawResponse) -> Decoded<Self> {
        response.empty(Self)
    }
}

#[tokio::test]
async fn spans_have_no_credentials_and_no_parameters() {
    let log = TraceLog::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::empty(503));
    recorder.respond_with(MockResponse::json(200, "{\"id\":1}"));
    let pause = Duration::from_millis(1);
    let core = Builder::new("https://a.example")
        .credentials(Presented::new().secret(&QUERY_KEY, Secret::from("hunter2")))
        .transport(recorder.clone())
        .retry(Retry::standard().pauses(pause, pause))
        .build()
        .unwrap();
    for user in ["hunter2", ".."] {
        let mut call = core.call(&GET_USER);
        call.parameter(0, user);
        let _ = call.send::<Done, Never>().await;
    }
    drop(guard);
    let log = log.0.lock().unwrap();
    for field in [
        "otel.name=\"getUser\"",
        "http.request.method=\"GET\"",
        "url.template=\"/users/{user_id}\"",
        "attempts=2",
        "http.response.status_code=200",
        "error=`getUser` (GET a.example) was not sent: path parameter `user_id` cannot be `.` or `..`",
    ] {
        assert!(log.contains(field), "{field} in {log}");
    }
    assert!(!log.contains("hunter2"), "{log}");
}

#[tokio::test]
async fn a_server_has_a_span_for_each_request_without_its_values() {
    use specwright_runtime::server as rt;

    fn fail(_: Arc<()>, request: rt::Request) -> rt::HandlerFuture {
        Box::pin(async move {
            let fails = request.context().parts.uri.path().contains("fails");
            let failure = rt::Failure::<Never>::refused(http::StatusCode::SERVICE_UNAVAILABLE, "later");
            if fails { rt::respond::<Never, _>(Err(failure)) } else { Ok(rt::Response::default()) }
        })
    }

    let log = TraceLog::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let router = rt::router((), |(), rejection| rejection.into_response(), vec![rt::route(&GET_USER, fail)]);
    for user in ["hunter2", "fails"] {
        let request = http::Request::builder().uri(format!("/users/{user}?api_key=hunter2"));
        let request = request.body(axum::body::Body::empty()).unwrap();
        tower::ServiceExt::oneshot(router.clone(), request).await.unwrap();
    }
    drop(guard);
    let log = log.0.lock().unwrap();
    for field in [
        "otel.name=GET /users/{user_id}",
        "otel.kind=\"server\"",
        "http.request.method=\"GET\"",
        "http.route=\"/users/{user_id}\"",
        "operation=\"getUser\"",
        "http.response.status_code=200",
        "http.response.status_code=503",
        "error.type=503",
        "otel.status_code=\"ERROR\"",
    ] {
        assert!(log.contains(field), "{field} in {log}");
    }
    assert!(!log.contains("hunter2"), "{log}");
}
