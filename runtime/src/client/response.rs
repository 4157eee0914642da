//! A decoded response with its status and headers.

use std::fmt;
use std::ops::Deref;

use http::{HeaderMap, StatusCode};

use crate::confidential::RedactedHeaders;

/// Status and headers. Boxed where a response arrives, because it is passed on many times.
/// `Debug` hides headers that may hold secrets.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
}

/// The documented successes of an operation, if there is exactly one and it has a body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not one response with a body",
    label = "the document describes several successes, or one without a body",
    note = "match on the enum that `into_inner()` returns"
)]
pub trait SingleBody {
    /// The body.
    type Body;

    /// The body.
    fn body(&self) -> &Self::Body;

    /// Returns the body.
    fn into_body(self) -> Self::Body;
}

impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = RedactedHeaders(&self.headers);
        f.debug_struct("Head").field("status", &self.status).field("headers", &headers).finish()
    }
}

/// A decoded response: a value with its status and headers.
#[derive(Clone)]
pub struct ResponseValue<T> {
    head: Box<Head>,
    inner: T,
}

impl<T> ResponseValue<T> {
    /// Creates a response, for tests and middleware.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, inner: T) -> Self {
        Self { head: Box::new(Head { status, headers }), inner }
    }

    pub(super) fn with_head(head: Box<Head>, inner: T) -> Self {
        Self { head, inner }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The value.
    #[must_use]
    pub fn inner(&self) -> &T {
        &self.inner
    }

    /// Returns the value without status and headers.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.inner
    }

    /// The body, where the document describes one success and that has a body. It is a type
    /// parameter so that the compiler shows the message of [`SingleBody`] where it does not.
    #[must_use]
    pub fn body<B>(&self) -> &B
    where
        T: SingleBody<Body = B>,
    {
        self.inner.body()
    }

    /// Returns the body, where the document describes one success and that has a body.
    #[must_use]
    pub fn into_body<B>(self) -> B
    where
        T: SingleBody<Body = B>,
    {
        self.inner.into_body()
    }

    /// Returns status, headers and value.
    #[must_use]
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        let Head { status, headers } = *self.head;
        (status, headers, self.inner)
    }

    /// Converts the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> ResponseValue<U> {
        ResponseValue { head: self.head, inner: change(self.inner) }
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseValue")
            .field("status", &self.head.status)
            .field("headers", &RedactedHeaders(&self.head.headers))
            .field("inner", &self.inner)
            .finish()
    }
}
