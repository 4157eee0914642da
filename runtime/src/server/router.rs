//! Routes and a service → an [`axum::Router`] that validates each request before it reaches the
//! service.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::MethodRouter;
use http::HeaderValue;
use http::header::{ALLOW, CONTENT_TYPE};

use super::request::media;
use super::segment::is_utf8;
use super::table::{Lookup, Table};
use super::{Limits, Rejection, RejectionKind, Request};
use crate::descriptor::Operation;
use crate::future::BoxFuture;

/// The future of a handled request.
pub type HandlerFuture = BoxFuture<'static, Result<Response, Rejection>>;

/// An operation with its handler, which reads the input and calls the service.
#[derive(Debug)]
pub struct Route<S> {
    operation: &'static Operation,
    handler: Handler<S>,
}

type Handler<S> = fn(Arc<S>, Request) -> HandlerFuture;

/// Creates a route for [`router`] or [`endpoint`].
pub fn route<S>(operation: &'static Operation, handler: fn(Arc<S>, Request) -> HandlerFuture) -> Route<S> {
    Route { operation, handler }
}

/// A service, and how it shapes rejections.
struct Dispatcher<S> {
    service: Arc<S>,
    reject: fn(&S, Rejection) -> Response,
}

struct Shared<S> {
    dispatcher: Dispatcher<S>,
    handlers: Vec<Handler<S>>,
    table: Table,
}

/// A router over all `routes`. `reject` shapes the responses to rejected requests. The result is an
/// [`axum::Router`] with only a fallback: it can be nested under a prefix, wrapped in layers, and
/// merged with routers that have routes but no fallback. Two such routers cannot be merged; nest
/// them instead.
pub fn router<S: Send + Sync + 'static>(
    service: S,
    reject: fn(&S, Rejection) -> Response,
    routes: Vec<Route<S>>,
) -> Router {
    let table = Table::new(routes.iter().map(|route| route.operation).collect());
    let handlers = routes.into_iter().map(|route| route.handler).collect();
    let shared = Arc::new(Shared { dispatcher: Dispatcher { service: Arc::new(service), reject }, handlers, table });
    Router::new().fallback(move |request: axum::extract::Request| handle(Arc::clone(&shared), request))
}

/// A handler for operations at any path, chosen by method alone: for webhooks and callbacks, whose
/// path the application chooses.
///
/// If the path has variables, axum puts their values into the extensions of the request.
pub fn endpoint<S: Send + Sync + 'static>(
    service: &Arc<S>,
    reject: fn(&S, Rejection) -> Response,
    routes: Vec<Route<S>>,
) -> MethodRouter {
    let shared = Arc::new((Dispatcher { service: Arc::clone(service), reject }, routes));
    axum::routing::any(move |request: axum::extract::Request| {
        let shared = Arc::clone(&shared);
        async move {
            let (dispatcher, routes) = &*shared;
            let found = routes.iter().find(|route| route.operation.method == request.method().as_str());
            let found = found.map(|route| (route.handler, route.operation));
            dispatcher.respond(found.ok_or_else(|| method_not_allowed(&allowed(routes))), request).await
        }
    })
}

fn allowed<S>(routes: &[Route<S>]) -> String {
    let methods: BTreeSet<&str> = routes.iter().map(|route| route.operation.method).collect();
    methods.into_iter().collect::<Vec<_>>().join(", ")
}

async fn handle<S>(shared: Arc<Shared<S>>, request: axum::extract::Request) -> Response {
    let found = find(&shared, &request);
    shared.dispatcher.respond(found, request).await
}

impl<S> Dispatcher<S> {
    /// Handles a request, or shapes its rejection.
    async fn respond(
        &self,
        found: Result<(Handler<S>, &'static Operation), Rejection>,
        request: axum::extract::Request,
    ) -> Response {
        let response = match found {
            Err(rejection) => Err(rejection),
            Ok((handler, operation)) => {
                let (parts, body) = request.into_parts();
                let limits = parts.extensions.get::<Limits>().copied().unwrap_or_default();
                let request = Request::new(operation, parts, body, limits);
                let response = handler(Arc::clone(&self.service), request).await;
                response.map_err(|rejection| rejection.of(operation))
            }
        };
        response.unwrap_or_else(|rejection| self.reject(rejection))
    }

    /// Lets the service shape the response, and adds the headers that the standards require.
    fn reject(&self, rejection: Rejection) -> Response {
        let headers = rejection.headers().clone();
        let mut response = (self.reject)(&self.service, rejection);
        for name in headers.keys() {
            if !response.headers().contains_key(name) {
                for value in headers.get_all(name) {
                    response.headers_mut().append(name, value.clone());
                }
            }
        }
        response
    }
}

/// 405, with the allowed methods.
fn method_not_allowed(allowed: &str) -> Rejection {
    let detail = format!("this path does not support this method; it supports {allowed}");
    let rejection = Rejection::new(RejectionKind::MethodNotAllowed, detail);
    match HeaderValue::try_from(allowed) {
        Ok(allowed) => rejection.with_header(ALLOW, allowed),
        Err(_) => rejection,
    }
}

fn find<S>(
    shared: &Shared<S>,
    request: &axum::extract::Request,
) -> Result<(Handler<S>, &'static Operation), Rejection> {
    let uri = request.uri();
    match shared.table.find(request.method().as_str(), uri.path(), uri.query()) {
        Lookup::Operations(first, others) => {
            let index = if others.is_empty() { first } else { choose(&shared.table, first, &others, request) };
            Ok((shared.handlers[index], shared.table.operation(index)))
        }
        Lookup::OtherMethods(allowed) => Err(method_not_allowed(&allowed)),
        Lookup::Nothing if !is_utf8(uri.path()) => {
            Err(Rejection::malformed("/path".to_owned(), "must be UTF-8".to_owned()))
        }
        Lookup::Nothing => Err(Rejection::new(RejectionKind::NotFound, "this path is not part of the API")),
    }
}

/// Chooses among operations that differ only in their media types: the first that accepts the
/// request's, or the first of all.
fn choose(table: &Table, first: usize, others: &[usize], request: &axum::extract::Request) -> usize {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let accepts = |index: &usize| {
        table
            .operation(*index)
            .body
            .is_some_and(|body| content_type.is_some_and(|text| media::choose(body.media, text).is_some()))
    };
    std::iter::once(first).chain(others.iter().copied()).find(accepts).unwrap_or(first)
}
