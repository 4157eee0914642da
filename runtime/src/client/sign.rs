//! Middleware that signs the requests that are sent.

use std::time::SystemTime;

use super::middleware::{Middleware, Next};
use super::request::{Request, Response};
use super::transport::{TransportError, TransportErrorKind};
use crate::future::BoxFuture;
use crate::signature::Signatures;

/// Signs each attempt: `builder.layer(signatures)`. A scheme with IDs takes the ID from a header of
/// the call. Set it with [`RequestOptions::header`](super::RequestOptions::header), so that all
/// attempts to deliver a message have the same ID. Without it, each attempt has its own ID.
impl Middleware for Signatures {
    fn handle<'a>(&'a self, mut request: Request, next: Next<'a>) -> BoxFuture<'a, Result<Response, TransportError>> {
        Box::pin(async move {
            let bytes = request.body.as_bytes().cloned().unwrap_or_default();
            if bytes.is_empty() && !request.body.is_empty() {
                return Err(TransportError::new(TransportErrorKind::Request, "a streamed body cannot be signed"));
            }
            let given =
                self.id_header().and_then(|name| request.headers.get(name)?.to_str().ok().map(ToOwned::to_owned));
            let id =
                given.unwrap_or_else(|| format!("msg_{:016x}{:016x}", crate::random::bits(), crate::random::bits()));
            request.headers.extend(self.sign(&id, &bytes, SystemTime::now()));
            next.run(request).await
        })
    }
}
