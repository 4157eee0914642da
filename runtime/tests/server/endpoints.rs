//! Endpoints: operations at paths that the application chooses, for webhooks and callbacks.

use std::sync::Arc;

use axum::Router;
use axum::body::Body as HttpBody;
use axum::extract::{FromRequestParts as _, RawPathParams};
use specwright_runtime::descriptor::{Operation, Parameter, Piece};
use specwright_runtime::server as rt;

use crate::service::{call, echo, request};

static CHANGED: Operation = Operation {
    id: "changed",
    method: "POST",
    path: "{$request.body#/url}",
    segments: &[&[Piece::Literal("changed")]],
    parameters: &[Parameter { name: "at", required: true, ..Parameter::QUERY }],
    ..Operation::BASE
};
static CHECK: Operation = Operation { id: "check", method: "GET", ..CHANGED };

/// A service with a name.
struct Named(&'static str);

/// Responds with the operation, the parameter, and the variables of the chosen path.
fn describe(_: Arc<Named>, mut request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        request.admit_anyone()?;
        let at: i64 = request.required(0)?;
        let mut context = request.into_context();
        let variables = RawPathParams::from_request_parts(&mut context.parts, &()).await.unwrap();
        let variables: Vec<String> = variables.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Ok(echo(&(context.operation.id, at, variables)))
    })
}

fn reject(service: &Named, rejection: rt::Rejection) -> rt::Response {
    let mut response = rejection.into_response();
    response.headers_mut().insert("x-service", http::HeaderValue::from_static(service.0));
    response
}

fn router() -> Router {
    let service = Arc::new(Named("hooks"));
    let routes = || vec![rt::route(&CHANGED, describe as fn(_, _) -> _), rt::route(&CHECK, describe)];
    Router::new()
        .route("/hooks/changed", rt::endpoint(&service, reject, routes()))
        .route("/tenants/{tenant}/changed", rt::endpoint(&service, reject, routes()))
        .route("/other", axum::routing::get(|| async { "other" }))
}

#[tokio::test]
async fn an_operation_is_reached_wherever_it_is_mounted() {
    let response = call(router(), request("POST", "/hooks/changed?at=1").body(HttpBody::empty()).unwrap()).await;
    assert_eq!(response.json(), serde_json::json!(["changed", 1, []]));
    let response = call(router(), request("GET", "/tenants/acme/changed?at=2").body(HttpBody::empty()).unwrap()).await;
    assert_eq!(response.json(), serde_json::json!(["check", 2, ["tenant=acme"]]));
}

#[tokio::test]
async fn undocumented_requests_are_rejected_by_the_service() {
    let response = call(router(), request("PUT", "/hooks/changed?at=1").body(HttpBody::empty()).unwrap()).await;
    assert_eq!(
        (response.status, &response.headers["allow"]),
        (405, &http::HeaderValue::from_static("GET, HEAD, OPTIONS, POST"))
    );
    assert_eq!(response.headers["x-service"], "hooks");
    let response = call(router(), request("POST", "/hooks/changed?at=now").body(HttpBody::empty()).unwrap()).await;
    assert_eq!(response.status, 400);
    assert_eq!(response.pointers(), ["/query/at"]);
    let response = call(router(), request("POST", "/changed?at=1").body(HttpBody::empty()).unwrap()).await;
    assert_eq!(response.status, 404, "the name in the document is no path of its own");
}

#[cfg(feature = "signatures")]
#[tokio::test]
async fn a_webhook_without_the_right_signature_is_refused_before_its_body_is_read() {
    use std::time::SystemTime;

    use specwright_runtime::Secret;
    use specwright_runtime::signature::{SignatureScheme, Signatures};

    let key = Secret::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let signatures = Signatures::new(&SignatureScheme::STANDARD_WEBHOOKS, &key).unwrap();
    let router = router().layer(rt::signed(signatures.clone()));
    let post = |body: &'static str, signed: &[u8]| {
        let mut request = request("POST", "/hooks/changed?at=1").body(HttpBody::from(body)).unwrap();
        request.headers_mut().extend(signatures.sign("msg_1", signed, SystemTime::now()));
        call(router.clone(), request)
    };
    assert_eq!(post("{}", b"{}").await.status, 200);
    let refused = post("{ }", b"{}").await;
    assert_eq!((refused.status, &refused.json()["detail"]), (401, &"the signature does not match the body".into()));
    let unsigned = request("POST", "/hooks/changed?at=1").body(HttpBody::from("{}")).unwrap();
    assert_eq!(call(router.clone(), unsigned).await.status, 401);
    let long = "x".repeat(rt::Limits::default().body + 1);
    let long = request("POST", "/hooks/changed?at=1").body(HttpBody::from(long)).unwrap();
    assert_eq!(call(router, long).await.status, 413);
}
