//! Settings of a client, and the client core they make.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::authorize::{Entry, Held, Keyring};
use super::middleware::Middleware;
use super::request_builder::RequestBuilder;
use super::retry::Retry;
use super::token::TokenSource;
use super::transport::{Http, Transport};
use crate::confidential::hide_secret;
use crate::descriptor::{Operation, Scheme};
use crate::security::Presented;

/// How long a whole call may take, unless it is set.
const TIMEOUT: Duration = Duration::from_secs(120);
/// How long one attempt may take, unless it is set.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(60);
/// How long connecting may take in a client of our own making.
#[cfg(not(target_arch = "wasm32"))]
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// What a client of our own making calls itself; some APIs refuse those that say nothing.
#[cfg(not(target_arch = "wasm32"))]
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
/// How many bytes a response may have, unless it is set.
const MAX_BODY: u64 = 64 * 1024 * 1024;

#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) retry: Retry,
    pub(super) max_body: u64,
    pub(super) redirects: bool,
    operation_servers: bool,
}

/// What all clients of one API share. Cheap to clone.
#[derive(Clone)]
pub struct Core(Arc<Inner>);

struct Inner {
    base_url: String,
    base: Option<Url>,
    http: reqwest::Client,
    transport: Arc<dyn Transport>,
    middleware: Vec<Arc<dyn Middleware>>,
    headers: HeaderMap,
    keyring: Keyring,
    settings: Settings,
}

impl Core {
    /// A call of an operation.
    pub fn call(&self, operation: &'static Operation) -> RequestBuilder<'_> {
        RequestBuilder::new(self, operation, None)
    }

    /// A call of a webhook or callback at the URL where its receiver wants it.
    pub fn call_at(&self, operation: &'static Operation, url: impl Into<String>) -> RequestBuilder<'_> {
        RequestBuilder::new(self, operation, Some(url.into()))
    }

    /// Base URL, without a slash at its end; empty where each call has a URL of its own.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// The HTTP client; it is not used where there is another transport.
    #[must_use]
    pub fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// The base URL, taken apart; `None` where each call has a URL of its own.
    pub(super) fn base(&self) -> Option<&Url> {
        self.0.base.as_ref()
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

/// A client cannot be built from these settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError(String);

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BuildError {}

/// Settings of a client.
#[must_use = "a builder does nothing before `build`"]
pub struct Builder {
    /// `None` where each call has a URL of its own.
    base_url: Option<String>,
    http: Option<reqwest::Client>,
    transport: Option<Arc<dyn Transport>>,
    middleware: Vec<Arc<dyn Middleware>>,
    headers: HeaderMap,
    keyring: Keyring,
    settings: Settings,
    problem: Option<BuildError>,
}

impl Builder {
    /// A client of the API at this base URL.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self { base_url: Some(base_url.into()), ..Self::to_any_url() }
    }

    /// A sender of webhooks and callbacks: each call has a URL of its own.
    pub fn to_any_url() -> Self {
        Self {
            base_url: None,
            http: None,
            transport: None,
            middleware: Vec::new(),
            headers: HeaderMap::new(),
            keyring: Keyring::default(),
            settings: Settings {
                timeout: Some(TIMEOUT),
                attempt_timeout: Some(ATTEMPT_TIMEOUT),
                retry: Retry::standard(),
                max_body: MAX_BODY,
                redirects: true,
                operation_servers: true,
            },
            problem: None,
        }
    }

    /// Credentials by scheme; more of them are added, another one for the same scheme replaces the first.
    pub fn credentials(mut self, credentials: Presented) -> Self {
        for (scheme, proof) in credentials {
            self.keyring.add(scheme, Held::Proof(Entry::new(scheme, &proof)));
        }
        self
    }

    /// Asks `source` for the secret of a scheme before each attempt.
    pub fn token_source(mut self, scheme: &'static Scheme, source: impl TokenSource) -> Self {
        self.keyring.add(scheme, Held::Tokens(Arc::new(source)));
        self
    }

    /// How long a whole call may take, retries and pauses included: 120 seconds unless set; `Duration::MAX` for ever. Of an
    /// response that streams, the time until its head has come.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = bounded(timeout);
        self
    }

    /// How long each attempt may take: 60 seconds unless set; `Duration::MAX` for ever.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = bounded(timeout);
        self
    }

    /// When and how often to try again: [`Retry::standard`] unless set, three attempts.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
        self
    }

    /// How many bytes a response may have: 64 MiB unless set. Answers that stream are not counted: they are never held whole.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.settings.max_body = bytes;
        self
    }

    /// Sends by this HTTP client. Let it not follow redirects (`redirect::Policy::none()`): reqwest takes only some headers off
    /// when it follows one to another host, and an API key in a header or query would go along.
    pub fn http(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// A header of every request. What cannot be a header is an error of `build`.
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(mut value)) => {
                hide_secret(&name, &mut value);
                self.headers.insert(name, value);
            }
            (Ok(name), Err(_)) => self.refuse(format!("the value for `{name}` holds a control character")),
            (Err(_), _) => self.refuse("a header's name is not a token".to_owned()),
        }
        self
    }

    /// Code around every attempt; the first one is the outermost.
    pub fn layer(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Sends by this transport instead of HTTP.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Hands redirects to the caller instead of following those on the same host.
    pub fn no_redirects(mut self) -> Self {
        self.settings.redirects = false;
        self
    }

    /// Sends everything to the base URL, also the operations for which the document names a server of their own: for test doubles.
    pub fn ignore_operation_servers(mut self) -> Self {
        self.settings.operation_servers = false;
        self
    }

    fn refuse(&mut self, message: String) {
        self.problem.get_or_insert(BuildError(message));
    }

    /// The client core.
    ///
    /// # Errors
    /// If the base URL or a header is invalid, or the HTTP client cannot be made.
    pub fn build(self) -> Result<Core, BuildError> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let base = self.base_url.as_deref().map(base).transpose()?;
        let http = match self.http {
            Some(http) => http,
            None => default_client().map_err(|error| BuildError(format!("no HTTP client can be made: {error}")))?,
        };
        let transport = self.transport.unwrap_or_else(|| Arc::new(Http::new(http.clone())));
        #[cfg_attr(target_arch = "wasm32", expect(clippy::arc_with_non_send_sync, reason = "there are no threads"))]
        let inner = Arc::new(Inner {
            base_url: base.as_ref().map_or("", Url::as_str).trim_end_matches('/').to_owned(),
            base,
            http,
            transport,
            middleware: self.middleware,
            headers: self.headers,
            keyring: self.keyring,
            settings: self.settings,
        });
        Ok(Core(inner))
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("credentials", &self.keyring)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

fn bounded(timeout: Duration) -> Option<Duration> {
    (timeout != Duration::MAX).then_some(timeout)
}

/// The base URL. Messages do not repeat it, for it may hold a password.
fn base(text: &str) -> Result<Url, BuildError> {
    let refuse = |message: &str| Err(BuildError(message.to_owned()));
    let Ok(url) = Url::parse(text) else {
        return refuse("the base URL is not one; give an absolute URL such as `https://api.example.com/v1`");
    };
    if !matches!(url.scheme(), "http" | "https") {
        return refuse("the base URL must begin with `https://` or `http://`");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("the base URL holds a user name or password; give them by `credentials` instead");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("the base URL holds a query or fragment; give its path at most");
    }
    Ok(url)
}

#[cfg(not(target_arch = "wasm32"))]
fn default_client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .user_agent(USER_AGENT)
        .build()
}

/// The browser follows redirects by itself, and drops `Authorization` on the way to another origin.
#[cfg(target_arch = "wasm32")]
fn default_client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().build()
}
