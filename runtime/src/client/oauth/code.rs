//! Logins in a browser: the authorization code with PKCE (RFC 6749, RFC 7636).
//!
//! **Invariant:** a code is exchanged only if it comes with the `state` of this login, and only
//! together with the verifier of this login.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use super::flow::{Flow, Grant};
use super::issued::Refusal;
use super::settings::{OAuth, OAuthTokens};
use crate::client::token::TokenError;
use crate::value::Secret;

/// A login that a user completes in a browser: open [`Self::url`], and pass the URL to which the
/// browser then goes to [`Self::finish`].
#[must_use = "`finish` exchanges the code"]
pub struct CodeLogin {
    flow: Flow,
    url: Url,
    redirect: String,
    state: Secret,
    verifier: Secret,
}

impl OAuth {
    /// Starts a login in a browser, which returns to `redirect_url`: a URL of the application, or
    /// one such as `http://127.0.0.1:8080/done` where a program on the user's computer listens. It
    /// has to be registered with the API.
    ///
    /// ```no_run
    /// # use specwright_runtime::client::OAuth;
    /// # async fn log_in(oauth: OAuth, wait: impl AsyncFn() -> String) -> Result<(), Box<dyn std::error::Error>> {
    /// let login = oauth.authorization_code("http://127.0.0.1:8080/done").await?;
    /// println!("open {}", login.url());
    /// let tokens = login.finish(&wait().await).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// If the document has no such flow, or the endpoints cannot be looked up.
    pub async fn authorization_code(self, redirect_url: impl Into<String>) -> Result<CodeLogin, TokenError> {
        self.code_login(redirect_url.into(), random()?, random()?).await
    }

    /// Continues a login that another process or an earlier request started with the same settings.
    /// `state` and `verifier` are those of the login that was started.
    ///
    /// # Errors
    /// As [`Self::authorization_code`].
    pub async fn continued_login(
        self,
        redirect_url: impl Into<String>,
        state: impl Into<Secret>,
        verifier: impl Into<Secret>,
    ) -> Result<CodeLogin, TokenError> {
        self.code_login(redirect_url.into(), state.into(), verifier.into()).await
    }

    async fn code_login(self, redirect: String, state: Secret, verifier: Secret) -> Result<CodeLogin, TokenError> {
        let flow = self.flows.authorization_code;
        let flow = self.flow(flow, "authorization code", Grant::Refresh(None));
        let flow = flow.map_err(TokenError::new)?;
        let endpoint = flow.endpoints().await?.authorization.clone();
        let endpoint = endpoint.ok_or_else(|| TokenError::new("there is no URL where users log in"))?;
        let mut url = Url::parse(&endpoint).map_err(|_| TokenError::new("the URL where users log in is not a URL"))?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose().as_bytes()));
        let pairs = [
            ("response_type", "code"),
            ("client_id", &flow.client),
            ("redirect_uri", &redirect),
            ("scope", &flow.scopes),
            ("state", state.expose()),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty()).chain(flow.parameters());
        url.query_pairs_mut().extend_pairs(pairs);
        Ok(CodeLogin { flow, url, redirect, state, verifier })
    }
}

impl CodeLogin {
    /// The URL that the user opens.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Text that identifies this login. An application with many users stores a login under it.
    #[must_use]
    pub fn state(&self) -> &Secret {
        &self.state
    }

    /// The proof that this client started the login. Never send it to the browser.
    #[must_use]
    pub fn verifier(&self) -> &Secret {
        &self.verifier
    }

    /// Exchanges the code for tokens. `redirected` is the URL to which the browser went, or its
    /// path and query.
    ///
    /// # Errors
    /// If the user refused the login, the URL belongs to another login, or the server issues no
    /// token.
    pub async fn finish(self, redirected: &str) -> Result<OAuthTokens, TokenError> {
        let endpoints = self.flow.endpoints().await?;
        let code = code(redirected, &self.state, endpoints.issuer.as_deref()).map_err(TokenError::new)?;
        let pairs = [
            ("grant_type", "authorization_code"),
            ("code", code.expose()),
            ("redirect_uri", &self.redirect),
            ("code_verifier", self.verifier.expose()),
        ];
        let issued = self.flow.ask(&endpoints.token, pairs).await.map_err(TokenError::from)?;
        OAuthTokens::begun(self.flow, issued).await
    }
}

/// The code in a URL to which the browser was sent.
fn code(redirected: &str, state: &Secret, issuer: Option<&str>) -> Result<Secret, String> {
    let query = redirected.split('#').next().and_then(|url| url.split_once('?')).map_or("", |(_, query)| query);
    let one = |name: &str| {
        let mut values =
            form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (value, None) => Ok(value),
            (_, Some(_)) => Err(format!("the URL has several `{name}`")),
        }
    };
    if !one("state")?.is_some_and(|given| state.matches(&given)) {
        return Err("the URL does not belong to this login: its `state` is another one".to_owned());
    }
    if let (Some(given), Some(issuer)) = (one("iss")?, issuer)
        && given != issuer
    {
        return Err("the URL comes from another server: its `iss` is another one".to_owned());
    }
    if let Some(error) = one("error")? {
        return Err(Refusal::new(&error).to_string());
    }
    let code = one("code")?.filter(|code| !code.is_empty()).ok_or("the URL has no `code`")?;
    Ok(Secret::from(code.into_owned()))
}

/// 256 random bits as text that a URL can contain.
fn random() -> Result<Secret, TokenError> {
    let mut bits = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *bits).map_err(|_| TokenError::new("the system has no random numbers"))?;
    Ok(Secret::from(URL_SAFE_NO_PAD.encode(*bits)))
}

/// Shows neither the state nor the verifier.
impl fmt::Debug for CodeLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = &self.url[..url::Position::AfterPath];
        f.debug_struct("CodeLogin").field("url", &url).field("redirect", &self.redirect).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{code, random};
    use crate::value::Secret;

    #[test]
    fn a_code_counts_only_with_the_state_of_the_login() {
        let of =
            |url: &str| code(url, &Secret::from("s"), Some("https://id.example")).map(|code| code.expose().to_owned());
        assert_eq!(of("http://127.0.0.1:1/done?code=a%2Fb&state=s"), Ok("a/b".to_owned()));
        assert_eq!(of("/done?state=s&code=c&iss=https%3A%2F%2Fid.example#code=d"), Ok("c".to_owned()));
        for (url, message) in [
            ("/done?code=c", "its `state` is another one"),
            ("/done?code=c&state=t", "its `state` is another one"),
            ("/done?code=c#state=s", "its `state` is another one"),
            ("/done?code=c&state=t&error=access_denied", "its `state` is another one"),
            ("/done?code=c&state=s&state=s", "several `state`"),
            ("/done?code=c&code=d&state=s", "several `code`"),
            ("/done?code=c&state=s&iss=https://evil.example", "its `iss` is another one"),
            ("/done?error=access_denied&error_description=hunter2&state=s", "refused the request: access_denied"),
            ("/done?state=s", "no `code`"),
            ("", "its `state` is another one"),
        ] {
            let refused = of(url).unwrap_err();
            assert!(refused.contains(message) && !refused.contains("hunter2"), "{url}: {refused}");
        }
    }

    #[test]
    fn states_and_verifiers_have_256_bits() {
        let (one, another) = (random().unwrap(), random().unwrap());
        assert_eq!(one.expose().len(), 43);
        assert_ne!(one, another);
    }
}
