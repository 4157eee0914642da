//! Checks whether the document allows a response.

use axum::Router;
use axum::body::Body;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;
use specwright_codegen::document::Node;
use specwright_codegen::openapi::fit::Validator;
use specwright_runtime::media::is_json;
use tower::ServiceExt as _;

use super::body::readings;
use super::case::{Case, Expectation};
use super::parameter::fits;
use super::target;

/// A whole response.
pub(super) struct Received {
    status: StatusCode,
    headers: HeaderMap,
    body: Result<Vec<u8>, String>,
}

/// Sends a request.
pub(super) async fn receive(router: &Router, request: Request<Body>) -> Received {
    let response = router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes().to_vec()).map_err(|error| error.to_string());
    Received { status: parts.status, headers: parts.headers, body }
}

/// Checks a response. The fault is one sentence.
pub(super) fn check(root: &Node, operation: &Node, case: &Case, received: &Received) -> Result<(), String> {
    let status = received.status;
    if case.expectation == Expectation::Refused && !status.is_client_error() {
        return Err(format!("{}, but the response is {}", case.breaks, status.as_u16()));
    }
    let Some(documented) = documented(root, operation, status) else {
        // A refusal needs no documentation, because every server can refuse.
        return match case.expectation {
            Expectation::Refused => Ok(()),
            Expectation::Documented => Err(format!("the status {} is not documented", status.as_u16())),
        };
    };
    headers(root, documented, received)?;
    // The document describes the responses of a method, not the refusal of a request before it.
    if case.expectation == Expectation::Refused { Ok(()) } else { body(root, documented, case, received) }
}

/// The documented response for a status: that of the status itself, of its class, or the default.
fn documented<'d>(root: &'d Node, operation: &'d Node, status: StatusCode) -> Option<&'d Node> {
    let responses = operation.get("responses")?;
    let class = format!("{}XX", status.as_u16() / 100);
    let found = responses.get(status.as_str()).or_else(|| responses.get(&class)).or_else(|| responses.get("default"));
    found.map(|response| target(root, response))
}

fn headers(root: &Node, documented: &Node, received: &Received) -> Result<(), String> {
    for header in documented.get("headers").and_then(Node::as_object).into_iter().flatten() {
        let (name, node) = (&header.key, target(root, &header.value));
        if name.eq_ignore_ascii_case("content-type") {
            continue;
        }
        let Some(value) = received.headers.get(&**name) else {
            if node.get("required").and_then(Node::as_bool) == Some(true) {
                return Err(format!("the header `{name}` is missing"));
            }
            continue;
        };
        let text = value.to_str().map_err(|_| format!("the header `{name}` is not text"))?;
        let json = serde_json::from_str(text).ok();
        let mut readings = json.into_iter().chain([Value::from(text)]);
        let is_list = |schema: &Node| target(root, schema).get("type").and_then(Node::as_str) == Some("array");
        if let Some(schema) = node.get("schema").filter(|schema| !is_list(schema))
            && !readings.any(|reading| fits(root, schema, &reading))
        {
            return Err(format!("the header `{name}` does not fit its schema"));
        }
    }
    Ok(())
}

fn body(root: &Node, documented: &Node, case: &Case, received: &Received) -> Result<(), String> {
    let status = received.status.as_u16();
    let bytes = received.body.as_ref().map_err(|error| format!("the body of {status} breaks off: {error}"))?;
    let contents = documented.get("content").and_then(Node::as_object);
    let Some(contents) = contents.filter(|contents| contents.iter().next().is_some()) else {
        return if bytes.is_empty() {
            Ok(())
        } else {
            Err(format!("{status} has a body, but the document describes none"))
        };
    };
    if case.method() == "HEAD" || matches!(status, 204 | 205 | 304) {
        return Ok(());
    }
    let Some(content_type) = received.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return Err(format!("{status} has no content type"));
    };
    let covers = |media: &str| specwright_runtime::media::covers(media, content_type);
    let Some(content) = contents.iter().find(|content| covers(&content.key)) else {
        return Err(format!("the content type of {status} is `{content_type}`, which is not documented"));
    };
    let Some(schema) = content.value.get("schema") else { return Ok(()) };
    if is_json(content_type) {
        let json: Value =
            serde_json::from_slice(bytes).map_err(|error| format!("the body of {status} is not JSON: {error}"))?;
        let node = Node::from_json(&json, schema.span);
        let outcome = Validator::new(root).with_formats().validate(schema, &node);
        return outcome.map_err(|violation| format!("the body of {status}: {violation}"));
    }
    if specwright_runtime::media::covers("text/plain", content_type) {
        return text(root, schema, bytes).map_err(|fault| format!("the body of {status} {fault}"));
    }
    Ok(())
}

/// Checks text, which means itself, or the number or boolean that it is.
fn text(root: &Node, schema: &Node, bytes: &[u8]) -> Result<(), &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| "is not UTF-8")?;
    let is_fit = readings(text).iter().any(|reading| fits(root, schema, reading));
    if is_fit { Ok(()) } else { Err("does not fit its schema") }
}
