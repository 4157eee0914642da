//! Stores of tokens, which outlive the process.

use std::time::SystemTime;

use crate::client::token::TokenError;
use crate::future::{BoxFuture, MaybeSend, MaybeSync};
use crate::value::Secret;

/// An access token and the refresh token that renews it. `Debug` hides both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredToken {
    /// The access token.
    pub access: Secret,
    /// The refresh token, if there is one.
    pub refresh: Option<Secret>,
    /// When the access token expires, if that is known.
    pub expires_at: Option<SystemTime>,
}

impl StoredToken {
    /// A token that is used until the API refuses it.
    #[must_use]
    pub fn new(access: impl Into<Secret>) -> Self {
        Self { access: access.into(), refresh: None, expires_at: None }
    }

    /// Sets the refresh token.
    #[must_use]
    pub fn with_refresh(self, refresh: impl Into<Secret>) -> Self {
        Self { refresh: Some(refresh.into()), ..self }
    }

    /// Sets when the access token expires.
    #[must_use]
    pub fn expiring_at(self, at: SystemTime) -> Self {
        Self { expires_at: Some(at), ..self }
    }
}

/// Keeps tokens between runs of a program, or for several processes: in a file, a keychain or a
/// database. A token is loaded before the first one is requested, and each new one is saved.
pub trait TokenStore: MaybeSend + MaybeSync + 'static {
    /// The token that was saved last, if there is one.
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, TokenError>>;

    /// Saves a new token in place of the last one. If this fails, so does the call that needed the
    /// token. A server may accept a refresh token only once, so losing the new one would end the
    /// login.
    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), TokenError>>;
}
