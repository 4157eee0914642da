//! Errors of calls: what failed, where it failed, and how to fix it. Nothing confidential is shown.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::call_info::{self, CallInfo};
use super::page_error::PageError;
use super::rate_limit::RateLimit;
use super::response::ResponseValue;
use super::retry;
use super::time;
use super::token::TokenError;
use super::transport::TransportError;
use super::unexpected::{InvalidBody, UnexpectedResponse};
use crate::value::Never;

/// Why a call failed. `E` holds the documented errors of the operation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// A documented error response, as the operation's own type.
    Api(Box<ResponseValue<E>>),
    /// The request was not sent: a value is missing or cannot be encoded.
    InvalidRequest(InvalidRequest),
    /// The request was not sent: the client's credentials satisfy none of the operation's
    /// alternatives.
    MissingCredentials(MissingCredentials),
    /// The request was not sent: a token source failed.
    Token(TokenError),
    /// The request could not be sent, or the response not received.
    Transport(TransportError),
    /// The call or an attempt took too long.
    Timeout(Timeout),
    /// The response is larger than the limit.
    BodyTooLarge(BodyTooLarge),
    /// The response has a status that the document does not describe.
    UnexpectedStatus(UnexpectedResponse),
    /// The status is documented, but the body cannot be decoded.
    InvalidBody(InvalidBody),
    /// The next page of a list cannot be requested.
    Pages(PageError),
}

impl<E> Error<E> {
    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(response) => Some(response.status()),
            Self::UnexpectedStatus(unexpected) => Some(unexpected.status()),
            Self::InvalidBody(invalid) => Some(invalid.unexpected.status()),
            Self::BodyTooLarge(body) => Some(body.status),
            Self::InvalidRequest(_)
            | Self::MissingCredentials(_)
            | Self::Token(_)
            | Self::Transport(_)
            | Self::Timeout(_)
            | Self::Pages(_) => None,
        }
    }

    /// The call that failed: its operation, method, host and number of attempts. `None` only for a
    /// response that an application made.
    #[must_use]
    pub fn call(&self) -> Option<&CallInfo> {
        match self {
            Self::Api(response) => response.call(),
            Self::UnexpectedStatus(unexpected) => unexpected.call(),
            Self::InvalidBody(invalid) => invalid.unexpected.call(),
            Self::Transport(error) => error.call.as_deref(),
            Self::Token(error) => error.call.as_deref(),
            Self::Timeout(error) => error.call.as_deref(),
            Self::BodyTooLarge(error) => error.call.as_deref(),
            Self::InvalidRequest(error) => error.call.as_deref(),
            Self::MissingCredentials(error) => error.call.as_deref(),
            Self::Pages(error) => Some(&error.call),
        }
    }

    /// The headers of the response, if the response was received completely.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Api(response) => Some(response.headers()),
            Self::UnexpectedStatus(unexpected) => Some(unexpected.headers()),
            Self::InvalidBody(invalid) => Some(invalid.unexpected.headers()),
            _ => None,
        }
    }

    /// How long the server asks the client to wait before it repeats the call. If this wait is
    /// longer than the retries allow, the call ends.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(self.headers()?, time::now())
    }

    /// How many requests are left, if the response says so.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(self.headers()?)
    }

    /// Whether repeating the call later could succeed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_transient(),
            Self::Timeout(_) => true,
            other => other.status().is_some_and(super::retry::is_transient),
        }
    }

    /// The documented error, if there is one.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        match self {
            Self::Api(response) => Some(response),
            _ => None,
        }
    }

    /// Converts the documented error.
    pub fn map<F>(self, change: impl FnOnce(E) -> F) -> Error<F> {
        match self {
            Self::Api(response) => Error::Api(Box::new(response.map(change))),
            Self::InvalidRequest(error) => Error::InvalidRequest(error),
            Self::MissingCredentials(error) => Error::MissingCredentials(error),
            Self::Token(error) => Error::Token(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Timeout(error) => Error::Timeout(error),
            Self::BodyTooLarge(error) => Error::BodyTooLarge(error),
            Self::UnexpectedStatus(error) => Error::UnexpectedStatus(error),
            Self::InvalidBody(error) => Error::InvalidBody(error),
            Self::Pages(error) => Error::Pages(error),
        }
    }
}

impl Error<Never> {
    /// The error with the call that it belongs to.
    pub(super) fn of_call(self, call: impl FnOnce() -> CallInfo) -> Self {
        match self {
            Self::Transport(error) => Self::Transport(error.of_call(call())),
            Self::Token(error) => Self::Token(error.of_call(call())),
            Self::Timeout(error) => Self::Timeout(Timeout { call: Some(Box::new(call())), ..error }),
            Self::BodyTooLarge(error) => Self::BodyTooLarge(BodyTooLarge { call: Some(Box::new(call())), ..error }),
            Self::InvalidRequest(error) => {
                Self::InvalidRequest(InvalidRequest { call: Some(Box::new(call())), ..error })
            }
            Self::MissingCredentials(error) => {
                Self::MissingCredentials(MissingCredentials { call: Some(Box::new(call())), ..error })
            }
            other => other,
        }
    }

    /// Converts an error that does not depend on the operation.
    pub(super) fn widen<E>(self) -> Error<E> {
        self.map(|never| match never {})
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(response) => {
                f.write_str("the API responded with ")?;
                crate::status::fmt(response.status().as_u16(), f)?;
                call_info::append(response.call(), f)
            }
            Self::InvalidRequest(error) => error.fmt(f),
            Self::MissingCredentials(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::BodyTooLarge(error) => error.fmt(f),
            Self::UnexpectedStatus(error) => error.fmt(f),
            Self::InvalidBody(error) => error.fmt(f),
            Self::Pages(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Token(error) => error.source(),
            _ => None,
        }
    }
}

/// The request is invalid and was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRequest {
    pub(super) operation: &'static str,
    pub(super) problems: Vec<Problem>,
    pub(super) call: Option<Box<CallInfo>>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The subject, such as ``path parameter `user_id` ``.
    pub subject: String,
    /// The problem with it, such as `must be given`.
    pub message: String,
}

impl InvalidRequest {
    /// `operationId`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The problems; never empty.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        call_info::begin(self.operation, self.call.as_deref(), f)?;
        f.write_str(" was not sent")?;
        for (at, problem) in self.problems.iter().enumerate() {
            f.write_str(if at == 0 { ": " } else { "; " })?;
            write!(f, "{} {}", problem.subject, problem.message)?;
        }
        Ok(())
    }
}

/// The client's credentials satisfy none of the operation's security alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingCredentials {
    pub(super) operation: &'static str,
    pub(super) alternatives: Vec<Vec<&'static str>>,
    pub(super) call: Option<Box<CallInfo>>,
}

impl MissingCredentials {
    /// `operationId`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Names of security schemes. All schemes of any one inner list are sufficient.
    #[must_use]
    pub fn alternatives(&self) -> &[Vec<&'static str>] {
        &self.alternatives
    }
}

impl fmt::Display for MissingCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        call_info::begin(self.operation, self.call.as_deref(), f)?;
        f.write_str(" was not sent: it needs credentials for ")?;
        for (at, schemes) in self.alternatives.iter().enumerate() {
            if at > 0 {
                f.write_str(", or for ")?;
            }
            for (at, scheme) in schemes.iter().enumerate() {
                write!(f, "{}`{scheme}`", if at > 0 { " and " } else { "" })?;
            }
        }
        f.write_str(
            "; pass them to `credentials` of the client's builder, or send the call with \
             `RequestOptions::new().anonymous()`",
        )
    }
}

/// A call or an attempt took too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeout {
    pub(super) after: Duration,
    pub(super) scope: TimeoutScope,
    pub(super) call: Option<Box<CallInfo>>,
}

/// The scope of a time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeoutScope {
    /// The whole call, including retries and pauses.
    Call,
    /// One attempt.
    Attempt,
}

impl Timeout {
    /// The limit that was exceeded.
    #[must_use]
    pub fn after(&self) -> Duration {
        self.after
    }

    /// Whether the call or an attempt took too long.
    #[must_use]
    pub fn scope(&self) -> TimeoutScope {
        self.scope
    }
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, setting) = match self.scope {
            TimeoutScope::Call => ("response", "timeout"),
            TimeoutScope::Attempt => ("response to the attempt", "attempt_timeout"),
        };
        write!(f, "no {what} arrived within {:?}; raise the setting `{setting}` to wait longer", self.after)?;
        call_info::append(self.call.as_deref(), f)
    }
}

/// A response is larger than the limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyTooLarge {
    pub(super) status: StatusCode,
    pub(super) limit: u64,
    pub(super) call: Option<Box<CallInfo>>,
}

impl BodyTooLarge {
    /// The limit in bytes.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }
}

impl fmt::Display for BodyTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the response ({}) is larger than the limit of {} bytes; raise the setting `max_body` to allow more",
            self.status.as_u16(),
            self.limit
        )?;
        call_info::append(self.call.as_deref(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::Error;
    use crate::value::Never;

    #[test]
    fn errors_are_small_whatever_the_documented_errors_contain() {
        assert!(size_of::<Error<Never>>() <= 64);
        assert_eq!(size_of::<Error<[u8; 4096]>>(), size_of::<Error<Never>>());
    }
}
