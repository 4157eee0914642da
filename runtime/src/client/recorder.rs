//! A transport for tests. It records requests, and either returns prepared responses or passes the
//! requests on.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::request::{Request, Response, Target};
use super::transport::{Transport, TransportError, TransportErrorKind};
use crate::body::Body;
use crate::confidential::RedactedHeaders;
use crate::future::BoxFuture;

/// Longer bodies are refused.
const MAX_BODY: u64 = 64 * 1024 * 1024;

/// Records requests for assertions. Clones share the recording.
///
/// ```
/// use specwright_runtime::client::{Builder, MockResponse, Recorder};
///
/// let recorder = Recorder::new();
/// recorder.respond_with(MockResponse::json(200, "{\"id\": 1}"));
/// let client = Builder::new("https://api.example.com").transport(recorder.clone()).build();
/// // … after a call: `recorder.requests()[0].path`
/// ```
#[derive(Clone, Default)]
pub struct Recorder {
    shared: Arc<Shared>,
    inner: Option<Arc<dyn Transport>>,
}

#[derive(Default)]
struct Shared {
    requests: Mutex<Vec<RecordedRequest>>,
    responses: Mutex<VecDeque<MockResponse>>,
}

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
    target: Target,
}

impl RecordedRequest {
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

/// A response prepared for a [`Recorder`].
#[derive(Clone, Debug)]
pub struct MockResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
}

impl MockResponse {
    /// A response without a body. An invalid status becomes 500.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, headers: HeaderMap::new(), body: Body::empty() }
    }

    /// A response with a JSON body.
    #[must_use]
    pub fn json(status: u16, body: impl Into<Body>) -> Self {
        Self { body: body.into(), ..Self::empty(status) }.with_header("content-type", "application/json")
    }

    /// A response with any body.
    #[must_use]
    pub fn body(status: u16, content_type: &'static str, body: impl Into<Body>) -> Self {
        Self { body: body.into(), ..Self::empty(status) }.with_header("content-type", content_type)
    }

    /// Adds a header.
    ///
    /// # Panics
    /// If the name or the value is not a valid header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        self
    }
}

impl Recorder {
    /// A recorder that returns the responses of [`Recorder::respond_with`] in order. Once they are
    /// used up, calls fail.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A recorder that passes requests on to `inner` when no response is prepared.
    #[must_use]
    pub fn around(inner: impl Transport) -> Self {
        Self { inner: Some(Arc::new(inner)), ..Self::default() }
    }

    /// Prepares the response to the next request for which none is prepared yet.
    pub fn respond_with(&self, response: MockResponse) {
        self.shared.responses.lock().unwrap_or_else(PoisonError::into_inner).push_back(response);
    }

    /// The requests sent so far.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn handle(&self, mut request: Request) -> Result<Response, TransportError> {
        let body = std::mem::take(&mut request.body);
        let empty = body.is_empty();
        let body = body.collect(MAX_BODY).await;
        let body = body.map_err(|error| TransportError::new(TransportErrorKind::Request, error))?;
        self.remember(&request, &body);
        let mock = self.shared.responses.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        match (mock, &self.inner) {
            (Some(MockResponse { status, headers, body }), _) => Ok(Response::new(status, headers, body)),
            (None, Some(inner)) => {
                request.body = if empty { Body::empty() } else { body.into() };
                inner.send(request).await
            }
            (None, None) => Err(TransportError::new(
                TransportErrorKind::Request,
                "no response is prepared; call `Recorder::respond_with` once for each request",
            )),
        }
    }

    fn remember(&self, request: &Request, body: &Bytes) {
        self.shared.requests.lock().unwrap_or_else(PoisonError::into_inner).push(RecordedRequest {
            operation: request.operation.id,
            attempt: request.attempt,
            method: request.method.clone(),
            path: request.url.path().to_owned(),
            query: request.url.query().map(str::to_owned),
            url: request.url.clone(),
            headers: request.headers.clone(),
            body: body.clone(),
            target: request.target,
        });
    }
}

impl Transport for Recorder {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.handle(request))
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("requests", &self.requests()).finish_non_exhaustive()
    }
}
