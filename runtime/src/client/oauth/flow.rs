//! Runs a flow: chooses the grant that is sent, and keeps the token from the response.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use zeroize::Zeroizing;

use super::endpoints::Endpoints;
use super::issued::{Issued, Refusal, Responded};
use super::source::Source;
use super::store::{StoredToken, TokenStore};
use crate::client::core::Core;
use crate::client::error::Error;
use crate::client::options::RequestOptions;
use crate::client::raw_response::FromResponse;
use crate::client::time;
use crate::client::token::{Token, TokenError};
use crate::descriptor::{Operation, RequestBody};
use crate::form;
use crate::params::encode_component;
use crate::value::Secret;

/// The request for a token.
static TOKEN: Operation = Operation {
    id: "oauth2_token",
    method: "POST",
    path: "token endpoint",
    body: Some(RequestBody { required: true, media: &[form::MEDIA] }),
    accept: "application/json, */*;q=0.1",
    ..Operation::BASE
};

/// The grant with which a token is requested, in addition to the client's ID.
pub(super) enum Grant {
    /// None: the endpoint takes ID and secret alone.
    Client,
    ClientCredentials,
    Password {
        user: String,
        password: Secret,
    },
    /// The refresh token of a login elsewhere, if there is one. It is used until there is a newer
    /// one.
    Refresh(Option<Secret>),
}

/// A flow with its whole configuration.
pub(super) struct Flow {
    pub core: Core,
    pub source: Source,
    pub client: String,
    pub secret: Option<Secret>,
    pub secret_in_body: bool,
    pub scopes: String,
    /// Further parameters of a login.
    pub parameters: Vec<(String, String)>,
    pub grant: Grant,
    pub store: Option<Box<dyn TokenStore>>,
    pub held: Mutex<Option<StoredToken>>,
}

impl Flow {
    /// Fetches a new token. Calls never overlap, and happen only when there is no token or the API
    /// refused it.
    pub async fn fetch(&self) -> Result<Token, TokenError> {
        let mut earlier = self.held();
        if earlier.is_none() {
            earlier = self.load().await?;
            if let Some(token) = earlier.as_ref().and_then(usable) {
                self.hold(earlier);
                return Ok(token);
            }
        }
        let given = if let Grant::Refresh(token) = &self.grant { token.clone() } else { None };
        let Some(refresh) = earlier.and_then(|earlier| earlier.refresh).or(given) else { return self.begin().await };
        let pairs = [("grant_type", "refresh_token"), ("refresh_token", refresh.expose())];
        match self.ask(&self.endpoints().await?.refresh, pairs).await {
            Ok(issued) => self.keep(issued, Some(refresh)).await,
            // The login has ended. The grant that started it may start another one.
            Err(Failed::Refused(refusal))
                if refusal.is("invalid_grant") && !matches!(self.grant, Grant::Refresh(_)) =>
            {
                self.begin().await
            }
            Err(failed) => Err(failed.into()),
        }
    }

    /// Gets a token with the grant of the flow.
    async fn begin(&self) -> Result<Token, TokenError> {
        let pairs = match &self.grant {
            Grant::Client => Vec::new(),
            Grant::ClientCredentials => vec![("grant_type", "client_credentials")],
            Grant::Password { user, password } => {
                vec![("grant_type", "password"), ("username", user.as_str()), ("password", password.expose())]
            }
            Grant::Refresh(_) => return Err(TokenError::new("there is no refresh token; log in again")),
        };
        let pairs = self.with_scopes(self.parameters().chain(pairs).collect());
        let issued = self.ask(&self.endpoints().await?.token, pairs).await.map_err(TokenError::from)?;
        self.keep(issued, None).await
    }

    /// The endpoints, which are looked up once if the document does not have them.
    pub async fn endpoints(&self) -> Result<&Endpoints, TokenError> {
        self.source.get(&self.core).await
    }

    /// The further parameters of a login.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Adds the scopes, if any are requested.
    pub fn with_scopes<'p>(&'p self, mut pairs: BTreeMap<&'p str, &'p str>) -> BTreeMap<&'p str, &'p str> {
        if !self.scopes.is_empty() {
            pairs.insert("scope", &self.scopes);
        }
        pairs
    }

    /// Asks the endpoint for a token.
    pub async fn ask<'p>(
        &'p self,
        url: &str,
        pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
    ) -> Result<Issued, Failed> {
        let Responded(issued) = self.send(url, pairs.into_iter().collect()).await?;
        issued.map_err(Failed::Refused)
    }

    /// Sends pairs to an endpoint, with the ID and the secret of the client.
    pub async fn send<'p, S: FromResponse>(
        &'p self,
        url: &str,
        mut body: BTreeMap<&'p str, &'p str>,
    ) -> Result<S, Failed> {
        let mut options = RequestOptions::new();
        match &self.secret {
            Some(secret) if !self.secret_in_body => options = options.header(AUTHORIZATION, self.basic(secret)),
            secret => {
                body.insert("client_id", &self.client);
                body.extend(secret.as_ref().map(|secret| ("client_secret", secret.expose())));
            }
        }
        let mut call = self.core.call_at(&TOKEN, url);
        call.form(0, &body, &[]);
        call.with(options);
        match call.send::<S, Refusal>().await {
            Ok(response) => Ok(response.into_inner()),
            Err(Error::Api(refusal)) => Err(Failed::Refused(refusal.into_inner())),
            Err(other) => Err(Failed::Otherwise(other)),
        }
    }

    /// Name and secret are encoded before they are joined (RFC 6749, 2.3.1).
    fn basic(&self, secret: &Secret) -> HeaderValue {
        let name = encode_component(&self.client);
        let secret = Zeroizing::new(encode_component(secret.expose()).into_owned());
        let joined = Zeroizing::new([&*name, ":", secret.as_str()].concat());
        let text =
            Zeroizing::new(["Basic ", &base64::engine::general_purpose::STANDARD.encode(joined.as_bytes())].concat());
        // Base64 consists only of characters that a header can contain.
        HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("Basic"))
    }

    /// Keeps a token. The old refresh token is kept if there is no new one.
    pub async fn keep(&self, issued: Issued, refresh: Option<Secret>) -> Result<Token, TokenError> {
        let Issued { access, refresh: renewed, expires_in } = issued;
        let stored = StoredToken {
            access: access.clone(),
            refresh: renewed.or(refresh),
            expires_at: expires_in.and_then(|life| time::now().checked_add(life)),
        };
        if let Some(store) = &self.store {
            store.save(&stored).await?;
        }
        self.hold(Some(stored));
        let token = Token::new(access);
        Ok(match expires_in {
            Some(life) => token.expires_in(life),
            None => token,
        })
    }

    async fn load(&self) -> Result<Option<StoredToken>, TokenError> {
        match &self.store {
            Some(store) => store.load().await,
            None => Ok(None),
        }
    }

    fn held(&self) -> Option<StoredToken> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hold(&self, token: Option<StoredToken>) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = token;
    }
}

/// A stored token that has not expired.
fn usable(stored: &StoredToken) -> Option<Token> {
    let token = Token::new(stored.access.clone());
    if stored.access.expose().is_empty() {
        return None;
    }
    match stored.expires_at {
        None => Some(token),
        Some(at) => at.duration_since(time::now()).ok().map(|left| token.expires_in(left)),
    }
}

/// Why the endpoint did not issue a token.
#[derive(Debug)]
pub(super) enum Failed {
    Refused(Refusal),
    Otherwise(Error<Refusal>),
    /// The endpoints cannot be looked up.
    NoEndpoints(TokenError),
}

impl From<Failed> for TokenError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Refused(refusal) => Self::new(refusal),
            Failed::Otherwise(error) => Self::new(error),
            Failed::NoEndpoints(error) => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn an_expired_token_is_not_used() {
        let stored = StoredToken::new("a");
        assert!(usable(&stored).is_some());
        let past = SystemTime::now() - Duration::from_secs(1);
        assert!(usable(&stored.clone().expiring_at(past)).is_none());
        assert!(usable(&stored.expiring_at(SystemTime::now() + Duration::from_secs(60))).is_some());
        assert!(usable(&StoredToken::new("")).is_none());
    }
}
