//! Requests and responses, as transports and middleware see them.

use std::fmt;

use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::body::{Body, ByteStream};
use crate::confidential::RedactedHeaders;
use crate::descriptor::Operation;

/// One attempt of a call, ready to be sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct Request {
    /// The operation.
    pub operation: &'static Operation,
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// The method.
    pub method: Method,
    /// The complete URL. Its query may hold credentials, and so may the path of a webhook's
    /// receiver.
    pub url: Url,
    /// The headers; those that hold credentials are marked as sensitive.
    pub headers: HeaderMap,
    /// The body.
    pub body: Body,
    pub(super) target: Target,
}

/// Shows the URL without its query (only the origin for webhooks), and hides headers that hold
/// credentials.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field("attempt", &self.attempt)
            .field("method", &self.method)
            .field("url", &self.target.shown(&self.url))
            .field("headers", &RedactedHeaders(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

/// Who chose the URL of a request. This decides how much of the URL is confidential.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// The document chose it, below the base URL.
    Documented,
    /// The receiver of a webhook chose it. Anyone who knows such a URL can often post to it, so the
    /// path is secret.
    Receiver,
}

impl Target {
    /// The part of the URL that may be shown.
    pub(super) fn shown(self, url: &Url) -> &str {
        match self {
            Self::Documented => &url[..url::Position::AfterPath],
            Self::Receiver => &url[..url::Position::BeforePath],
        }
    }
}

/// The response of a transport, with an unread body. `Debug` hides headers that may hold secrets.
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, streamed.
    pub body: ByteStream,
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &RedactedHeaders(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

impl Response {
    /// Creates a response, for transports and middleware.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Body>) -> Self {
        Self { status, headers, body: body.into().into_stream() }
    }
}
