//! Responses to methods that a documented path does not have: `OPTIONS`, and 405 with `Allow`.

use std::collections::BTreeSet;

use axum::response::Response;
use http::header::ALLOW;
use http::{HeaderValue, StatusCode};

use crate::server::{Rejection, RejectionKind};

/// The methods of a path as the `Allow` header lists them, including those that need no operation.
pub(super) fn allowed(methods: impl Iterator<Item = &'static str>) -> String {
    let mut methods: BTreeSet<&str> = methods.collect();
    if methods.contains("GET") {
        methods.insert("HEAD");
    }
    methods.insert("OPTIONS");
    methods.into_iter().collect::<Vec<_>>().join(", ")
}

/// The response to `OPTIONS` where the document has none.
pub(super) fn options(allowed: &str) -> Response {
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().extend(HeaderValue::try_from(allowed).ok().map(|allowed| (ALLOW, allowed)));
    response
}

/// 405, with the allowed methods.
pub(super) fn method_not_allowed(allowed: &str) -> Rejection {
    let detail = format!("this path does not support this method; it supports {allowed}");
    let rejection = Rejection::new(RejectionKind::MethodNotAllowed, detail);
    match HeaderValue::try_from(allowed) {
        Ok(allowed) => rejection.with_header(ALLOW, allowed),
        Err(_) => rejection,
    }
}
