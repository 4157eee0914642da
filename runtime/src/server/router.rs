//! Routes and a service → an [`axum::Router`] that validates each request before its method sees it.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::MethodRouter;
use http::HeaderValue;
use http::header::{ALLOW, CONTENT_TYPE};

use super::request::media;
use super::table::{Found, Table};
use super::{Limits, Rejection, RejectionKind, Request};
use crate::descriptor::Operation;
use crate::future::BoxFuture;

/// What becomes of a request.
pub type HandlerFuture = BoxFuture<'static, Result<Response, Rejection>>;

/// An operation and the function that reads its input and calls its method.
#[derive(Debug)]
pub struct Route<S> {
    operation: &'static Operation,
    handler: Handler<S>,
}

type Handler<S> = fn(Arc<S>, Request) -> HandlerFuture;

/// A route; see [`router`].
pub fn route<S>(operation: &'static Operation, handler: fn(Arc<S>, Request) -> HandlerFuture) -> Route<S> {
    Route { operation, handler }
}

/// A service, and how it shapes what does not reach its methods.
struct Validate<S> {
    service: Arc<S>,
    reject: fn(&S, Rejection) -> Response,
}

struct Shared<S> {
    validate: Validate<S>,
    handlers: Vec<Handler<S>>,
    table: Table,
}

/// A router over all `routes`; `reject` makes the response to what does not reach its method.
///
/// It is one fallback of an [`axum::Router`]: it can be nested under a prefix, wrapped in layers, and merged with routers
/// that have routes but no fallback. Two such routers cannot be merged with each other; nest them.
pub fn router<S: Send + Sync + 'static>(
    service: S,
    reject: fn(&S, Rejection) -> Response,
    routes: Vec<Route<S>>,
) -> Router {
    let table = Table::new(routes.iter().map(|route| route.operation).collect());
    let handlers = routes.into_iter().map(|route| route.handler).collect();
    let shared = Arc::new(Shared { validate: Validate { service: Arc::new(service), reject }, handlers, table });
    Router::new().fallback(move |request: axum::extract::Request| handle(Arc::clone(&shared), request))
}

/// What answers these operations wherever it is mounted, by method alone: for webhooks and callbacks, of which the
/// application chooses the path.
///
/// The path may have variables; axum leaves their values in the extensions of the request.
pub fn endpoint<S: Send + Sync + 'static>(
    service: &Arc<S>,
    reject: fn(&S, Rejection) -> Response,
    routes: Vec<Route<S>>,
) -> MethodRouter {
    let shared = Arc::new((Validate { service: Arc::clone(service), reject }, routes));
    axum::routing::any(move |request: axum::extract::Request| {
        let shared = Arc::clone(&shared);
        async move {
            let (validate, routes) = &*shared;
            let found = routes.iter().find(|route| route.operation.method == request.method().as_str());
            let found = found.map(|route| (route.handler, route.operation));
            validate.response(found.ok_or_else(|| other_methods(&allowed(routes))), request).await
        }
    })
}

fn allowed<S>(routes: &[Route<S>]) -> String {
    let methods: BTreeSet<&str> = routes.iter().map(|route| route.operation.method).collect();
    methods.into_iter().collect::<Vec<_>>().join(", ")
}

async fn handle<S>(shared: Arc<Shared<S>>, request: axum::extract::Request) -> Response {
    let found = find(&shared, &request);
    shared.validate.response(found, request).await
}

impl<S> Validate<S> {
    /// The response of the method, or to what does not reach it.
    async fn response(
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
        response.unwrap_or_else(|rejection| self.refuse(rejection))
    }

    /// The service shapes the response; the headers that the standards ask for are there in any case.
    fn refuse(&self, rejection: Rejection) -> Response {
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

/// 405, with the methods that there are.
fn other_methods(allowed: &str) -> Rejection {
    let detail = format!("this path does not have this method; it has {allowed}");
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
        Found::Operations(first, others) => {
            let index = if others.is_empty() { first } else { choose(&shared.table, first, &others, request) };
            Ok((shared.handlers[index], shared.table.operation(index)))
        }
        Found::OtherMethods(allowed) => Err(other_methods(&allowed)),
        Found::Nothing => Err(Rejection::new(RejectionKind::NotFound, "this path is not part of the API")),
    }
}

/// Among operations that only their media types tell apart, the first that takes this one, else the first of all.
fn choose(table: &Table, first: usize, others: &[usize], request: &axum::extract::Request) -> usize {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let takes = |index: &usize| {
        table
            .operation(*index)
            .body
            .is_some_and(|body| content_type.is_some_and(|text| media::choose(body.media, text).is_some()))
    };
    std::iter::once(first).chain(others.iter().copied()).find(takes).unwrap_or(first)
}
