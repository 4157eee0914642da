//! Routes and a service → an [`axum::Router`] that judges each request before its method sees it.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use http::HeaderValue;
use http::header::{ALLOW, CONTENT_TYPE};

use super::request::media;
use super::table::{Found, Table};
use super::{Limits, Rejection, RejectionKind, Request};
use crate::descriptor::Operation;
use crate::future::BoxFuture;

/// What becomes of a request.
pub type Handled = BoxFuture<'static, Result<Response, Rejection>>;

/// An operation and the function that reads its input and calls its method.
#[derive(Debug)]
pub struct Route<S> {
    operation: &'static Operation,
    handler: Handler<S>,
}

type Handler<S> = fn(Arc<S>, Request) -> Handled;

/// A route; see [`router`].
pub fn route<S>(operation: &'static Operation, handler: fn(Arc<S>, Request) -> Handled) -> Route<S> {
    Route { operation, handler }
}

struct Shared<S> {
    service: Arc<S>,
    reject: fn(&S, Rejection) -> Response,
    handlers: Vec<Handler<S>>,
    table: Table,
}

/// A router over all `routes`; `reject` makes the answer to what does not reach its method.
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
    let shared = Arc::new(Shared { service: Arc::new(service), reject, handlers, table });
    Router::new().fallback(move |request: axum::extract::Request| handle(Arc::clone(&shared), request))
}

async fn handle<S>(shared: Arc<Shared<S>>, request: axum::extract::Request) -> Response {
    let answer = match find(&shared, &request) {
        Err(rejection) => Err(rejection),
        Ok((handler, operation)) => {
            let (parts, body) = request.into_parts();
            let limits = parts.extensions.get::<Limits>().copied().unwrap_or_default();
            let request = Request::new(operation, parts, body, limits);
            let answer = handler(Arc::clone(&shared.service), request).await;
            answer.map_err(|rejection| rejection.of(operation))
        }
    };
    answer.unwrap_or_else(|rejection| refuse(&shared, rejection))
}

/// The service shapes the answer; the headers that the standards ask for are there in any case.
fn refuse<S>(shared: &Shared<S>, rejection: Rejection) -> Response {
    let headers = rejection.headers().clone();
    let mut response = (shared.reject)(&shared.service, rejection);
    for name in headers.keys() {
        if !response.headers().contains_key(name) {
            for value in headers.get_all(name) {
                response.headers_mut().append(name, value.clone());
            }
        }
    }
    response
}

fn find<S>(
    shared: &Shared<S>,
    request: &axum::extract::Request,
) -> Result<(Handler<S>, &'static Operation), Rejection> {
    let uri = request.uri();
    match shared.table.find(request.method().as_str(), uri.path(), uri.query()) {
        Found::Operations(candidates) => {
            let index = choose(&shared.table, &candidates, request);
            Ok((shared.handlers[index], shared.table.operation(index)))
        }
        Found::OtherMethods(allowed) => {
            let rejection = Rejection::new(RejectionKind::MethodNotAllowed, "this path does not have this method");
            Err(match HeaderValue::try_from(allowed) {
                Ok(allowed) => rejection.with_header(ALLOW, allowed),
                Err(_) => rejection,
            })
        }
        Found::Nothing => Err(Rejection::new(RejectionKind::NotFound, "this path is not part of the API")),
    }
}

/// Among operations that only their media types tell apart, the first that takes this one.
fn choose(table: &Table, candidates: &[usize], request: &axum::extract::Request) -> usize {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let takes = |index: &&usize| {
        table
            .operation(**index)
            .body
            .is_some_and(|body| content_type.is_some_and(|text| media::choose(body.media, text).is_some()))
    };
    match candidates {
        [only] => *only,
        several => several.iter().find(takes).or(several.first()).copied().unwrap_or_default(),
    }
}
