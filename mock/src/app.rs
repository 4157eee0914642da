//! Routes each request to the operations of the document or to the pages of the mock, and logs the
//! request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use http::header::{CONNECTION, ORIGIN};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use serde_json::json;
use specwright_runtime::descriptor::Operation;
use specwright_runtime::server::Limits;
use tower::ServiceExt as _;

use crate::call::Call;
use crate::document::{Original, as_served};
use crate::limits::{LOGGED_REQUESTS, PATH_BYTES, SEEN_BYTES};
use crate::overview;
use crate::service::Service;
use crate::store::StoreError;
use crate::web::faults::Faults;
use crate::web::log::{Log, LogEntry, ProblemReport};
use crate::web::{SANDBOX_HEADER, body, decode_unreserved, host, json_response, problem, response};

/// The prefix of the pages of the mock.
pub(crate) const PREFIX: &str = "/_mock/";

/// Settings that affect requests.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) faults: Faults,
    /// Limits on the size of a request and on the time to read it.
    pub(crate) limits: Limits,
    /// The hosts, besides loopback, from which the pages may be requested.
    pub(crate) hosts: Vec<String>,
}

/// The state of the web server.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) service: Arc<Service>,
    /// The document as it was written.
    original: Original,
    pub(crate) settings: Settings,
    pub(crate) log: Log,
    /// The base URL, such as `http://127.0.0.1:4010`, once the address is known.
    pub(crate) origin: OnceLock<String>,
    router: Router,
    seen: Mutex<SeenRequests>,
}

/// A request that the mock has received, for the assertions of a test.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The method, the target without its secrets, the status, and the faults of the request.
    pub entry: LogEntry,
    /// The content of the request; `None` if it was refused.
    pub call: Option<Arc<Call>>,
}

impl App {
    pub(crate) fn new(service: Arc<Service>, original: Original, settings: Settings) -> Self {
        let router = service.router();
        let (log, origin, seen) = (Log::default(), OnceLock::new(), Mutex::default());
        Self { service, original, settings, log, origin, router, seen }
    }

    pub(crate) fn origin(&self) -> &str {
        self.origin.get().map_or("", String::as_str)
    }

    /// The router of all requests.
    pub(crate) fn router(self: &Arc<Self>) -> Router {
        Router::new().fallback(dispatch).with_state(Arc::clone(self))
    }

    /// The last requests, oldest first.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).requests.iter().map(|(seen, _)| seen.clone()).collect()
    }

    /// Forgets requests, overrides and the state.
    pub(crate) async fn reset(&self) -> Result<(), StoreError> {
        self.service.clear_overrides();
        self.log.clear();
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = SeenRequests::default();
        match &self.service.state {
            Some(state) => state.reset().await,
            None => Ok(()),
        }
    }

    fn remember(&self, entry: LogEntry, call: Option<Arc<Call>>) {
        self.log.add(entry.clone());
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).add(Seen { entry, call });
    }
}

/// The last requests, each with the memory that its content takes.
#[derive(Debug, Default)]
struct SeenRequests {
    requests: VecDeque<(Seen, usize)>,
    bytes: usize,
}

impl SeenRequests {
    /// Adds a request. The oldest ones are removed if there are too many, or too large ones.
    fn add(&mut self, seen: Seen) {
        let bytes = seen.call.as_ref().map_or(0, |call| call.size());
        self.bytes += bytes;
        self.requests.push_back((seen, bytes));
        while self.requests.len() > LOGGED_REQUESTS || (self.bytes > SEEN_BYTES && self.requests.len() > 1) {
            let Some((_, bytes)) = self.requests.pop_front() else { break };
            self.bytes -= bytes;
        }
    }
}

async fn dispatch(State(app): State<Arc<App>>, request: Request) -> Response {
    let started = Instant::now();
    let (mut parts, body) = request.into_parts();
    decode_unreserved(&mut parts.uri);
    let (body, was_read) = body::watch(body);
    let request = Request::from_parts(parts, body);
    let mut response = if request.uri().path().starts_with(PREFIX) {
        match admits(&app, &request) {
            Ok(()) => admin(&app, request.into_parts().0).await,
            Err(refusal) => *refusal,
        }
    } else {
        logged(&app, request, started).await
    };
    if !was_read.get() {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// The response of the API, which is logged.
async fn logged(app: &App, request: Request, started: Instant) -> Response {
    let mut entry = LogEntry::new(&request);
    let mut response = api(app, request).await;
    entry.status = response.status().as_u16();
    entry.problem = response.extensions_mut().remove::<ProblemReport>();
    entry.operation = response.extensions().get::<&'static Operation>().map(|operation| operation.id.to_owned());
    let marker = response.headers().get(SANDBOX_HEADER).and_then(|value| value.to_str().ok());
    entry.sandbox = marker.map(str::to_owned);
    entry.milliseconds = started.elapsed().as_secs_f64() * 1e3;
    tracing::info!(
        method = entry.method,
        path = entry.target,
        status = entry.status,
        operation = entry.operation,
        problem = entry.problem.as_ref().map(|problem| problem.detail.as_str()),
        "responded",
    );
    let call = response.extensions_mut().remove::<Arc<Call>>();
    app.remember(entry, call);
    response
}

async fn api(app: &App, mut request: Request) -> Response {
    if host::host(&request).is_none() {
        return problem(StatusCode::BAD_REQUEST, "a request has one `Host` line");
    }
    if request.uri().path().len() > PATH_BYTES {
        return problem(StatusCode::URI_TOO_LONG, "the path is too long");
    }
    if let Some(failure) = app.settings.faults.inject().await {
        return failure;
    }
    request.extensions_mut().insert(app.settings.limits);
    match app.router.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Refuses requests to the mock's own routes that come from other hosts or from pages of other
/// sites.
fn admits(app: &App, request: &Request) -> Result<(), Box<Response>> {
    host::check(request, &app.settings.hosts)?;
    let origin = request.headers().get(ORIGIN);
    if origin.is_some_and(|origin| origin.as_bytes() != app.origin().as_bytes()) {
        return Err(Box::new(problem(StatusCode::FORBIDDEN, "pages of other sites may not use this route")));
    }
    Ok(())
}

/// The pages of the mock, for this machine only.
async fn admin(app: &App, parts: Parts) -> Response {
    let route = parts.uri.path().trim_start_matches(PREFIX);
    match (route, &parts.method) {
        ("", &Method::GET) => shown(app).await,
        ("requests", &Method::GET) => json_response(&json!(app.log.newest())),
        ("health", &Method::GET) => json_response(&json!({
            "version": env!("CARGO_PKG_VERSION"),
            "document": app.service.document.api.title,
            "operations": app.service.document.operations.len(),
        })),
        ("behaviours", &Method::GET) => json_response(&json!(app.service.behaviours())),
        ("openapi.json", &Method::GET) => match app.original.written() {
            Ok(written) => json_response(&as_served(app.service.document, &written, app.origin())),
            Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        },
        ("reset", &Method::POST) => match app.reset().await {
            Ok(()) => response(StatusCode::NO_CONTENT, "application/json", ""),
            Err(error) => {
                tracing::error!(%error, "a reset failed");
                problem(StatusCode::INTERNAL_SERVER_ERROR, "the store failed; see the log")
            }
        },
        ("" | "requests" | "health" | "behaviours" | "openapi.json" | "reset", _) => {
            problem(StatusCode::METHOD_NOT_ALLOWED, "this route does not have this method")
        }
        _ => problem(StatusCode::NOT_FOUND, "the mock does not have this page"),
    }
}

/// The page, with the items of all resources.
async fn shown(app: &App) -> Response {
    let (mut items, mut behaviours) = (Vec::new(), Vec::new());
    if let Some(state) = &app.service.state {
        behaviours.extend(state.behaviours());
        items = match state.items().await {
            Ok(items) => items,
            Err(error) => {
                tracing::error!(%error, "the page failed");
                return problem(StatusCode::INTERNAL_SERVER_ERROR, "the store failed; see the log");
            }
        };
    }
    overview::page(app.service.document, app.origin(), &app.log.newest(), &items, &behaviours)
}

impl Default for Settings {
    fn default() -> Self {
        let limits = Limits { read_timeout: Duration::from_secs(30), ..Limits::default() };
        Self { faults: Faults::default(), limits, hosts: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use axum::extract::Request;
    use http::HeaderMap;
    use serde_json::{Map, Value};

    use super::{LOGGED_REQUESTS, Seen, SeenRequests};
    use crate::call::Call;
    use crate::web::log::LogEntry;

    fn seen(length: usize) -> Seen {
        let (parameters, headers) = (Map::new(), HeaderMap::new());
        let call = Call { operation: "a", parameters, body: Some(Value::from("a".repeat(length))), headers };
        Seen { entry: LogEntry::new(&Request::default()), call: Some(call.into()) }
    }

    #[test]
    fn requests_are_kept_within_a_number_and_a_size() {
        let mut requests = SeenRequests::default();
        for length in [30 << 20, 30 << 20, 30 << 20, 70 << 20] {
            requests.add(seen(length));
        }
        assert_eq!(requests.requests.len(), 1, "the last one is always kept");
        for _ in 0..=LOGGED_REQUESTS {
            requests.add(seen(1));
        }
        assert_eq!(requests.requests.len(), LOGGED_REQUESTS);
        assert!(requests.bytes < 100 * LOGGED_REQUESTS, "{}", requests.bytes);
    }
}
