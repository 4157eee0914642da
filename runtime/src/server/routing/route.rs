//! An operation with its handler.

use std::sync::Arc;

use axum::response::Response;

use crate::descriptor::Operation;
use crate::future::BoxFuture;
use crate::server::{Rejection, Request};

/// The future of a request that is being handled.
pub type HandlerFuture = BoxFuture<'static, Result<Response, Rejection>>;

/// An operation with its handler, which reads the input and calls the service.
#[derive(Debug)]
pub struct Route<S> {
    pub(super) operation: &'static Operation,
    pub(super) handler: Handler<S>,
}

type Handler<S> = fn(Arc<S>, Request) -> HandlerFuture;

/// Creates a route for [`router`](super::router) or [`endpoint`](super::endpoint).
pub fn route<S>(operation: &'static Operation, handler: fn(Arc<S>, Request) -> HandlerFuture) -> Route<S> {
    Route { operation, handler }
}
