//! Why a call failed: what, where, and what to do. Nothing confidential is shown.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::raw_response::DecodeError;
use super::response::ResponseValue;
use super::token::TokenError;
use super::transport::TransportError;
use crate::value::Never;

/// How many bytes of an unexpected body are kept.
const EXCERPT: usize = 4096;

/// Why a call failed. `E` holds the documented errors of the operation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// A documented error: the operation's own type says which.
    Api(Box<ResponseValue<E>>),
    /// The request was not sent: something is missing or cannot be written.
    InvalidRequest(InvalidRequest),
    /// The request was not sent: none of the operation's alternatives is satisfied by the credentials at hand.
    MissingCredentials(MissingCredentials),
    /// The request was not sent: a token source had no token.
    Token(TokenError),
    /// The request could not be sent or the response not be received.
    Transport(TransportError),
    /// It took too long.
    Timeout(Timeout),
    /// The response is larger than allowed.
    BodyTooLarge(BodyTooLarge),
    /// A status that the document does not mention.
    UnexpectedStatus(UnexpectedResponse),
    /// A documented status with a body that cannot be read.
    InvalidBody(InvalidBody),
}

impl<E> Error<E> {
    /// Status of the response, if there was one.
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
            | Self::Timeout(_) => None,
        }
    }

    /// Headers of the response, if there was one that was received whole.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Api(response) => Some(response.headers()),
            Self::UnexpectedStatus(unexpected) => Some(unexpected.headers()),
            Self::InvalidBody(invalid) => Some(invalid.unexpected.headers()),
            _ => None,
        }
    }

    /// Whether the same call could succeed at another time.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_transient(),
            Self::Timeout(_) => true,
            other => other.status().is_some_and(super::retry::is_transient),
        }
    }

    /// The documented error, if that is what it is.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        match self {
            Self::Api(response) => Some(response),
            _ => None,
        }
    }

    /// The same failure with another type of documented errors.
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
        }
    }
}

impl Error<Never> {
    /// A failure that has nothing to do with what the operation documents.
    pub(super) fn widen<E>(self) -> Error<E> {
        self.map(|never| match never {})
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(response) => {
                f.write_str("the API answered ")?;
                crate::status::fmt(response.status().as_u16(), f)
            }
            Self::InvalidRequest(error) => error.fmt(f),
            Self::MissingCredentials(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::BodyTooLarge(error) => error.fmt(f),
            Self::UnexpectedStatus(error) => error.fmt(f),
            Self::InvalidBody(error) => error.fmt(f),
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

/// The request cannot be sent as it was put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRequest {
    pub(super) operation: &'static str,
    pub(super) problems: Vec<Problem>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is about, such as ``path parameter `user_id` ``.
    pub subject: String,
    /// What is wrong with it, such as `must be given`.
    pub message: String,
}

impl InvalidRequest {
    /// `operationId`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What is wrong; never empty.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` was not sent", self.operation)?;
        for (at, problem) in self.problems.iter().enumerate() {
            f.write_str(if at == 0 { ": " } else { "; " })?;
            write!(f, "{} {}", problem.subject, problem.message)?;
        }
        Ok(())
    }
}

/// None of the operation's security alternatives is satisfied by the credentials at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingCredentials {
    pub(super) operation: &'static str,
    pub(super) alternatives: Vec<Vec<&'static str>>,
}

impl MissingCredentials {
    /// `operationId`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Names of schemes: any one of the inner lists, all of it, would do.
    #[must_use]
    pub fn alternatives(&self) -> &[Vec<&'static str>] {
        &self.alternatives
    }
}

impl fmt::Display for MissingCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` was not sent: it needs credentials for ", self.operation)?;
        for (at, schemes) in self.alternatives.iter().enumerate() {
            if at > 0 {
                f.write_str(", or for ")?;
            }
            for (at, scheme) in schemes.iter().enumerate() {
                write!(f, "{}`{scheme}`", if at > 0 { " and " } else { "" })?;
            }
        }
        f.write_str("; give them to the client's builder by `credentials`")
    }
}

/// A call or an attempt took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout {
    pub(super) after: Duration,
    pub(super) scope: TimeoutScope,
}

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeoutScope {
    /// The whole call, retries and pauses included.
    Call,
    /// One attempt.
    Attempt,
}

impl Timeout {
    /// How long was waited.
    #[must_use]
    pub fn after(&self) -> Duration {
        self.after
    }

    /// What took too long.
    #[must_use]
    pub fn scope(&self) -> TimeoutScope {
        self.scope
    }
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, setting) = match self.scope {
            TimeoutScope::Call => ("whole response", "timeout"),
            TimeoutScope::Attempt => ("response to the attempt", "attempt_timeout"),
        };
        write!(f, "no {what} came within {:?}; the setting `{setting}` allows for more", self.after)
    }
}

/// A response is larger than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyTooLarge {
    pub(super) status: StatusCode,
    pub(super) limit: u64,
}

impl BodyTooLarge {
    /// How many bytes are allowed.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }
}

impl fmt::Display for BodyTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the response ({}) is larger than the limit of {} bytes; the setting `max_body` allows for more",
            self.status.as_u16(),
            self.limit
        )
    }
}

/// A response that the document does not describe: its head, and the beginning of its body.
#[derive(Clone)]
pub struct UnexpectedResponse(Box<Head>);

#[derive(Clone)]
struct Head {
    status: StatusCode,
    headers: HeaderMap,
    excerpt: Bytes,
}

impl UnexpectedResponse {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: &Bytes) -> Self {
        // A copy, so that a large body is not kept for the sake of its beginning.
        let excerpt = Bytes::copy_from_slice(&body[..body.len().min(EXCERPT)]);
        Self(Box::new(Head { status, headers, excerpt }))
    }

    /// Status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The first 4096 bytes of the body. They may be confidential.
    #[must_use]
    pub fn excerpt(&self) -> &[u8] {
        &self.0.excerpt
    }

    /// The same as text.
    #[must_use]
    pub fn excerpt_text(&self) -> String {
        String::from_utf8_lossy(&self.0.excerpt).into_owned()
    }
}

impl fmt::Debug for UnexpectedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnexpectedResponse")
            .field("status", &self.0.status)
            .field("headers", &self.0.headers)
            .field("excerpt", &format_args!("[{} bytes]", self.0.excerpt.len()))
            .finish()
    }
}

impl fmt::Display for UnexpectedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the API answered ")?;
        crate::status::fmt(self.0.status.as_u16(), f)?;
        f.write_str(", which its document does not mention")?;
        if self.0.status.is_redirection() && self.0.headers.contains_key(http::header::LOCATION) {
            f.write_str(
                "; redirects to other hosts are not followed, for they would carry the credentials along, nor those that \
                 would change the method, cannot send the body again, or go in a circle",
            )?;
        }
        Ok(())
    }
}

/// A documented status with a body that cannot be read.
#[derive(Clone, Debug)]
pub struct InvalidBody {
    /// The response.
    pub unexpected: UnexpectedResponse,
    /// What is wrong with its body.
    pub source: DecodeError,
}

impl fmt::Display for InvalidBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response ({}) cannot be read: {}", self.unexpected.status().as_u16(), self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::Error;
    use crate::value::Never;

    #[test]
    fn errors_are_small_whatever_the_documented_errors_hold() {
        assert!(size_of::<Error<Never>>() <= 64);
        assert_eq!(size_of::<Error<[u8; 4096]>>(), size_of::<Error<Never>>());
    }
}
