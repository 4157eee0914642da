//! A request as transports and middleware see it, and what comes back.

use std::fmt;

use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::body::{Body, ByteStream};
use crate::descriptor::Operation;

/// One attempt at an operation, ready to be sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct Request {
    /// The operation.
    pub operation: &'static Operation,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// Method.
    pub method: Method,
    /// Whole URL. Its query may hold credentials, and so may the path of a receiver of webhooks.
    pub url: Url,
    /// Headers; those that hold credentials are marked as sensitive.
    pub headers: HeaderMap,
    /// Body.
    pub body: Body,
    pub(super) target: Target,
}

/// Shows the URL without its query (of a receiver of webhooks only the origin), and no header that holds a credential.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field("attempt", &self.attempt)
            .field("method", &self.method)
            .field("url", &self.target.shown(&self.url))
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish()
    }
}

/// Who says where a request goes, and with it what of its URL may be confidential.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// The document, below the base URL.
    Documented,
    /// The receiver of a webhook: whoever knows its URL can often post to it, so the path is a secret.
    Given,
}

impl Target {
    /// What of the URL may be shown.
    pub(super) fn shown(self, url: &Url) -> &str {
        match self {
            Self::Documented => &url[..url::Position::AfterPath],
            Self::Given => &url[..url::Position::BeforePath],
        }
    }
}

/// What a transport gives back: head and unread body.
#[derive(Debug)]
pub struct Response {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as it comes.
    pub body: ByteStream,
}

impl Response {
    /// A response put together by hand, for transports and middleware.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Body>) -> Self {
        Self { status, headers, body: body.into().into_stream() }
    }
}
