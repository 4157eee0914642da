//! The client core: base URL, transport, middleware, credentials and settings of all calls.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use url::Url;

use super::authorize::Keyring;
use super::call_info::{self, CallInfo};
use super::middleware::Middleware;
use super::request::{Request, Target};
use super::retry::Retry;
use super::transport::Transport;
use crate::descriptor::Operation;

/// How calls are sent, unless the options of a call override it.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) retry: Retry,
    pub(super) max_body: u64,
    pub(super) redirects: bool,
    pub(super) operation_servers: bool,
    /// The schemas against which requests are checked.
    #[cfg(feature = "validate")]
    pub(super) schemas: Option<&'static crate::LazySchemas>,
    #[cfg(feature = "validate")]
    pub(super) on_violation: crate::validation::OnViolation,
}

/// The state that all clones of one client share. Cheap to clone.
#[derive(Clone)]
pub struct Core(Arc<Parts>);

/// The parts of a client core, as the builder puts them together.
pub(super) struct Parts {
    pub(super) base_url: String,
    pub(super) base: Option<Url>,
    /// The host of the base URL, as errors name it.
    pub(super) host: Option<Arc<str>>,
    pub(super) http: reqwest::Client,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) middleware: Vec<Arc<dyn Middleware>>,
    pub(super) headers: HeaderMap,
    pub(super) keyring: Keyring,
    pub(super) settings: Settings,
}

impl Core {
    pub(super) fn new(parts: Parts) -> Self {
        #[cfg_attr(target_arch = "wasm32", expect(clippy::arc_with_non_send_sync, reason = "there are no threads"))]
        let parts = Arc::new(parts);
        Self(parts)
    }

    /// The base URL without a trailing slash; empty if each call has its own URL.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// The HTTP client. It is not used if there is a custom transport.
    #[must_use]
    pub fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// The parsed base URL; `None` if each call has its own URL.
    pub(super) fn base(&self) -> Option<&Url> {
        self.0.base.as_ref()
    }

    /// The host of a request, as errors name it. Nearly every request goes to that of the base URL.
    pub(super) fn host(&self, request: &Request) -> Arc<str> {
        let is_elsewhere = matches!(request.target, Target::Receiver)
            || request.operation.server.is_some() && self.uses_operation_servers();
        let shared = if is_elsewhere { None } else { self.0.host.clone() };
        shared.unwrap_or_else(|| call_info::host(&request.url))
    }

    /// A call of which no request was made yet. Its host is that of the base URL, unless another is
    /// known.
    pub(super) fn info(&self, operation: &'static Operation, host: Option<Arc<str>>) -> CallInfo {
        let Operation { id, method, .. } = *operation;
        CallInfo { operation: id, method, host: host.or_else(|| self.0.host.clone()), attempts: 0 }
    }

    pub(super) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    pub(super) fn middleware(&self) -> &[Arc<dyn Middleware>] {
        &self.0.middleware
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    pub(super) fn keyring(&self) -> &Keyring {
        &self.0.keyring
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(super) fn uses_operation_servers(&self) -> bool {
        self.0.settings.operation_servers
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("base_url", &self.0.base_url)
            .field("credentials", &self.0.keyring)
            .field("headers", &self.0.headers.keys().collect::<Vec<_>>())
            .field("settings", &self.0.settings)
            .finish_non_exhaustive()
    }
}
