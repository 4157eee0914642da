//! Transports: HTTP through reqwest, or anything else that implements [`Transport`].

use std::error::Error;
use std::fmt;

#[cfg(not(target_arch = "wasm32"))]
use futures::FutureExt as _;
use futures::StreamExt as _;
#[cfg(not(target_arch = "wasm32"))]
use http::Method;

use super::call_info::{self, CallInfo};
use super::request::{Request, Response};
use crate::body::{ByteStream, StreamError};
use crate::future::{BoxFuture, MaybeSend, MaybeSync};

/// Sends one request and returns its response with a streamed body.
///
/// A transport does not follow redirects, retry, or interpret statuses.
pub trait Transport: MaybeSend + MaybeSync + 'static {
    /// Sends a request.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        (**self).send(request)
    }
}

/// The request could not be sent, or its response was not received.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn Error + Send + Sync>,
    pub(super) call: Option<Box<CallInfo>>,
}

/// The step that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// Connecting failed; nothing was sent.
    Connect,
    /// The transport itself timed out.
    Timeout,
    /// The request was sent, at least partly, but no response arrived.
    Exchange,
    /// The response body broke off.
    Body,
    /// The request cannot be sent; a retry would not help.
    Request,
}

impl TransportError {
    /// An error of a transport or middleware.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, source: source.into(), call: None }
    }

    pub(super) fn of_call(self, call: CallInfo) -> Self {
        Self { call: Some(Box::new(call)), ..self }
    }

    /// The step that failed.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether a retry could succeed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.kind != TransportErrorKind::Request
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect to the server",
            TransportErrorKind::Timeout => "the connection timed out",
            TransportErrorKind::Exchange => "the connection failed before a response arrived",
            TransportErrorKind::Body => "the response broke off before its end",
            TransportErrorKind::Request => "the request could not be sent",
        })?;
        let mut source: Option<&(dyn Error + 'static)> = Some(&*self.source);
        // The innermost cause is the most specific: `connection refused`.
        while let Some(inner) = source.and_then(Error::source) {
            source = Some(inner);
        }
        if let Some(cause) = source {
            write!(f, ": {cause}")?;
        }
        call_info::append(self.call.as_deref(), f)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// HTTP through a `reqwest::Client`.
#[derive(Clone, Debug)]
pub struct Http(pub(super) reqwest::Client);

impl Http {
    /// A transport that uses this client.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self(client)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Transport for Http {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        // The future holds only what is being sent, once: an async block would hold it twice.
        Box::pin(self.0.execute(outgoing(request)).map(|sent| sent.map(incoming).map_err(explain)))
    }
}

#[cfg(target_arch = "wasm32")]
impl Transport for Http {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let request = outgoing(request).await?;
            self.0.execute(request).await.map(incoming).map_err(explain)
        })
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn outgoing(request: Request) -> reqwest::Request {
    let mut out = reqwest::Request::new(request.method, request.url);
    *out.headers_mut() = request.headers;
    let body = request.body;
    match body.as_bytes() {
        // Some servers respond 411 to these methods without a `Content-Length` (RFC 9110, 8.6).
        _ if body.is_empty() && matches!(*out.method(), Method::POST | Method::PUT | Method::PATCH) => {
            out.headers_mut().insert(http::header::CONTENT_LENGTH, 0.into());
        }
        _ if body.is_empty() => {}
        Some(bytes) => *out.body_mut() = Some(bytes.clone().into()),
        None => {
            if let Some(length) = body.length() {
                out.headers_mut().insert(http::header::CONTENT_LENGTH, length.into());
            }
            *out.body_mut() = Some(reqwest::Body::wrap_stream(body.into_stream()));
        }
    }
    out
}

/// Browsers cannot stream a request body, so it is buffered. Larger bodies are refused.
#[cfg(target_arch = "wasm32")]
const MAX_BUFFERED: u64 = 256 * 1024 * 1024;

#[cfg(target_arch = "wasm32")]
async fn outgoing(request: Request) -> Result<reqwest::Request, TransportError> {
    let mut out = reqwest::Request::new(request.method, request.url);
    *out.headers_mut() = request.headers;
    if !request.body.is_empty() {
        let bytes = request.body.collect(MAX_BUFFERED).await;
        let bytes = bytes.map_err(|error| TransportError::new(TransportErrorKind::Request, error))?;
        *out.body_mut() = Some(bytes.into());
    }
    Ok(out)
}

fn incoming(mut response: reqwest::Response) -> Response {
    let headers = std::mem::take(response.headers_mut());
    let (status, length) = (response.status(), response.content_length());
    let body = response.bytes_stream();
    let body =
        ByteStream::new(body.map(|chunk| chunk.map_err(|error| StreamError::Transport(error.without_url().into()))));
    let body = match length {
        Some(length) => body.with_length(length),
        None => body,
    };
    Response { status, headers, body }
}

/// Removes the URL from reqwest's errors, because its query may hold credentials.
fn explain(error: reqwest::Error) -> TransportError {
    let kind = if error.is_builder() || taken(&error) {
        TransportErrorKind::Request
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if connecting(&error) {
        TransportErrorKind::Connect
    } else {
        TransportErrorKind::Exchange
    };
    TransportError::new(kind, error.without_url())
}

#[cfg(not(target_arch = "wasm32"))]
fn connecting(error: &reqwest::Error) -> bool {
    error.is_connect()
}

#[cfg(target_arch = "wasm32")]
fn connecting(_: &reqwest::Error) -> bool {
    false
}

/// Whether the body was a one-time stream that had been sent before.
fn taken(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        if matches!(cause.downcast_ref(), Some(StreamError::AlreadyTaken)) {
            return true;
        }
        source = cause.source();
    }
    false
}
