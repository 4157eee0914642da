//! What the generated layer refuses → a response in the provider's shape, with a note for the log
//! of requests.
//!
//! The rule kept here: what this sandbox does not have is never answered as if the vendor did not
//! have it. A path that the document does not describe and an operation without an implementation
//! are 501, with `x-not-implemented`.

use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};
use specwright_runtime::server::{NOT_IMPLEMENTED, Rejection, RejectionKind, Response};

/// What was wrong with a request, for the log.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Wrong {
    /// In one sentence.
    pub detail: String,
    /// Places in the request, and what is wrong there.
    pub places: Vec<(String, String)>,
}

/// The response to a refused request: `body` makes its JSON in the provider's shape.
pub(super) fn refuse(rejection: Rejection, status: StatusCode, body: impl FnOnce(&Rejection) -> Value) -> Response {
    let wrong = Wrong {
        detail: rejection.detail().to_owned(),
        places: rejection.violations().iter().map(|at| (at.pointer.clone(), at.detail.clone())).collect(),
    };
    let mut response = match (rejection.kind(), rejection.operation()) {
        (RejectionKind::NotFound, None) => not_here(),
        (RejectionKind::NotImplemented | RejectionKind::MethodNotAllowed, _) => rejection.into_response(),
        _ => {
            let body = body(&rejection).to_string();
            let mut response = rejection.respond("application/json", body);
            *response.status_mut() = status;
            response
        }
    };
    response.extensions_mut().insert(wrong);
    response
}

/// A path that the document does not describe: the vendor may well have it.
fn not_here() -> Response {
    let problem = json!({
        "type": "about:blank",
        "title": "Not Implemented",
        "status": 501,
        "detail": "this sandbox does not have this path; the document it is made from does not describe it",
    });
    let mut response = Response::new(problem.to_string().into());
    *response.status_mut() = StatusCode::NOT_IMPLEMENTED;
    let headers = response.headers_mut();
    headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(NOT_IMPLEMENTED, HeaderValue::from_static("path"));
    response
}

/// The details and places of a refusal, as sentences.
pub(super) fn sentences(rejection: &Rejection) -> Vec<String> {
    if rejection.violations().is_empty() {
        return vec![rejection.detail().to_owned()];
    }
    let violations = rejection.violations().iter();
    violations.map(|at| format!("{}: {}", at.pointer, at.detail)).collect()
}
