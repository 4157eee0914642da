//! Tokens that expire: where they come from, and how one is shared until it does.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;

use super::time::Instant;
use crate::future::{BoxFuture, MaybeSend, MaybeSync};
use crate::value::Secret;

/// Gives the secret of a scheme before each attempt.
pub trait TokenSource: MaybeSend + MaybeSync + 'static {
    /// A token that is believed to be valid.
    fn token(&self) -> BoxFuture<'_, Result<Secret, TokenError>>;

    /// Learns that the API answered 401 to this token. Says whether asking again can give another; then the call is
    /// tried once more.
    fn refused<'a>(&'a self, token: &'a Secret) -> BoxFuture<'a, bool> {
        let _ = token;
        Box::pin(async { false })
    }
}

/// A token and how long it is valid.
#[derive(Clone, Debug)]
pub struct Token {
    secret: Secret,
    expires_in: Option<Duration>,
}

impl Token {
    /// A token that is valid until the API refuses it.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { secret: secret.into(), expires_in: None }
    }

    /// The same token, valid for this long from now.
    #[must_use]
    pub fn expires_in(self, duration: Duration) -> Self {
        Self { expires_in: Some(duration), ..self }
    }
}

/// There is no token.
#[derive(Clone, Debug)]
pub struct TokenError(Arc<dyn Error + Send + Sync>);

impl TokenError {
    /// Wraps the reason.
    pub fn new(reason: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(reason.into().into())
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no token could be had: {}", self.0)
    }
}

impl Error for TokenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

/// Fetches a token when one is needed, shares it until it expires, and never fetches twice at the same time.
///
/// ```
/// # use std::time::Duration;
/// use specwright_runtime::client::{CachedTokens, Token};
///
/// let tokens = CachedTokens::new(|| async {
///     // Log in, here by whatever the API has for it.
///     Ok(Token::new("a token").expires_in(Duration::from_secs(3600)))
/// });
/// ```
pub struct CachedTokens<F> {
    fetch: F,
    leeway: Duration,
    state: Mutex<State>,
    /// How many fetches have ended: who waited while one failed shares its failure instead of failing anew.
    ended: AtomicU64,
}

#[derive(Default)]
struct State {
    current: Option<Current>,
    failure: Option<(u64, TokenError)>,
}

struct Current {
    secret: Secret,
    until: Option<Instant>,
}

/// A token is renewed this long before it expires.
const LEEWAY: Duration = Duration::from_secs(30);

impl<F, R> CachedTokens<F>
where
    F: Fn() -> R + MaybeSend + MaybeSync + 'static,
    R: Future<Output = Result<Token, TokenError>> + MaybeSend + 'static,
{
    /// Tokens that come from `fetch`; they are renewed 30 seconds before they expire, or after half of a life of less than a
    /// minute.
    pub fn new(fetch: F) -> Self {
        Self { fetch, leeway: LEEWAY, state: Mutex::default(), ended: AtomicU64::new(0) }
    }

    /// How long before they expire tokens are renewed; at most half of their life.
    #[must_use]
    pub fn leeway(self, leeway: Duration) -> Self {
        Self { leeway, ..self }
    }

    async fn get(&self) -> Result<Secret, TokenError> {
        let seen = self.ended.load(Ordering::Acquire);
        // Holding the lock while fetching is what keeps the others from fetching too.
        let mut state = self.state.lock().await;
        if let Some(current) = &state.current
            && current.until.is_none_or(|until| Instant::now() < until)
        {
            return Ok(current.secret.clone());
        }
        if let Some((ended, error)) = &state.failure
            && *ended > seen
        {
            return Err(error.clone());
        }
        state.current = None;
        let asked = Instant::now();
        let result = (self.fetch)().await;
        let ended = self.ended.fetch_add(1, Ordering::AcqRel) + 1;
        match result {
            Ok(Token { secret, expires_in }) => {
                // A token of short life is used for half of it, or every call would fetch another.
                let usable = |valid: Duration| valid.saturating_sub(self.leeway).max(valid / 2);
                let until = expires_in.and_then(|valid| asked.checked_add(usable(valid)));
                *state = State { current: Some(Current { secret: secret.clone(), until }), failure: None };
                Ok(secret)
            }
            Err(error) => {
                state.failure = Some((ended, error.clone()));
                Err(error)
            }
        }
    }

    /// Forgets a refused token, unless it has been replaced in the meantime.
    async fn forget(&self, token: &Secret) {
        let mut state = self.state.lock().await;
        if state.current.as_ref().is_some_and(|current| current.secret == *token) {
            state.current = None;
        }
    }
}

impl<F, R> TokenSource for CachedTokens<F>
where
    F: Fn() -> R + MaybeSend + MaybeSync + 'static,
    R: Future<Output = Result<Token, TokenError>> + MaybeSend + 'static,
{
    fn token(&self) -> BoxFuture<'_, Result<Secret, TokenError>> {
        Box::pin(self.get())
    }

    fn refused<'a>(&'a self, token: &'a Secret) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            self.forget(token).await;
            true
        })
    }
}

impl<T: TokenSource + ?Sized> TokenSource for Arc<T> {
    fn token(&self) -> BoxFuture<'_, Result<Secret, TokenError>> {
        (**self).token()
    }

    fn refused<'a>(&'a self, token: &'a Secret) -> BoxFuture<'a, bool> {
        (**self).refused(token)
    }
}

impl<F> fmt::Debug for CachedTokens<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedTokens").field("leeway", &self.leeway).finish_non_exhaustive()
    }
}
