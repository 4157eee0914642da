//! The client builder: settings, which are checked and turned into a client core.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::authorize::{CredentialSource, EncodedCredential, Keyring};
use super::call_info;
use super::core::{Core, Parts, Settings};
use super::middleware::Middleware;
use super::retry::Retry;
use super::token::TokenSource;
use super::transport::{Http, Transport};
use crate::confidential::hide_secret;
use crate::descriptor::Scheme;
use crate::security::Presented;

/// Default limit for a whole call.
const TIMEOUT: Duration = Duration::from_secs(120);
/// Default limit for one attempt.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(60);
/// Connect timeout of the default HTTP client.
#[cfg(not(target_arch = "wasm32"))]
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// User agent of the default HTTP client. Some APIs refuse requests without one.
#[cfg(not(target_arch = "wasm32"))]
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
/// Default limit for the size of a response, in bytes.
const MAX_BODY: u64 = 64 * 1024 * 1024;

/// A client cannot be built from these settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError(String);

impl BuildError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BuildError {}

/// Builds a client.
#[must_use = "a builder does nothing before `build`"]
pub struct Builder {
    /// `None` if each call has its own URL.
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

    /// A sender of webhooks and callbacks: each call has its own URL.
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
                idle_timeout: None,
                retry: Retry::standard(),
                max_body: MAX_BODY,
                redirects: true,
                operation_servers: true,
                #[cfg(feature = "validate")]
                schemas: None,
                #[cfg(feature = "validate")]
                on_violation: crate::validation::OnViolation::default(),
            },
            problem: None,
        }
    }

    /// Adds credentials. A credential for the same scheme replaces an earlier one.
    pub fn credentials(mut self, credentials: Presented) -> Self {
        for (scheme, proof) in credentials {
            self.keyring.add(scheme, CredentialSource::Fixed(EncodedCredential::new(scheme, &proof)));
        }
        self
    }

    /// Gets the secret of a scheme from `source` before each attempt.
    pub fn token_source(mut self, scheme: &'static Scheme, source: impl TokenSource) -> Self {
        self.keyring.add(scheme, CredentialSource::Tokens(Arc::new(source)));
        self
    }

    /// Responds to the digest challenges of a scheme (RFC 7616). The first call receives the
    /// challenge with a 401, and is sent again if its body allows that. Later calls send a proof at
    /// once.
    #[cfg(feature = "logins")]
    pub fn digest(mut self, scheme: &'static Scheme, credentials: crate::security::Basic) -> Self {
        self.keyring.add(scheme, CredentialSource::Challenges(Arc::new(super::digest::Digest::new(credentials))));
        self
    }

    /// Limits a whole call, including retries and pauses. The default is 120 seconds;
    /// `Duration::MAX` means no limit. For a streamed response, the limit applies only until its
    /// headers arrive.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = bounded(timeout);
        self
    }

    /// Limits each attempt. The default is 60 seconds; `Duration::MAX` means no limit.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = bounded(timeout);
        self
    }

    /// Ends a streamed response with an error if nothing arrives for this long. By default there is
    /// no limit, because event streams may be silent for hours.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = bounded(timeout);
        self
    }

    /// Sets when and how often to retry. The default is [`Retry::standard`]: three attempts.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
        self
    }

    /// Limits the size of a response in bytes. The default is 64 MiB. Streamed responses are not
    /// limited, because they are never buffered.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.settings.max_body = bytes;
        self
    }

    /// Sends through this HTTP client. Disable its redirects (`redirect::Policy::none()`). When
    /// reqwest follows a redirect to another host, it removes only some headers, so an API key in a
    /// header or query would leak.
    pub fn http(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Adds a header to every request. If the header is invalid, `build` fails.
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

    /// Adds middleware around every attempt. The first one is the outermost.
    pub fn layer(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Sends through this transport instead of HTTP.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Returns redirects to the caller instead of following those on the same host.
    pub fn no_redirects(mut self) -> Self {
        self.settings.redirects = false;
        self
    }

    /// Sends every call to the base URL, even if the document gives the operation its own server.
    /// This is useful with test doubles.
    pub fn ignore_operation_servers(mut self) -> Self {
        self.settings.operation_servers = false;
        self
    }

    /// Sets the schemas of the API, against which requests are checked.
    #[cfg(feature = "validate")]
    pub fn with_schemas(mut self, schemas: &'static crate::LazySchemas) -> Self {
        self.settings.schemas = Some(schemas);
        self
    }

    /// Sets the schemas of the API. Only the feature `validate` reads them.
    #[cfg(not(feature = "validate"))]
    pub fn with_schemas(self, _: &'static crate::LazySchemas) -> Self {
        self
    }

    /// Sets what happens if a request violates the document.
    #[cfg(feature = "validate")]
    pub fn on_violation(mut self, on_violation: crate::validation::OnViolation) -> Self {
        self.settings.on_violation = on_violation;
        self
    }

    fn refuse(&mut self, message: String) {
        self.problem.get_or_insert(BuildError(message));
    }

    /// Builds the client core.
    ///
    /// # Errors
    /// If the base URL or a header is invalid, or the HTTP client cannot be built.
    pub fn build(self) -> Result<Core, BuildError> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let base = self.base_url.as_deref().map(base).transpose()?;
        let http = match self.http {
            Some(http) => http,
            None => {
                default_client().map_err(|error| BuildError(format!("the HTTP client cannot be built: {error}")))?
            }
        };
        let transport = self.transport.unwrap_or_else(|| Arc::new(Http::new(http.clone())));
        Ok(Core::new(Parts {
            base_url: base.as_ref().map_or("", Url::as_str).trim_end_matches('/').to_owned(),
            host: base.as_ref().map(call_info::host),
            base,
            http,
            transport,
            middleware: self.middleware,
            headers: self.headers,
            keyring: self.keyring,
            settings: self.settings,
        }))
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

/// Parses the base URL. Error messages do not repeat it, because it may hold a password.
fn base(text: &str) -> Result<Url, BuildError> {
    let refuse = |message: &str| Err(BuildError(message.to_owned()));
    let Ok(url) = Url::parse(text) else {
        return refuse("the base URL is not a URL; give an absolute one such as `https://api.example.com/v1`");
    };
    if !matches!(url.scheme(), "http" | "https") {
        return refuse("the base URL must begin with `https://` or `http://`");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("the base URL holds a user name or password; pass them to `credentials` instead");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("the base URL holds a query or fragment; end it after the path");
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

/// The browser follows redirects itself, and drops `Authorization` when it goes to another origin.
#[cfg(target_arch = "wasm32")]
fn default_client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().build()
}
