//! Sends requests to a router that no generated client would send.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use serde_json::Value;
use tower::ServiceExt as _;

/// The response of a router.
#[derive(Debug)]
pub struct RouterResponse {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl RouterResponse {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a body of JSON")
    }

    /// The status and the pointers of the violations.
    pub fn violations(&self) -> (u16, Vec<String>) {
        let problem = self.json();
        let errors = problem["errors"].as_array().into_iter().flatten();
        (self.status, errors.filter_map(|error| error["pointer"].as_str().map(ToOwned::to_owned)).collect())
    }
}

/// Sends a request.
pub async fn send(router: Router, request: Request<Body>) -> RouterResponse {
    let response = router.oneshot(request).await.expect("routers always respond");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a whole body").to_vec();
    RouterResponse { status: parts.status.as_u16(), headers: parts.headers, body }
}

/// Sends a request without a body.
pub async fn empty(router: Router, method: &str, target: &str) -> RouterResponse {
    send(router, Request::builder().method(method).uri(target).body(Body::empty()).expect("a request")).await
}

/// Sends a body with a media type.
pub async fn body(router: Router, method: &str, target: &str, media: &str, body: impl Into<Body>) -> RouterResponse {
    let request = Request::builder().method(method).uri(target).header("content-type", media);
    send(router, request.body(body.into()).expect("a request")).await
}

/// Sends JSON.
pub async fn json(router: Router, method: &str, target: &str, body: &Value) -> RouterResponse {
    self::body(router, method, target, "application/json", body.to_string()).await
}
