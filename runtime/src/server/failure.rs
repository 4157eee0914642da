//! How a method of a service fails, and how authentication does.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use super::RejectionKind;

/// Why a method does not response with success.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure<E> {
    /// A documented error.
    Api(E),
    /// Something else went wrong: 500. The text goes to the log and never to the caller.
    Internal(Box<dyn Error + Send + Sync>),
    /// There is no implementation: 501.
    NotImplemented,
    /// A refusal that the document leaves out, such as a 404 that everyone knows of: it goes through `reject`, like those of
    /// the router, and a client sees it as an undocumented status.
    Rejected {
        /// What kind of refusal it is; it gives the status.
        kind: RejectionKind,
        /// One sentence for the caller, without a full stop.
        detail: Cow<'static, str>,
    },
}

impl<E> Failure<E> {
    /// A failure that is logged and answered with a bare 500; but if it is the error of a streamed request body that is not what
    /// the document describes, or too slow, it is a refusal that tells the caller so (422, 400, 408).
    pub fn internal(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    /// A refusal that the document leaves out; `detail` is sent.
    pub fn rejected(kind: RejectionKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::Rejected { kind, detail: detail.into() }
    }

    /// The response of a method without an implementation.
    #[must_use]
    pub fn not_implemented() -> Self {
        Self::NotImplemented
    }
}

/// `?` on a documented error.
impl<E> From<E> for Failure<E> {
    fn from(error: E) -> Self {
        Self::Api(error)
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Internal(error) => error.fmt(f),
            Self::NotImplemented => f.write_str("not implemented"),
            Self::Rejected { detail, .. } => f.write_str(detail),
        }
    }
}

/// Why presented credentials do not let a request through.
#[derive(Debug)]
#[non_exhaustive]
pub enum AuthError {
    /// They are unknown, expired or revoked: 401.
    Unauthorized,
    /// They are good, but not for this: 403.
    Forbidden,
    /// They could not be validated: 500. The text goes to the log and never to the caller.
    Internal(Box<dyn Error + Send + Sync>),
}

impl AuthError {
    /// A failure that is logged and answered with a bare 500.
    pub fn internal(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }
}
