//! Passes a request on, and checks the exchange once the response has passed.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use serde_json::json;
use specwright_runtime::Bytes;

use super::forward::Upstream;
use super::in_flight::{InFlight, Share, Ticket};
use super::tee::tee;
use crate::overview;
use crate::traffic::{Exchange, Found, Side, Traffic};
use crate::web::log::{Log, LogEntry, ProblemReport};
use crate::web::{host, json_response, problem, response};

/// The prefix of the pages of the proxy.
const PREFIX: &str = "/_mock/";

/// The state of a proxy.
#[derive(Debug)]
pub(super) struct App {
    pub(super) traffic: Traffic,
    pub(super) upstream: Upstream,
    pub(super) in_flight: Arc<InFlight>,
    pub(super) log: Log,
    pub(super) hosts: Vec<String>,
    pub(super) origin: OnceLock<String>,
}

/// A request while it passes.
struct Passing {
    app: Arc<App>,
    /// Dropped when the exchange is checked.
    ticket: Ticket,
    entry: LogEntry,
    started: Instant,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    /// The copy of the body, once it has passed.
    body: Arc<Mutex<Option<(Bytes, Share)>>>,
}

impl App {
    pub(super) fn router(self: &Arc<Self>) -> Router {
        Router::new().fallback(dispatch).with_state(Arc::clone(self))
    }

    fn origin(&self) -> &str {
        self.origin.get().map_or("", String::as_str)
    }
}

async fn dispatch(State(app): State<Arc<App>>, request: Request) -> Response {
    // The service may be reachable from this machine only, so a page of another site must not reach
    // it through the proxy.
    if let Err(refusal) = host::check(&request, &app.hosts) {
        return *refusal;
    }
    if request.uri().path().starts_with(PREFIX) {
        return own(&app, request.method(), request.uri().path());
    }
    if request.method() == Method::CONNECT {
        return problem(StatusCode::METHOD_NOT_ALLOWED, "this proxy is for one service; it opens no tunnels");
    }
    pass(app, request).await
}

/// The pages of the proxy.
fn own(app: &App, method: &Method, path: &str) -> Response {
    match (path.trim_start_matches(PREFIX), method) {
        ("", &Method::GET) => {
            let report = app.traffic.report();
            overview::proxy_page(app.traffic.document(), app.origin(), &report, &app.log.newest())
        }
        ("requests", &Method::GET) => json_response(&json!(app.log.newest())),
        ("report", &Method::GET) => json_response(&app.traffic.report().to_json(&[])),
        ("reset", &Method::POST) => {
            app.traffic.reset();
            app.log.clear();
            response(StatusCode::NO_CONTENT, "application/json", "")
        }
        ("" | "requests" | "report" | "reset", _) => {
            problem(StatusCode::METHOD_NOT_ALLOWED, "this route does not have this method")
        }
        _ => problem(StatusCode::NOT_FOUND, "the proxy does not have this page"),
    }
}

async fn pass(app: Arc<App>, request: Request) -> Response {
    let copied: Arc<Mutex<Option<(Bytes, Share)>>> = Arc::default();
    let passing = Passing {
        ticket: app.in_flight.enter(),
        entry: LogEntry::new(&request),
        started: Instant::now(),
        method: request.method().clone(),
        uri: request.uri().clone(),
        headers: request.headers().clone(),
        body: Arc::clone(&copied),
        app: Arc::clone(&app),
    };
    let request = request.map(|body| {
        tee(body, app.in_flight.share(), move |copy, share| {
            *copied.lock().unwrap_or_else(PoisonError::into_inner) = copy.map(|copy| (copy, share));
        })
    });
    match app.upstream.send(request).await {
        Ok(response) => passing.respond(response),
        Err(why) => passing.fail(&why),
    }
}

impl Passing {
    /// The response of the service, which is checked once it has passed.
    fn respond(self, response: http::Response<axum::body::Body>) -> Response {
        let (mut parts, body) = response.into_parts();
        let (status, headers) = (parts.status, parts.headers.clone());
        self.app.upstream.redirect_to(self.app.origin(), &mut parts.headers);
        let share = self.app.in_flight.share();
        let body = tee(body, share, move |copy, share| {
            // Without a runtime, the process is ending.
            if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                runtime.spawn(async move {
                    self.check(status, headers, copy).await;
                    drop(share);
                });
            }
        });
        Response::from_parts(parts, body)
    }

    async fn check(mut self, status: StatusCode, response_headers: HeaderMap, response_body: Option<Bytes>) {
        let copied = self.body.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (request_body, _share) = copied.map_or((None, None), |(bytes, share)| (Some(bytes), Some(share)));
        let exchange = Exchange {
            method: self.method,
            uri: self.uri,
            request_headers: self.headers,
            request_body,
            status,
            response_headers,
            response_body,
        };
        let checked = self.app.traffic.check(exchange).await;
        self.entry.status = status.as_u16();
        self.entry.operation = checked.operation.map(|operation| operation.descriptor.id.to_owned());
        self.entry.problem = problem_report(&checked.found);
        self.entry.milliseconds = self.started.elapsed().as_secs_f64() * 1e3;
        self.app.log.add(self.entry);
        drop(self.ticket);
    }

    /// The response if the service gives none.
    fn fail(mut self, why: &str) -> Response {
        tracing::warn!(error = why, "the service did not respond");
        self.app.traffic.failed();
        let detail = format!("the service did not respond: {why}");
        self.entry.status = StatusCode::BAD_GATEWAY.as_u16();
        self.entry.sandbox = Some("problem".to_owned());
        self.entry.problem = Some(ProblemReport { detail: detail.clone(), violations: Vec::new() });
        self.entry.milliseconds = self.started.elapsed().as_secs_f64() * 1e3;
        self.app.log.add(self.entry);
        let mut response = problem(StatusCode::BAD_GATEWAY, &detail);
        response.headers_mut().insert(http::header::CONNECTION, HeaderValue::from_static("close"));
        response
    }
}

/// The violations of an exchange for the log.
fn problem_report(found: &[Found]) -> Option<ProblemReport> {
    if found.is_empty() {
        return None;
    }
    let side = |side: Side| found.iter().any(|one| one.side == side);
    let detail = match (side(Side::Request), side(Side::Response)) {
        (true, true) => "request and response violate the document",
        (true, false) => "the request violates the document",
        _ => "the response violates the document",
    };
    let violations = found.iter().map(|one| (format!("{}{}", one.side, one.pointer), one.detail.clone()));
    Some(ProblemReport { detail: detail.to_owned(), violations: violations.collect() })
}
