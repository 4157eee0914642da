//! Runs a flow: chooses the grant that is sent, and keeps the token from the response.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use zeroize::Zeroizing;

use super::issued::{Issued, Refusal, Responded};
use super::store::{StoredToken, TokenStore};
use crate::client::core::Core;
use crate::client::error::Error;
use crate::client::options::RequestOptions;
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
    ClientCredentials,
    Password {
        user: String,
        password: Secret,
    },
    /// A refresh token. It is used until there is a newer one.
    Refresh(Secret),
}

/// A flow with its whole configuration.
pub(super) struct Flow {
    pub core: Core,
    pub token_url: String,
    pub refresh_url: String,
    pub client: String,
    pub secret: Option<Secret>,
    pub secret_in_body: bool,
    pub scopes: String,
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
        let given = if let Grant::Refresh(token) = &self.grant { Some(token.clone()) } else { None };
        let Some(refresh) = earlier.and_then(|earlier| earlier.refresh).or(given) else { return self.begin().await };
        let pairs = [("grant_type", "refresh_token"), ("refresh_token", refresh.expose())];
        match self.ask(&self.refresh_url, &pairs).await {
            Ok(issued) => self.keep(issued, Some(refresh)).await,
            // The login has ended. The grant that started it may start another one.
            Err(Failed::Refused(refusal)) if refusal.is_of_grant() && !matches!(self.grant, Grant::Refresh(_)) => {
                self.begin().await
            }
            Err(failed) => Err(failed.into()),
        }
    }

    /// Gets a token with the grant of the flow.
    async fn begin(&self) -> Result<Token, TokenError> {
        let mut pairs = match &self.grant {
            Grant::ClientCredentials => vec![("grant_type", "client_credentials")],
            Grant::Password { user, password } => {
                vec![("grant_type", "password"), ("username", user.as_str()), ("password", password.expose())]
            }
            Grant::Refresh(_) => return Err(TokenError::new("there is no refresh token; log in again")),
        };
        if !self.scopes.is_empty() {
            pairs.push(("scope", &self.scopes));
        }
        let issued = self.ask(&self.token_url, &pairs).await.map_err(TokenError::from)?;
        self.keep(issued, None).await
    }

    async fn ask(&self, url: &str, pairs: &[(&str, &str)]) -> Result<Issued, Failed> {
        let mut body: BTreeMap<&str, &str> = pairs.iter().copied().collect();
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
        match call.send::<Responded, Refusal>().await {
            Ok(response) => response.into_inner().0.map_err(Failed::Refused),
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
    async fn keep(&self, issued: Issued, refresh: Option<Secret>) -> Result<Token, TokenError> {
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
enum Failed {
    Refused(Refusal),
    Otherwise(Error<Refusal>),
}

impl From<Failed> for TokenError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Refused(refusal) => Self::new(refusal),
            Failed::Otherwise(error) => Self::new(error),
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
