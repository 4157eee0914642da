//! Routes and a service → an [`axum::Router`] that validates each request before it reaches the
//! service.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::MethodRouter;
use http::Method;

use super::other_methods::{allowed, method_not_allowed, options};
use super::route::Route;
use super::routes::{Endpoint, routes};

use crate::schema::LazySchemas;
use crate::server::Rejection;

/// A router over all `routes`, which are [`routes`] without any change. `reject` shapes the
/// responses to rejected requests.
pub fn router<S: Send + Sync + 'static>(
    service: S,
    reject: fn(&S, Rejection) -> Response,
    list: Vec<Route<S>>,
) -> Router {
    routes(service, reject, list).into_router()
}

/// [`endpoint`] with the schemas of the API, so that a refusal lists every fault of a request.
pub fn endpoint_with<S: Send + Sync + 'static>(
    service: &Arc<S>,
    reject: fn(&S, Rejection) -> Response,
    schemas: &'static LazySchemas,
    routes: Vec<Route<S>>,
) -> MethodRouter {
    serve(routes.into_iter().map(|route| Endpoint::new(service, reject, route, Some(schemas))).collect())
}

/// A handler for operations at any path, which are chosen only by method. It is meant for webhooks
/// and callbacks, whose path the application chooses.
///
/// If the path has variables, axum puts their values into the extensions of the request.
pub fn endpoint<S: Send + Sync + 'static>(
    service: &Arc<S>,
    reject: fn(&S, Rejection) -> Response,
    routes: Vec<Route<S>>,
) -> MethodRouter {
    serve(routes.into_iter().map(|route| Endpoint::new(service, reject, route, None)).collect())
}

fn serve(endpoints: Vec<Endpoint>) -> MethodRouter {
    let endpoints = Arc::new(endpoints);
    axum::routing::any(move |request: axum::extract::Request| {
        let endpoints = Arc::clone(&endpoints);
        async move {
            let with = |method: &str| endpoints.iter().find(|endpoint| endpoint.operation.method == method);
            let found = with(request.method().as_str());
            let found = found.or_else(|| with("GET").filter(|_| request.method() == Method::HEAD));
            if let Some(endpoint) = found {
                return endpoint.respond(request).await;
            }
            let allowed = allowed(endpoints.iter().map(|endpoint| endpoint.operation.method));
            match endpoints.first().filter(|_| request.method() != Method::OPTIONS) {
                Some(endpoint) => endpoint.reject(method_not_allowed(&allowed)),
                None => options(&allowed),
            }
        }
    })
}
