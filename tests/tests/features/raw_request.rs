//! Requests that no generated client would send → what a router answers.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use serde_json::Value;
use tower::ServiceExt as _;

/// What a router answers.
#[derive(Debug)]
pub struct RawResponse {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl RawResponse {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a body of JSON")
    }

    /// Status and the places that are to blame.
    pub fn blame(&self) -> (u16, Vec<String>) {
        let problem = self.json();
        let errors = problem["errors"].as_array().into_iter().flatten();
        (self.status, errors.filter_map(|error| error["pointer"].as_str().map(ToOwned::to_owned)).collect())
    }
}

/// Sends a request as it is.
pub async fn ask(router: Router, request: Request<Body>) -> RawResponse {
    let response = router.oneshot(request).await.expect("routers always response");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a whole body").to_vec();
    RawResponse { status: parts.status.as_u16(), headers: parts.headers, body }
}

/// Sends a request without a body.
pub async fn bare(router: Router, method: &str, target: &str) -> RawResponse {
    ask(router, Request::builder().method(method).uri(target).body(Body::empty()).expect("a request")).await
}

/// Sends a body of any media type.
pub async fn raw(router: Router, method: &str, target: &str, media: &str, body: impl Into<Body>) -> RawResponse {
    let request = Request::builder().method(method).uri(target).header("content-type", media);
    ask(router, request.body(body.into()).expect("a request")).await
}

/// Sends JSON.
pub async fn json(router: Router, method: &str, target: &str, body: &Value) -> RawResponse {
    raw(router, method, target, "application/json", body.to_string()).await
}
