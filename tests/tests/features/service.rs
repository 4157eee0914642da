//! Services: contexts, layers, the document, failures, and one trait for each tag.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::middleware::{Next, from_fn};
use specwright_runtime::server::{Context, Extension, Failure, document_route};
use tests::Served;
use tests::generated::service::{Client, operations as o, server as s};
use tower::ServiceExt as _;
use tower::util::MapRequestLayer;

use crate::raw_request;

/// An extension that a layer adds to the request.
#[derive(Clone)]
struct Tenant(&'static str);

#[derive(Clone)]
struct Directory;

impl s::Service for Directory {}

impl s::Users for Directory {
    async fn list_users(
        &self,
        _: s::ListUsersInput,
        context: Context,
    ) -> Result<o::ListUsersSuccess, Failure<o::ListUsersError>> {
        let tenant = context.extension::<Tenant>().map_or("nobody", |tenant| tenant.0);
        let trace = context.header("x-trace").unwrap_or_default();
        let parts = format!("{} {} {}", context.parts.method, context.parts.uri.path(), context.operation.id);
        Ok(o::ListUsersSuccess::Ok(vec![tenant.to_owned(), trace.to_owned(), parts]))
    }

    async fn add_user(&self, _: s::AddUserInput, _: Context) -> Result<o::AddUserSuccess, Failure<o::AddUserError>> {
        Err(Failure::internal("the password of the database is wrong"))
    }
}

/// A service without methods.
impl s::Groups for Directory {}

#[tokio::test]
async fn methods_receive_extensions_and_parts() {
    let router = s::router(Directory).layer(Extension(Tenant("acme")));
    let request = Request::builder().uri("/users?a=b").header("x-trace", "t1").body(Body::empty()).unwrap();
    let response = raw_request::send(router, request).await;
    assert_eq!(response.json(), serde_json::json!(["acme", "t1", "GET /users list_users"]));
}

#[tokio::test]
async fn any_layer_can_wrap_a_router() {
    let teapot = from_fn(|request: axum::extract::Request, next: Next| async move {
        if request.uri().path() == "/teapot" {
            return axum::response::IntoResponse::into_response(StatusCode::IM_A_TEAPOT);
        }
        let mut response = next.run(request).await;
        response.headers_mut().insert("x-layer", "yes".parse().unwrap());
        response
    });
    let marked = MapRequestLayer::new(|mut request: Request<Body>| {
        request.headers_mut().insert("x-trace", "from a layer".parse().unwrap());
        request
    });
    let router = || s::router(Directory).layer(teapot.clone()).layer(marked.clone());
    assert_eq!(raw_request::empty(router(), "GET", "/teapot").await.status, 418);
    let response = raw_request::empty(router(), "GET", "/users").await;
    assert_eq!((response.status, &response.headers["x-layer"]), (200, &"yes".parse().unwrap()));
    assert_eq!(response.json()[1], "from a layer");
    let nested = Router::new().nest("/api", router()).route("/health", axum::routing::get(|| async { "ok" }));
    assert_eq!(raw_request::empty(nested.clone(), "GET", "/api/users").await.status, 200);
    assert_eq!(raw_request::empty(nested, "GET", "/health").await.body, b"ok");
}

/// What programs such as the runtime of AWS Lambda take: a service of requests with a body of their own.
async fn hosted<S>(service: S, request: Request<String>) -> StatusCode
where
    S: tower::Service<Request<String>, Response = axum::response::Response, Error = Infallible> + Send + 'static,
    S::Future: Send,
{
    service.oneshot(request).await.unwrap_or_else(|never| match never {}).status()
}

#[tokio::test]
async fn a_router_is_a_service_of_requests_with_any_body() {
    let request = |method: &str, body: &str| {
        let request = Request::builder().method(method).uri("/users").header("content-type", "application/json");
        request.body(body.to_owned()).unwrap()
    };
    assert_eq!(hosted(s::router(Directory), request("GET", "")).await, StatusCode::OK);
    assert_eq!(hosted(s::router(Directory), request("POST", "{")).await, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_document_is_served_on_demand() {
    let document = include_str!("../../fixtures/emit/service.yaml");
    let served = Served::start(s::router(Directory).merge(document_route("/openapi.yaml", document))).await;
    let response = reqwest::get(format!("{}/openapi.yaml", served.url())).await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/yaml");
    assert_eq!(response.text().await.unwrap(), document);
    let client = Client::builder(served.url()).build().unwrap();
    client.list_users().await.unwrap();
    let undocumented = raw_request::empty(s::router(Directory), "GET", "/openapi.yaml").await;
    assert_eq!(undocumented.status, 404, "only on demand");
}

#[tokio::test]
async fn a_failure_reveals_nothing_and_a_missing_method_is_501() {
    let response = raw_request::json(s::router(Directory), "POST", "/users", &"jane".into()).await;
    assert_eq!(response.status, 500);
    assert!(!String::from_utf8_lossy(&response.body).contains("password"), "{response:?}");
    let response = raw_request::empty(s::router(Directory), "GET", "/groups").await;
    assert_eq!((response.status, &response.headers["x-not-implemented"]), (501, &"list_groups".parse().unwrap()));
}

#[tokio::test]
async fn traits_by_tag_form_one_router() {
    let served = Served::start(s::router(Directory)).await;
    let client = Client::builder(served.url()).timeout(Duration::from_secs(10)).build().unwrap();
    let users = client.list_users().await.unwrap().into_body();
    assert_eq!(users[2], "GET /users list_users");
    assert_eq!(client.list_groups().await.unwrap_err().status().unwrap(), 501);
}

#[test]
fn the_documentation_of_a_tag_is_on_its_trait() {
    let server = include_str!("../../src/generated/service/server.rs");
    let above = server.split("pub trait Users").next().unwrap().lines().rev().take(6).collect::<Vec<_>>();
    assert!(above.iter().any(|line| line.contains("People")), "{above:?}");
    assert!(above.iter().any(|line| line.contains("https://example.com/users")), "{above:?}");
}
