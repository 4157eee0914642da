//! The settings of an application's OAuth 2 client, and the tokens that it gets with them.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::flow::{Flow, Grant};
use super::issued::Issued;
use super::source::Source;
use super::store::TokenStore;
use crate::client::builder::{BuildError, Builder};
use crate::client::token::{CachedTokens, Token, TokenError, TokenSource};
use crate::client::transport::Transport;
use crate::future::BoxFuture;
use crate::security::{OAuthFlow, OAuthFlows};
use crate::value::Secret;

/// Limits of requests to the authorization server, whose responses are small.
const MAX_BODY: u64 = 1 << 20;
const TIMEOUT: Duration = Duration::from_secs(60);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);

/// An OAuth 2 client, as registered with the API. The document describes the token endpoints. The
/// last method chooses the grant, and makes the [`OAuthTokens`] for `token_source`.
///
/// ```
/// # use specwright_runtime::security::{OAuthFlow, OAuthFlows};
/// use specwright_runtime::client::OAuth;
///
/// # static OAUTH: OAuthFlows = OAuthFlows {
/// #     client_credentials: Some(OAuthFlow { token_url: "/token", scopes: &["read"], ..OAuthFlow::NONE }),
/// #     ..OAuthFlows::NONE
/// # };
/// let tokens = OAuth::new(&OAUTH, "https://api.example.com", "client id")
///     .secret("client secret")
///     .scopes(["read"])
///     .client_credentials();
/// # assert!(tokens.is_ok());
/// ```
#[must_use = "the last method makes the tokens"]
pub struct OAuth {
    pub(super) flows: &'static OAuthFlows,
    base_url: String,
    client: String,
    secret: Option<Secret>,
    secret_in_body: bool,
    scopes: String,
    parameters: Vec<(String, String)>,
    builder: Builder,
    store: Option<Box<dyn TokenStore>>,
}

impl OAuth {
    /// A client with the flows of a security scheme. Relative token URLs are resolved against the
    /// base URL of the API. If the document names only the metadata of the authorization server, as
    /// for OpenID Connect, the endpoints are looked up there when they are first needed.
    pub fn new(flows: &'static OAuthFlows, base_url: impl Into<String>, client_id: impl Into<String>) -> Self {
        Self {
            flows,
            base_url: base_url.into(),
            client: client_id.into(),
            secret: None,
            secret_in_body: false,
            scopes: String::new(),
            parameters: Vec::new(),
            builder: Builder::to_any_url().max_body(MAX_BODY).timeout(TIMEOUT).attempt_timeout(ATTEMPT_TIMEOUT),
            store: None,
        }
    }

    /// Sets the client's secret, which is sent as `Authorization: Basic`.
    pub fn secret(self, secret: impl Into<Secret>) -> Self {
        Self { secret: Some(secret.into()), ..self }
    }

    /// Sends the client's secret in the body, for servers that read it only there.
    pub fn secret_in_body(self) -> Self {
        Self { secret_in_body: true, ..self }
    }

    /// Requests these scopes. Without them, the server decides.
    pub fn scopes(self, scopes: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(|scope| scope.as_ref().to_owned()).collect();
        Self { scopes: scopes.join(" "), ..self }
    }

    /// Sends another parameter when a login begins, such as `audience`, `resource` or `prompt`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Keeps tokens between runs of the program.
    pub fn store(self, store: impl TokenStore) -> Self {
        Self { store: Some(Box::new(store)), ..self }
    }

    /// Requests tokens through this HTTP client.
    pub fn http(self, client: reqwest::Client) -> Self {
        Self { builder: self.builder.http(client), ..self }
    }

    /// Requests tokens through this transport.
    pub fn transport(self, transport: impl Transport) -> Self {
        Self { builder: self.builder.transport(transport), ..self }
    }

    /// Tokens for the client itself.
    ///
    /// # Errors
    /// If the document has no such flow, its token URL is not usable, or no HTTP client can be
    /// built.
    pub fn client_credentials(self) -> Result<OAuthTokens, BuildError> {
        let flow = self.flows.client_credentials;
        self.tokens(flow, "client credentials", Grant::ClientCredentials)
    }

    /// Tokens for the client itself, from an endpoint that takes the ID and the secret in the body
    /// and no grant, as some APIs did before OAuth 2.
    ///
    /// # Errors
    /// As [`Self::client_credentials`].
    pub fn client_login(self) -> Result<OAuthTokens, BuildError> {
        let flow = self.flows.client_credentials;
        self.secret_in_body().tokens(flow, "client credentials", Grant::Client)
    }

    /// Tokens for a user's name and password.
    ///
    /// # Errors
    /// As [`Self::client_credentials`].
    pub fn password(self, user: impl Into<String>, password: impl Into<Secret>) -> Result<OAuthTokens, BuildError> {
        let flow = self.flows.password;
        self.tokens(flow, "password", Grant::Password { user: user.into(), password: password.into() })
    }

    /// Tokens for a login that took place elsewhere and yielded this refresh token. If the store
    /// holds a newer one, it is used first.
    ///
    /// # Errors
    /// As [`Self::client_credentials`].
    pub fn refresh_token(self, token: impl Into<Secret>) -> Result<OAuthTokens, BuildError> {
        self.renewed(Some(token.into()))
    }

    /// Tokens for a login whose refresh token is in the store. If it is not there, calls fail.
    ///
    /// # Errors
    /// As [`Self::client_credentials`].
    pub fn stored_login(self) -> Result<OAuthTokens, BuildError> {
        self.renewed(None)
    }

    fn renewed(self, token: Option<Secret>) -> Result<OAuthTokens, BuildError> {
        let OAuthFlows { client_credentials, password, authorization_code, device, .. } = *self.flows;
        let flow = authorization_code.or(device).or(password).or(client_credentials);
        self.tokens(flow, "authorization code", Grant::Refresh(token))
    }

    fn tokens(self, flow: Option<OAuthFlow>, name: &str, grant: Grant) -> Result<OAuthTokens, BuildError> {
        Ok(OAuthTokens::new(self.flow(flow, name, grant)?))
    }

    /// The flow with these settings.
    pub(super) fn flow(self, flow: Option<OAuthFlow>, name: &str, grant: Grant) -> Result<Flow, BuildError> {
        let source = match (flow, self.flows.metadata_url) {
            (Some(flow), _) => Source::of_flow(&flow, &self.base_url)?,
            (None, Some(url)) => Source::of_metadata(url, &self.base_url)?,
            (None, None) => return Err(BuildError::new(format!("the document describes no {name} flow"))),
        };
        Ok(Flow {
            core: self.builder.build()?,
            source,
            client: self.client,
            secret: self.secret,
            secret_in_body: self.secret_in_body,
            scopes: self.scopes,
            parameters: self.parameters,
            grant,
            store: self.store,
            held: Mutex::new(None),
        })
    }
}

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth").field("client", &self.client).field("scopes", &self.scopes).finish_non_exhaustive()
    }
}

#[cfg(not(target_arch = "wasm32"))]
type Fetch = Box<dyn Fn() -> BoxFuture<'static, Result<Token, TokenError>> + Send + Sync>;
#[cfg(target_arch = "wasm32")]
type Fetch = Box<dyn Fn() -> BoxFuture<'static, Result<Token, TokenError>>>;

/// OAuth 2 tokens for `token_source`. They are cached and shared by all calls. They are renewed
/// before they expire, and once when the API refuses them, but never by two requests at the same
/// time.
#[derive(Debug)]
pub struct OAuthTokens(CachedTokens<Fetch>);

impl OAuthTokens {
    fn new(flow: Flow) -> Self {
        #[cfg_attr(target_arch = "wasm32", expect(clippy::arc_with_non_send_sync, reason = "there are no threads"))]
        let flow = Arc::new(flow);
        Self(CachedTokens::new(Box::new(move || {
            let flow = Arc::clone(&flow);
            Box::pin(async move { flow.fetch().await })
        })))
    }

    /// Tokens of a login that has just been completed.
    pub(super) async fn begun(flow: Flow, issued: Issued) -> Result<Self, TokenError> {
        let token = flow.keep(issued, None).await?;
        let Self(tokens) = Self::new(flow);
        Ok(Self(tokens.holding(token)))
    }
}

impl TokenSource for OAuthTokens {
    fn token(&self) -> BoxFuture<'_, Result<Secret, TokenError>> {
        self.0.token()
    }

    fn refused<'a>(&'a self, token: &'a Secret) -> BoxFuture<'a, bool> {
        self.0.refused(token)
    }
}
