//! Serves the page, the admin routes and the providers.
//!
//! **Invariant:** every request to a provider gets a response and is logged, without its secrets.

mod admin;
mod body;
mod dispatch;
mod host;
mod html;
mod log;
mod meter;
mod page;
mod serve;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::response::Response;
use http::header::{CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::json;

pub use self::admin::SandboxUser;
pub(crate) use self::admin::users;
use self::log::Log;
pub use self::log::LogEntry;
use self::meter::Meter;
pub(crate) use self::serve::serve;
use crate::documents::Document;
use crate::providers::{Provider, Shared};

/// The header with the version, in each response.
pub const VERSION_HEADER: HeaderName = HeaderName::from_static("x-sandbox-version");
/// The header that marks responses of the sandbox itself: `forced`, `fault`, `limit` or `problem`.
pub const SANDBOX_HEADER: HeaderName = HeaderName::from_static("x-sandbox");
/// The version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The state of the web server.
#[derive(Debug)]
pub(crate) struct App {
    pub shared: Shared,
    pub mounts: Vec<Mount>,
    pub settings: Settings,
    /// The records that `reset` restores.
    pub seed: String,
    /// Such as `http://127.0.0.1:4010`, once the address is known.
    pub origin: OnceLock<String>,
    pub log: Log,
    pub meter: Meter,
}

/// A provider that is served, with its document and router.
#[derive(Debug)]
pub(crate) struct Mount {
    pub provider: Provider,
    pub document: Document,
    pub router: Router,
}

/// Settings that affect requests.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The shortest and the longest delay of a response.
    pub latency: (Duration, Duration),
    /// The share of requests that fail with 503.
    pub fail_rate: f64,
    /// Requests per second and credential.
    pub rate_limit: Option<u32>,
    /// The time limit for receiving a body.
    pub body_timeout: Duration,
    /// The hosts of requests to the page and the admin routes, besides loopback.
    pub hosts: Vec<String>,
}

impl App {
    pub(crate) fn new(shared: Shared, providers: &[Provider], settings: Settings, seed: String) -> Self {
        let mounts = providers.iter().map(|provider| Mount {
            provider: *provider,
            document: Document::of(*provider),
            router: provider.router(&shared),
        });
        Self {
            mounts: mounts.collect(),
            shared,
            settings,
            seed,
            origin: OnceLock::new(),
            log: Log::default(),
            meter: Meter::default(),
        }
    }

    /// The base URL of a provider.
    pub(crate) fn base_url(&self, provider: Provider) -> String {
        format!("{}{}", self.origin(), provider.base_path())
    }

    pub(crate) fn origin(&self) -> &str {
        self.origin.get().map_or("", String::as_str)
    }

    /// The router of all requests.
    pub(crate) fn router(self: &Arc<Self>) -> Router {
        Router::new().fallback(dispatch::dispatch).with_state(Arc::clone(self))
    }
}

/// An error response of the sandbox itself.
fn problem(status: StatusCode, detail: &str) -> Response {
    let problem = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": detail,
    });
    let mut response = response(status, "application/problem+json", problem.to_string());
    response.headers_mut().insert(SANDBOX_HEADER, HeaderValue::from_static("problem"));
    response
}

fn response(status: StatusCode, media: &'static str, body: impl Into<axum::body::Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
