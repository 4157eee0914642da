//! Failures of service methods and of authentication.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::time::Duration;

use http::StatusCode;
use http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};

use super::RejectionKind;

/// Why a service method did not succeed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure<E> {
    /// A documented error response.
    Api(E),
    /// An internal error: 500. The text is logged and never sent to the caller.
    Internal(Box<dyn Error + Send + Sync>),
    /// The operation is not implemented: 501.
    NotImplemented,
    /// An undocumented rejection, such as a 404 that the document takes for granted. It passes
    /// through `reject`, like the rejections of the router, and a client sees an undocumented
    /// status.
    Rejected {
        /// The kind, which decides the status.
        kind: RejectionKind,
        /// One sentence for the caller, without a full stop.
        detail: Cow<'static, str>,
        /// Headers of the response.
        headers: Box<HeaderMap>,
    },
}

impl<E> Failure<E> {
    /// A failure that is logged and becomes a plain 500. If the error comes from a streamed request
    /// body that is invalid, unreadable or too slow, the failure becomes a rejection instead (422,
    /// 400, 408).
    pub fn internal(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    /// An undocumented rejection. `detail` is sent to the caller.
    pub fn rejected(kind: RejectionKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::Rejected { kind, detail: detail.into(), headers: Box::default() }
    }

    /// A refusal with any status from 400 on, such as 412 or 429. `detail` is sent to the caller.
    /// Any other status is an internal error.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use specwright_runtime::StatusCode;
    /// # use specwright_runtime::server::Failure;
    /// # fn too_many() -> Failure<()> {
    /// Failure::refused(StatusCode::TOO_MANY_REQUESTS, "too many requests").with_retry_after(Duration::from_secs(30))
    /// # }
    /// ```
    pub fn refused(status: StatusCode, detail: impl Into<Cow<'static, str>>) -> Self {
        if !status.is_client_error() && !status.is_server_error() {
            return Self::internal(format!("a refusal has a status from 400 on, not {status}"));
        }
        Self::rejected(RejectionKind::of(status), detail)
    }

    /// Adds a header to the response of a rejection. Documented errors have their own headers.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if let Self::Rejected { headers, .. } = &mut self {
            headers.append(name, value);
        }
        self
    }

    /// Adds `Retry-After` to the response of a rejection, in whole seconds, rounded up.
    #[must_use]
    pub fn with_retry_after(self, after: Duration) -> Self {
        let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
        self.with_header(RETRY_AFTER, seconds.into())
    }

    /// The failure of an operation without an implementation.
    #[must_use]
    pub fn not_implemented() -> Self {
        Self::NotImplemented
    }
}

/// Allows `?` on a documented error.
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

/// Why credentials are not accepted.
#[derive(Debug)]
#[non_exhaustive]
pub enum AuthError {
    /// The credentials are unknown, expired or revoked: 401.
    Unauthorized,
    /// The credentials are valid, but do not allow the operation: 403.
    Forbidden,
    /// The credentials could not be checked: 500. The text is logged and never sent to the caller.
    Internal(Box<dyn Error + Send + Sync>),
}

impl AuthError {
    /// A failure that is logged and becomes a plain 500.
    pub fn internal(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }
}
