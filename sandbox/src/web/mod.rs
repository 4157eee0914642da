//! Serves the page, the admin routes and the providers.
//!
//! **Invariant:** every request to a provider gets a response and is logged, without its secrets.

mod admin;
mod dispatch;
mod meter;
mod page;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use http::HeaderName;
pub use specwright_mock::web::SANDBOX_HEADER;
use specwright_mock::web::faults::Faults;
pub use specwright_mock::web::log::{Log, LogEntry};
pub(crate) use specwright_mock::web::serve::serve;

pub use self::admin::SandboxUser;
pub(crate) use self::admin::users;
use self::meter::Meter;
use crate::documents::Document;
use crate::providers::{Provider, Shared};

/// The header with the version, which each response has.
pub const VERSION_HEADER: HeaderName = HeaderName::from_static("x-sandbox-version");
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
    /// The base URL, such as `http://127.0.0.1:4010`, once the address is known.
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
    /// Latency and failures of the providers.
    pub faults: Faults,
    /// Requests per second and credential.
    pub rate_limit: Option<u32>,
    /// The time limit for receiving a body.
    pub body_timeout: Duration,
    /// The hosts, besides loopback, from which the page and the admin routes may be requested.
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
