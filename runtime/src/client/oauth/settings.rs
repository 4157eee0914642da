//! The settings of an application's OAuth 2 client, and the tokens that it gets with them.

use std::fmt;
use std::sync::{Arc, Mutex};

use url::Url;

use super::flow::{Flow, Grant};
use super::store::TokenStore;
use crate::client::builder::{BuildError, Builder};
use crate::client::token::{CachedTokens, Token, TokenError, TokenSource};
use crate::client::transport::Transport;
use crate::future::BoxFuture;
use crate::security::{OAuthFlow, OAuthFlows};
use crate::value::Secret;

/// An OAuth 2 client, as registered with the API. The document describes the token endpoints. The
/// last method chooses the grant, and makes the [`OAuthTokens`] for `token_source`.
///
/// ```
/// # use specwright_runtime::security::{OAuthFlow, OAuthFlows};
/// use specwright_runtime::client::OAuth;
///
/// # static OAUTH: OAuthFlows = OAuthFlows {
/// #     client_credentials: Some(OAuthFlow { token_url: "/token", refresh_url: None, scopes: &["read"] }),
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
    flows: &'static OAuthFlows,
    base_url: String,
    client: String,
    secret: Option<Secret>,
    secret_in_body: bool,
    scopes: String,
    builder: Builder,
    store: Option<Box<dyn TokenStore>>,
}

impl OAuth {
    /// A client with the flows of a security scheme. Relative token URLs are resolved against the
    /// base URL of the API.
    pub fn new(flows: &'static OAuthFlows, base_url: impl Into<String>, client_id: impl Into<String>) -> Self {
        Self {
            flows,
            base_url: base_url.into(),
            client: client_id.into(),
            secret: None,
            secret_in_body: false,
            scopes: String::new(),
            builder: Builder::to_any_url(),
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
        let OAuthFlows { client_credentials, password, authorization_code } = *self.flows;
        let flow = authorization_code.or(password).or(client_credentials);
        self.tokens(flow, "authorization code", Grant::Refresh(token.into()))
    }

    fn tokens(self, flow: Option<OAuthFlow>, name: &str, grant: Grant) -> Result<OAuthTokens, BuildError> {
        let flow = flow.ok_or_else(|| BuildError::new(format!("the document describes no {name} flow")))?;
        let token_url = absolute(&self.base_url, flow.token_url)?;
        let refresh_url = flow.refresh_url.map(|url| absolute(&self.base_url, url)).transpose()?;
        let flow = Arc::new(Flow {
            core: self.builder.build()?,
            refresh_url: refresh_url.unwrap_or_else(|| token_url.clone()),
            token_url,
            client: self.client,
            secret: self.secret,
            secret_in_body: self.secret_in_body,
            scopes: self.scopes,
            grant,
            store: self.store,
            held: Mutex::new(None),
        });
        let fetch: Fetch = Box::new(move || {
            let flow = Arc::clone(&flow);
            Box::pin(async move { flow.fetch().await })
        });
        Ok(OAuthTokens(CachedTokens::new(fetch)))
    }
}

/// A token URL. A relative one is below the base URL, unless it begins with a slash.
fn absolute(base: &str, url: &str) -> Result<String, BuildError> {
    let joined = if let Ok(absolute) = Url::parse(url) {
        absolute
    } else {
        let folder = format!("{}/", base.trim_end_matches('/'));
        let base = Url::parse(&folder).map_err(|_| BuildError::new("the base URL is not a URL"))?;
        base.join(url).map_err(|_| BuildError::new("the token URL of the document is not a URL"))?
    };
    Ok(joined.into())
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

impl TokenSource for OAuthTokens {
    fn token(&self) -> BoxFuture<'_, Result<Secret, TokenError>> {
        self.0.token()
    }

    fn refused<'a>(&'a self, token: &'a Secret) -> BoxFuture<'a, bool> {
        self.0.refused(token)
    }
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn token_urls_are_completed_by_the_base_url() {
        for (base, url, expected) in [
            ("https://a.example/v1", "https://b.example/token", "https://b.example/token"),
            ("https://a.example/v1", "token", "https://a.example/v1/token"),
            ("https://a.example/v1/", "./token", "https://a.example/v1/token"),
            ("https://a.example/v1", "/token", "https://a.example/token"),
        ] {
            assert_eq!(absolute(base, url).unwrap(), expected, "{base} {url}");
        }
        assert!(absolute("nothing", "token").is_err());
    }
}
