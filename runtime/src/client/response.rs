//! A decoded response with its status and headers.

use std::fmt;
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::call_info::CallInfo;
use super::rate_limit::RateLimit;
use crate::body::ByteStream;
use crate::confidential::RedactedHeaders;

/// Status and headers. They are boxed when a response arrives, because they are passed on many
/// times. `Debug` hides headers that may hold secrets.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// `None` in responses that an application makes.
    pub(super) call: Option<CallInfo>,
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
        f.debug_struct("Head")
            .field("status", &self.status)
            .field("headers", &headers)
            .field("call", &self.call)
            .finish()
    }
}

/// A decoded response: a value with its status and headers.
pub struct ResponseValue<T> {
    head: Box<Head>,
    inner: T,
    /// A body that the document does not describe. The lock only makes the value `Sync`.
    body: Option<Box<Mutex<ByteStream>>>,
}

/// The clone has no body that could be taken, because a stream can be read only once.
impl<T: Clone> Clone for ResponseValue<T> {
    fn clone(&self) -> Self {
        Self { head: self.head.clone(), inner: self.inner.clone(), body: None }
    }
}

impl<T> ResponseValue<T> {
    /// Creates a response, for tests and middleware.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, inner: T) -> Self {
        Self { head: Box::new(Head { status, headers, call: None }), inner, body: None }
    }

    pub(super) fn received(head: Box<Head>, inner: T, body: Option<ByteStream>) -> Self {
        Self { head, inner, body: body.map(|body| Box::new(Mutex::new(body))) }
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

    /// The call that this is the response to; `None` if an application made the response.
    #[must_use]
    pub fn call(&self) -> Option<&CallInfo> {
        self.head.call.as_ref()
    }

    /// How many requests are left, if the response says so.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(&self.head.headers)
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

    /// The body, if the document describes exactly one success and that success has a body. It is a
    /// type parameter, so that the compiler shows the message of [`SingleBody`] otherwise.
    #[must_use]
    pub fn body<B>(&self) -> &B
    where
        T: SingleBody<Body = B>,
    {
        self.inner.body()
    }

    /// Returns the body, if the document describes exactly one success and that success has a body.
    #[must_use]
    pub fn into_body<B>(self) -> B
    where
        T: SingleBody<Body = B>,
    {
        self.inner.into_body()
    }

    /// Takes the body of a response for which the document describes none. Many servers send one
    /// all the same. The stream is empty if there was no body, if the document describes the body,
    /// or if the body has already been taken.
    ///
    /// ```
    /// # async fn example(mut response: specwright_runtime::client::ResponseValue<()>) -> Result<(), Box<dyn std::error::Error>> {
    /// let bytes = response.take_body().collect(1 << 20).await?;
    /// let value: serde_json::Value = serde_json::from_slice(&bytes)?;
    /// # Ok(()) }
    /// ```
    pub fn take_body(&mut self) -> ByteStream {
        let body = self.body.take().map(|body| body.into_inner().unwrap_or_else(PoisonError::into_inner));
        body.unwrap_or_else(|| Bytes::new().into())
    }

    /// Returns status, headers and value.
    #[must_use]
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        let Head { status, headers, .. } = *self.head;
        (status, headers, self.inner)
    }

    /// Converts the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> ResponseValue<U> {
        ResponseValue { head: self.head, inner: change(self.inner), body: self.body }
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
            .finish_non_exhaustive()
    }
}
