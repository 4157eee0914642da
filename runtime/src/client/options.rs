//! Options of one call.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::error::Problem;
use super::retry::Retry;
use crate::confidential::hide_secret;
use crate::security::{CredentialSet, Presented};

/// Whether and how often a streamed response continues after a lost connection. An event stream
/// continues after its last event, as in browsers, even if the server has closed it. A download
/// continues after its last byte, if the server names the version of the content (`ETag` or
/// `Last-Modified`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing before it is passed to a call"]
pub struct Reconnect {
    pub(super) attempts: u32,
    pub(super) total: u32,
    pub(super) pause: Duration,
    pub(super) longest_pause: Duration,
}

impl Reconnect {
    /// Five attempts without progress and 1000 in all, each after 3 seconds or the pause that the
    /// server asks for, of up to 60 seconds.
    pub fn standard() -> Self {
        Self { attempts: 5, total: 1000, pause: Duration::from_secs(3), longest_pause: Duration::from_secs(60) }
    }

    /// Sets the number of attempts in a row without progress after which the stream ends with an
    /// error.
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Sets the maximum number of attempts in all.
    pub fn total(self, total: u32) -> Self {
        Self { total, ..self }
    }

    /// Sets the pause before each attempt, and the longest that a server may ask for.
    pub fn pauses(self, usual: Duration, longest: Duration) -> Self {
        Self { pause: usual, longest_pause: longest.max(usual), ..self }
    }
}

/// Options of one call, which take precedence over the client's settings.
///
/// ```
/// # use std::time::Duration;
/// let options = specwright_runtime::client::RequestOptions::new()
///     .header("x-request-id", "7")
///     .timeout(Duration::from_secs(5))
///     .repeatable();
/// ```
#[derive(Clone, Default)]
#[must_use = "options do nothing before they are passed to a call"]
pub struct RequestOptions {
    pub(super) headers: HeaderMap,
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) idempotency_key: Option<HeaderValue>,
    pub(super) retry: Option<Retry>,
    pub(super) reconnect: Option<Reconnect>,
    pub(super) repeatable: bool,
    pub(super) max_body: Option<u64>,
    pub(super) credentials: Option<Presented>,
    /// Whether the call is sent without credentials, whatever the document requires.
    pub(super) anonymous: bool,
    pub(super) problems: Vec<Problem>,
    #[cfg(feature = "validate")]
    pub(super) on_violation: Option<crate::validation::OnViolation>,
}

impl RequestOptions {
    /// No options: the client's settings apply.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a header, which replaces the one that the call would send. Headers of credentials are
    /// replaced only by [`Self::credentials`]. An invalid header causes an error when the call is
    /// sent.
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
            (Ok(name), Err(_)) => self.problems.push(Problem {
                subject: format!("header `{name}`"),
                message: "holds a line break or another control character".to_owned(),
            }),
            (Err(_), _) => self
                .problems
                .push(Problem { subject: "a header's name".to_owned(), message: "is not a token".to_owned() }),
        }
        self
    }

    /// Limits the whole call, including retries and pauses.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Limits each attempt.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        Self { attempt_timeout: Some(timeout), ..self }
    }

    /// Ends a streamed response with an error if nothing arrives for this long.
    pub fn idle_timeout(self, timeout: Duration) -> Self {
        Self { idle_timeout: Some(timeout), ..self }
    }

    /// Sends this key, which lets the server distinguish a retry from a second call, and allows
    /// retries. The key is sent in the header that the document names, or in `Idempotency-Key`. If
    /// the document names a header, a call without its own key gets a random one.
    pub fn idempotency_key<V: TryInto<HeaderValue>>(mut self, key: V) -> Self {
        match key.try_into() {
            Ok(key) => self.idempotency_key = Some(key),
            Err(_) => self.problems.push(Problem {
                subject: "the idempotency key".to_owned(),
                message: "holds a line break or another control character".to_owned(),
            }),
        }
        self
    }

    /// Sets when and how often to retry.
    pub fn retry(self, retry: Retry) -> Self {
        Self { retry: Some(retry), ..self }
    }

    /// Continues a streamed response after a lost connection. For this, the call is sent again,
    /// whatever its method, so its body must be repeatable.
    pub fn reconnect(self, reconnect: Reconnect) -> Self {
        Self { reconnect: Some(reconnect), ..self }
    }

    /// Allows retries even though the operation is not idempotent. Use this if repeating the call
    /// does no harm.
    pub fn repeatable(self) -> Self {
        Self { repeatable: true, ..self }
    }

    /// Limits the size of the response in bytes.
    pub fn max_body(self, bytes: u64) -> Self {
        Self { max_body: Some(bytes), ..self }
    }

    /// Replaces all credentials of the client with these.
    pub fn credentials(self, credentials: impl CredentialSet) -> Self {
        Self { credentials: Some(credentials.present()), anonymous: false, ..self }
    }

    /// Sends no credentials, whatever the document requires. Some documents require them even for
    /// the operation that issues them, such as a login.
    pub fn anonymous(self) -> Self {
        Self { anonymous: true, credentials: None, ..self }
    }

    /// Sets what happens if the request violates the document.
    #[cfg(feature = "validate")]
    pub fn on_violation(self, on_violation: crate::validation::OnViolation) -> Self {
        Self { on_violation: Some(on_violation), ..self }
    }

    /// These options, completed by the earlier ones.
    pub(super) fn over(self, earlier: Self) -> Self {
        let mut headers = earlier.headers;
        headers.extend(self.headers);
        let mut problems = earlier.problems;
        problems.extend(self.problems);
        Self {
            headers,
            timeout: self.timeout.or(earlier.timeout),
            attempt_timeout: self.attempt_timeout.or(earlier.attempt_timeout),
            idle_timeout: self.idle_timeout.or(earlier.idle_timeout),
            idempotency_key: self.idempotency_key.or(earlier.idempotency_key),
            retry: self.retry.or(earlier.retry),
            reconnect: self.reconnect.or(earlier.reconnect),
            repeatable: self.repeatable || earlier.repeatable,
            max_body: self.max_body.or(earlier.max_body),
            anonymous: self.anonymous || (earlier.anonymous && self.credentials.is_none()),
            credentials: if self.anonymous { None } else { self.credentials.or(earlier.credentials) },
            problems,
            #[cfg(feature = "validate")]
            on_violation: self.on_violation.or(earlier.on_violation),
        }
    }
}

/// Shows the names of headers without their values, which may be secret.
impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestOptions")
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("retry", &self.retry)
            .field("reconnect", &self.reconnect)
            .field("repeatable", &self.repeatable)
            .field("max_body", &self.max_body)
            .field("credentials", &self.credentials)
            .field("anonymous", &self.anonymous)
            .finish_non_exhaustive()
    }
}
