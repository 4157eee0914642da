//! A request as a recorder keeps it.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::client::request::{Request, Target};
use crate::confidential::RedactedHeaders;
use crate::descriptor::Operation;

/// A recorded request. `Debug` hides confidential content; the fields do not.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// `operationId`.
    pub operation: &'static str,
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// The method.
    pub method: Method,
    /// The complete URL.
    pub url: url::Url,
    /// The path, percent-encoded.
    pub path: String,
    /// The query, percent-encoded.
    pub query: Option<String>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    pub(super) descriptor: &'static Operation,
    target: Target,
}

impl RecordedRequest {
    pub(super) fn new(request: &Request, body: Bytes) -> Self {
        Self {
            operation: request.operation.id,
            attempt: request.attempt,
            method: request.method.clone(),
            path: request.url.path().to_owned(),
            query: request.url.query().map(str::to_owned),
            url: request.url.clone(),
            headers: request.headers.clone(),
            body,
            descriptor: request.operation,
            target: request.target,
        }
    }

    /// A header as text; `None` if it is absent or not text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body as JSON; `null` if it is not JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("operation", &self.operation)
            .field("attempt", &self.attempt)
            .field("method", &self.method)
            .field("url", &self.target.shown(&self.url))
            .field("headers", &RedactedHeaders(&self.headers))
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .finish_non_exhaustive()
    }
}
