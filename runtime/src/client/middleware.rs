//! Middleware: hooks around every attempt.

use std::sync::Arc;

use super::request::{Request, Response};
use super::transport::{Transport, TransportError};
use crate::confidential::hide_secrets;
use crate::future::{BoxFuture, MaybeSend, MaybeSync};

/// Code around every attempt. It may change the request or the response, or respond itself. The
/// first middleware that is added to the builder is the outermost. The request already holds its
/// credentials; `Debug` hides them, and also headers of the response that may hold secrets.
///
/// ```
/// use specwright_runtime::client::{Builder, Middleware, Next, Request, Response, TransportError};
/// use specwright_runtime::{BoxFuture, HeaderValue};
///
/// /// Marks requests and logs the outcome of each attempt.
/// struct Log;
///
/// impl Middleware for Log {
///     fn handle<'a>(&'a self, mut request: Request, next: Next<'a>) -> BoxFuture<'a, Result<Response, TransportError>> {
///         Box::pin(async move {
///             let (operation, attempt) = (request.operation.id, request.attempt);
///             request.headers.insert("x-caller", HeaderValue::from_static("billing"));
///             let response = next.run(request).await;
///             eprintln!("{operation}, attempt {attempt}: {:?}", response.as_ref().map(|response| response.status));
///             response
///         })
///     }
/// }
///
/// let client = Builder::new("https://api.example.com").layer(Log).build();
/// # assert!(client.is_ok());
/// ```
pub trait Middleware: MaybeSend + MaybeSync + 'static {
    /// Handles one attempt; `next.run(request)` continues it.
    fn handle<'a>(&'a self, request: Request, next: Next<'a>) -> BoxFuture<'a, Result<Response, TransportError>>;
}

/// The rest of the chain after a [`Middleware`]: the inner ones, then the transport.
#[derive(Clone, Copy)]
pub struct Next<'a> {
    rest: &'a [Arc<dyn Middleware>],
    transport: &'a dyn Transport,
    /// Whether a middleware sees the response before the client does.
    seen: bool,
}

impl<'a> Next<'a> {
    pub(super) fn new(rest: &'a [Arc<dyn Middleware>], transport: &'a dyn Transport) -> Self {
        Self { rest, transport, seen: false }
    }

    /// Continues with a request.
    #[must_use]
    pub fn run(self, request: Request) -> BoxFuture<'a, Result<Response, TransportError>> {
        match self.rest.split_first() {
            Some((first, rest)) => first.handle(request, Self { rest, seen: true, ..self }),
            None if self.seen => Box::pin(async move {
                let mut response = self.transport.send(request).await?;
                hide_secrets(&mut response.headers);
                Ok(response)
            }),
            None => self.transport.send(request),
        }
    }
}

impl std::fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Next").field("middleware", &self.rest.len()).finish_non_exhaustive()
    }
}
