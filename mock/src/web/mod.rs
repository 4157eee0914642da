//! The parts that every local server needs: connections with timeouts, a check of the host, a log
//! without secrets, faults on demand, and the parts of a page. The sandbox uses them too.

pub mod body;
pub mod faults;
pub mod frame;
pub mod host;
pub mod html;
pub mod log;
pub mod serve;

use axum::response::Response;
use http::header::{CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue, StatusCode, Uri};
use serde_json::{Value, json};

/// The header that marks responses that do not come from the API: `forced`, `fault`, `limit` or
/// `problem`.
pub const SANDBOX_HEADER: HeaderName = HeaderName::from_static("x-sandbox");

/// An error response of the server itself.
#[must_use]
pub fn problem(status: StatusCode, detail: &str) -> Response {
    let problem = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": detail,
    });
    let mut response = response(status, "application/problem+json", problem.to_string());
    response.headers_mut().insert(SANDBOX_HEADER, HeaderValue::from_static("problem"));
    response
}

/// A response of the server itself, in JSON.
#[must_use]
pub fn json_response(value: &Value) -> Response {
    response(StatusCode::OK, "application/json", value.to_string())
}

/// A response of the server itself.
#[must_use]
pub fn response(status: StatusCode, media: &'static str, body: impl Into<axum::body::Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Decodes escapes of characters that need none, such as `%61`, once and before anything else reads
/// the path, because such paths are equivalent (RFC 3986, 6.2.2.2).
pub fn decode_unreserved(uri: &mut Uri) {
    if !uri.path().contains('%') {
        return;
    }
    let mut path = String::with_capacity(uri.path().len());
    let mut rest = uri.path();
    while let Some((before, after)) = rest.split_once('%') {
        path.push_str(before);
        let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = byte.filter(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(byte)) {
            path.push(char::from(byte));
            rest = after.get(2..).unwrap_or_default();
        } else {
            path.push('%');
            rest = after;
        }
    }
    path.push_str(rest);
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = format!("{path}{query}").parse().ok().or(parts.path_and_query);
    if let Ok(decoded) = Uri::from_parts(parts) {
        *uri = decoded;
    }
}
