//! Token sources: where tokens come from, and how a token is shared until it expires.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;

use super::call_info::{self, CallInfo};
use super::time::Instant;
use crate::future::{BoxFuture, MaybeSend, MaybeSync};
use crate::value::Secret;

/// Provides the secret of a scheme before each attempt.
pub trait TokenSource: MaybeSend + MaybeSync + 'static {
    /// Returns a token that is expected to be valid.
    fn token(&self) -> BoxFuture<'_, Result<Secret, TokenError>>;

    /// Reports that the API responded to this token with 401. Returns whether a new token may be
    /// available; if so, the call is retried once.
    fn refused<'a>(&'a self, token: &'a Secret) -> BoxFuture<'a, bool> {
        let _ = token;
        Box::pin(async { false })
    }
}

/// A token and its lifetime.
#[derive(Clone, Debug)]
pub struct Token {
    secret: Secret,
    expires_in: Option<Duration>,
}

impl Token {
    /// A token without an expiry: it is used until the API refuses it.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { secret: secret.into(), expires_in: None }
    }

    /// Sets how long the token is valid from now on.
    #[must_use]
    pub fn expires_in(self, duration: Duration) -> Self {
        Self { expires_in: Some(duration), ..self }
    }
}

/// No token is available.
#[derive(Clone, Debug)]
pub struct TokenError {
    reason: Arc<dyn Error + Send + Sync>,
    pub(super) call: Option<Box<CallInfo>>,
}

impl TokenError {
    /// An error with this cause.
    pub fn new(reason: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { reason: reason.into().into(), call: None }
    }

    pub(super) fn of_call(self, call: CallInfo) -> Self {
        Self { call: Some(Box::new(call)), ..self }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no token is available: {}", self.reason)?;
        call_info::append(self.call.as_deref(), f)
    }
}

impl Error for TokenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.reason)
    }
}

/// Fetches a token when one is needed and shares it until it expires. Concurrent calls share one
/// fetch.
///
/// ```
/// # use std::time::Duration;
/// use specwright_runtime::client::{CachedTokens, Token};
///
/// let tokens = CachedTokens::new(|| async {
///     // Log in as the API requires.
///     Ok(Token::new("a token").expires_in(Duration::from_secs(3600)))
/// });
/// ```
pub struct CachedTokens<F> {
    fetch: F,
    leeway: Duration,
    state: Mutex<State>,
    /// The number of completed fetches. Callers that waited for a failed fetch share its error
    /// instead of fetching again.
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

/// The default time before expiry at which a token is renewed.
const LEEWAY: Duration = Duration::from_secs(30);

impl<F, R> CachedTokens<F>
where
    F: Fn() -> R + MaybeSend + MaybeSync + 'static,
    R: Future<Output = Result<Token, TokenError>> + MaybeSend + 'static,
{
    /// Tokens from `fetch`. A token is renewed 30 seconds before it expires. If it lives less than
    /// a minute, it is renewed after half its life.
    pub fn new(fetch: F) -> Self {
        Self { fetch, leeway: LEEWAY, state: Mutex::default(), ended: AtomicU64::new(0) }
    }

    /// Sets how long before expiry a token is renewed. The maximum is half of its life.
    #[must_use]
    pub fn leeway(self, leeway: Duration) -> Self {
        Self { leeway, ..self }
    }

    /// Starts with a token that has just been issued.
    pub(super) fn holding(self, token: Token) -> Self {
        let current = self.current(token, Instant::now());
        Self { state: Mutex::new(State { current: Some(current), failure: None }), ..self }
    }

    /// A short-lived token is used for half its life. Otherwise, every call would fetch one.
    fn current(&self, token: Token, asked: Instant) -> Current {
        let usable = |valid: Duration| valid.saturating_sub(self.leeway).max(valid / 2);
        let until = token.expires_in.and_then(|valid| asked.checked_add(usable(valid)));
        Current { secret: token.secret, until }
    }

    async fn get(&self) -> Result<Secret, TokenError> {
        let seen = self.ended.load(Ordering::Acquire);
        // Holding the lock during the fetch prevents other callers from fetching too.
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
            Ok(token) => {
                let secret = token.secret.clone();
                *state = State { current: Some(self.current(token, asked)), failure: None };
                Ok(secret)
            }
            Err(error) => {
                state.failure = Some((ended, error.clone()));
                Err(error)
            }
        }
    }

    /// Drops a refused token, unless it has been replaced in the meantime.
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
