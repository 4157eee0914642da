//! A request → the page, an admin route or a provider, with what the sandbox adds to each response.
//!
//! The rule kept here: whatever a request is, it is answered and noted; secrets of requests are not
//! noted.

mod admin;
mod body;
mod dispatch;
mod html;
mod limit;
mod log;
mod page;
mod serve;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::json;

pub use self::admin::SandboxUser;
pub(crate) use self::admin::users;
use self::limit::Meter;
use self::log::Log;
pub use self::log::Noted;
pub(crate) use self::serve::serve;
use crate::documents::Document;
use crate::providers::{Provider, World};

/// The version, in each response.
pub const VERSION_HEADER: HeaderName = HeaderName::from_static("x-sandbox-version");
/// What the sandbox itself did to a response: `forced`, `fault`, `limit`.
pub const SANDBOX_HEADER: HeaderName = HeaderName::from_static("x-sandbox");
/// The version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Everything that requests are answered from.
#[derive(Debug)]
pub(crate) struct App {
    pub world: World,
    pub providers: Vec<Place>,
    pub settings: Settings,
    /// The records that `reset` goes back to.
    pub seed: String,
    /// `http://127.0.0.1:4010`, once it is known.
    pub origin: OnceLock<String>,
    pub log: Log,
    pub meter: Meter,
}

/// A provider with its document and its router.
#[derive(Debug)]
pub(crate) struct Place {
    pub provider: Provider,
    pub document: Document,
    pub router: Router,
}

/// How the sandbox treats requests.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Each response of a provider waits so long: between these.
    pub latency: (Duration, Duration),
    /// The share of requests that fail with 503.
    pub fail_rate: f64,
    /// Requests of one credential in a second, where the document has 429.
    pub rate_limit: Option<u32>,
    /// How long a body may take.
    pub body_timeout: Duration,
}

impl App {
    pub(crate) fn new(world: World, providers: &[Provider], settings: Settings, seed: String) -> Self {
        let places = providers.iter().map(|provider| Place {
            provider: *provider,
            document: Document::of(*provider),
            router: provider.router(&world),
        });
        Self {
            providers: places.collect(),
            world,
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

    /// The router over all of it.
    pub(crate) fn router(self: &Arc<Self>) -> Router {
        Router::new().fallback(dispatch::dispatch).with_state(Arc::clone(self))
    }
}

/// A response of the sandbox itself that says what is wrong.
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
    response
}
