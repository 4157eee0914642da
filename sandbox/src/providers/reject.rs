//! Turns rejections of the generated router into responses in the provider's format, with a report
//! for the request log.
//!
//! **Invariant:** the sandbox never pretends that the provider lacks a feature. For a path that the
//! document does not describe, and for an operation without an implementation, the status is 501,
//! with `x-not-implemented`.

use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};
use specwright_mock::web::log::ProblemReport;
use specwright_runtime::server::{NOT_IMPLEMENTED, Rejection, RejectionKind, Response};

/// The response to a rejected request. `body` makes its JSON in the provider's format.
pub(super) fn respond_to(rejection: Rejection, status: StatusCode, body: impl FnOnce(&Rejection) -> Value) -> Response {
    let report = ProblemReport {
        detail: rejection.detail().to_owned(),
        violations: rejection.violations().iter().map(|at| (at.pointer.clone(), at.detail.clone())).collect(),
    };
    let mut response = match (rejection.kind(), rejection.operation()) {
        (RejectionKind::NotFound, None) => unknown_path(),
        (RejectionKind::NotImplemented | RejectionKind::MethodNotAllowed, _) => rejection.into_response(),
        _ => {
            let body = body(&rejection).to_string();
            let mut response = rejection.respond("application/json", body);
            *response.status_mut() = status;
            response
        }
    };
    response.extensions_mut().insert(report);
    response
}

/// The response for a path that the document does not describe, but that the provider may have.
fn unknown_path() -> Response {
    let problem = json!({
        "type": "about:blank",
        "title": "Not Implemented",
        "status": 501,
        "detail": "the document of this provider does not describe this path",
    });
    let mut response = Response::new(problem.to_string().into());
    *response.status_mut() = StatusCode::NOT_IMPLEMENTED;
    let headers = response.headers_mut();
    headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(NOT_IMPLEMENTED, HeaderValue::from_static("path"));
    response
}

/// The violations of a rejection as sentences, or its detail if there are none.
pub(super) fn sentences(rejection: &Rejection) -> Vec<String> {
    if rejection.violations().is_empty() {
        return vec![rejection.detail().to_owned()];
    }
    let violations = rejection.violations().iter();
    violations.map(|at| format!("{}: {}", at.pointer, at.detail)).collect()
}
