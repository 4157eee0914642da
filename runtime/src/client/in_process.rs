//! A transport to a router in the same process, without a socket.

use axum::Router;
use futures::StreamExt as _;
use tower_service::Service as _;

use super::request::{Request, Response};
use super::transport::{Transport, TransportError, TransportErrorKind};
use crate::body::{ByteStream, StreamError};
use crate::future::BoxFuture;

/// Sends requests to a router in the same process.
///
/// ```no_run
/// # fn router() -> axum::Router { axum::Router::new() }
/// use specwright_runtime::client::{Builder, InProcess};
///
/// let client = Builder::new("http://in-process").transport(InProcess::new(router())).build();
/// ```
#[derive(Clone, Debug)]
pub struct InProcess {
    router: Router,
}

impl InProcess {
    /// A transport to this router.
    #[must_use]
    pub fn new(router: Router) -> Self {
        Self { router }
    }
}

impl Transport for InProcess {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let mut router = self.router.clone();
        Box::pin(async move {
            let request = outgoing(request)?;
            let Ok(response) = router.call(request).await;
            let (head, body) = response.into_parts();
            let body = body.into_data_stream();
            let body = ByteStream::new(body.map(|chunk| chunk.map_err(|error| StreamError::Transport(error.into()))));
            Ok(Response { status: head.status, headers: head.headers, body })
        })
    }
}

fn outgoing(request: Request) -> Result<http::Request<axum::body::Body>, TransportError> {
    let uri: http::Uri = request.url[url::Position::BeforePath..url::Position::AfterQuery]
        .parse()
        .map_err(|error: http::uri::InvalidUri| TransportError::new(TransportErrorKind::Request, error))?;
    let mut headers = request.headers;
    if let Ok(host) = http::HeaderValue::from_str(request.url.authority()) {
        headers.insert(http::header::HOST, host);
    }
    let body = match request.body.as_bytes() {
        _ if request.body.is_empty() => axum::body::Body::empty(),
        Some(bytes) => {
            headers.insert(http::header::CONTENT_LENGTH, bytes.len().into());
            axum::body::Body::from(bytes.clone())
        }
        None => axum::body::Body::from_stream(request.body.into_stream()),
    };
    let mut out = http::Request::new(body);
    *out.method_mut() = request.method;
    *out.uri_mut() = uri;
    *out.headers_mut() = headers;
    Ok(out)
}
