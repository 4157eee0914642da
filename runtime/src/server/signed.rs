//! A layer that verifies the signature of each webhook before anything reads its body.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::SystemTime;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use tower_layer::Layer;
use tower_service::Service;

use super::request::read_whole;
use super::{Limits, Rejection, RejectionKind};
use crate::future::BoxFuture;
use crate::signature::Signatures;

/// Passes on only requests whose body is signed:
/// `webhooks::router(service).layer(signed(signatures))`. Other requests get 401. The body is read
/// as a whole, within the [`Limits`] that a layer outside this one sets.
#[must_use]
pub fn signed(signatures: Signatures) -> Signed {
    Signed(Arc::new(signatures))
}

/// The layer that [`signed`] returns.
#[derive(Clone, Debug)]
pub struct Signed(Arc<Signatures>);

/// A service wrapped by [`Signed`].
#[derive(Clone, Debug)]
pub struct SignedService<S> {
    inner: S,
    signatures: Arc<Signatures>,
}

impl<S> Layer<S> for Signed {
    type Service = SignedService<S>;

    fn layer(&self, inner: S) -> SignedService<S> {
        SignedService { inner, signatures: Arc::clone(&self.0) }
    }
}

impl<S> Service<Request> for SignedService<S>
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        // The service that is ready is called, and a copy replaces it.
        let copy = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, copy);
        let signatures = Arc::clone(&self.signatures);
        Box::pin(async move {
            match verified(&signatures, request).await {
                Ok(request) => inner.call(request).await,
                Err(rejection) => Ok(rejection.into_response()),
            }
        })
    }
}

async fn verified(signatures: &Signatures, request: Request) -> Result<Request, Rejection> {
    let (parts, body) = request.into_parts();
    let limits = parts.extensions.get::<Limits>().copied().unwrap_or_default();
    let bytes = read_whole(body, limits.body, limits.read_timeout).await?;
    signatures
        .verify(&parts.headers, &bytes, SystemTime::now())
        .map_err(|error| Rejection::new(RejectionKind::Unauthorized, error.to_string()))?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}
