//! Serves the `OpenAPI` document itself.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use http::HeaderValue;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};

/// A router that serves the document at `GET path`. Merge it with the router of a service. The
/// content type is JSON if the path ends in `.json`, and YAML otherwise. Any origin may read the
/// document, so that browsers can show it. If axum cannot route the `path`, which must begin with
/// `/`, the router has no routes.
pub fn document_route(path: &str, document: impl Into<bytes::Bytes>) -> Router {
    let json = std::path::Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let content_type = HeaderValue::from_static(if json { "application/json" } else { "application/yaml" });
    let document = document.into();
    if !is_routable(path) {
        return Router::new();
    }
    let handler = move || async move {
        let mut response = Response::new(axum::body::Body::from(document));
        response.headers_mut().insert(CONTENT_TYPE, content_type);
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        response
    };
    Router::new().route(path, get(handler))
}

/// Whether axum can route a path. It reads some characters as parameters, or panics.
pub(super) fn is_routable(path: &str) -> bool {
    path.starts_with('/') && !path.contains(['{', '}', '*', ':'])
}
