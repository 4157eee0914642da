//! The `OpenAPI` document itself, served.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use http::HeaderValue;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};

/// A router that answers `GET path` with the document; merge it with that of a service.
///
/// The content type is JSON where the path ends in `.json` and YAML elsewhere; any origin may read it, so that browsers
/// can show it. A `path` that axum cannot route (it must begin with `/`) makes a router without routes.
pub fn document_route(path: &str, document: impl Into<bytes::Bytes>) -> Router {
    let json = std::path::Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let content_type = HeaderValue::from_static(if json { "application/json" } else { "application/yaml" });
    let document = document.into();
    // What axum takes for a parameter or refuses with a panic.
    if !path.starts_with('/') || path.contains(['{', '}', '*', ':']) {
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
