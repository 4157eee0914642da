//! A generated router together with others: `HEAD`, `OPTIONS`, layers that know the operation, and
//! two APIs in one router.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body as HttpBody;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{Next, from_fn};
use specwright_runtime::StatusCode;
use specwright_runtime::descriptor::{Operation, Parameter, Piece};
use specwright_runtime::server::{self as rt, Failure, OperationResponse, Response};

use crate::service::{call, echo, get, request};

const ID: &[Parameter] = &[Parameter { name: "id", ..Parameter::PATH }];

static LIST: Operation =
    Operation { id: "list", path: "/pets", segments: &[&[Piece::Literal("pets")]], ..Operation::BASE };
static READ: Operation = Operation {
    id: "read",
    path: "/pets/{id}",
    segments: &[&[Piece::Literal("pets")], &[Piece::Parameter(0)]],
    parameters: ID,
    ..Operation::BASE
};
static ADD: Operation =
    Operation { id: "add", method: "POST", path: LIST.path, segments: LIST.segments, ..Operation::BASE };
static SHOP: Operation = Operation {
    id: "shop",
    path: "/shops/{id}.json",
    segments: &[&[Piece::Literal("shops")], &[Piece::Parameter(0), Piece::Literal(".json")]],
    parameters: ID,
    ..Operation::BASE
};
static PUT_LIST: Operation =
    Operation { id: "putList", method: "PUT", path: LIST.path, segments: LIST.segments, ..Operation::BASE };

fn describe(_: Arc<Named>, request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        let known = request.context().extension::<&'static Operation>().map(|operation| operation.id);
        Ok(echo(&(known, request.context().parts.method.as_str())))
    })
}

/// An API that names itself in its rejections.
struct Named(&'static str);

fn reject(service: &Named, rejection: rt::Rejection) -> Response {
    let mut response = rejection.into_response();
    response.headers_mut().insert("x-api", http::HeaderValue::from_static(service.0));
    response
}

fn pets() -> rt::Routes {
    let list = [&LIST, &READ, &ADD].map(|operation| rt::route(operation, describe as fn(_, _) -> _));
    rt::routes(Named("pets"), reject, Vec::from(list))
}

fn shops() -> rt::Routes {
    let list = [&SHOP, &PUT_LIST].map(|operation| rt::route(operation, describe as fn(_, _) -> _));
    rt::routes(Named("shops"), reject, Vec::from(list))
}

#[tokio::test]
async fn head_is_get_without_its_body() {
    let body = r#"["list","HEAD"]"#;
    let head = call(pets().into_router(), request("HEAD", "/pets").body(HttpBody::empty()).unwrap()).await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert_eq!(head.headers["content-length"], body.len().to_string().as_str());
    let refused = call(pets().into_router(), request("HEAD", "/cats").body(HttpBody::empty()).unwrap()).await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn options_lists_the_methods_of_a_path() {
    for (path, allowed) in [("/pets", "GET, HEAD, OPTIONS, POST"), ("/pets/1", "GET, HEAD, OPTIONS")] {
        let options = call(pets().into_router(), request("OPTIONS", path).body(HttpBody::empty()).unwrap()).await;
        assert_eq!((options.status, options.headers["allow"].to_str().unwrap()), (204, allowed));
    }
    let unknown = call(pets().into_router(), request("OPTIONS", "/cats").body(HttpBody::empty()).unwrap()).await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn two_apis_share_one_404_and_one_405() {
    let router = pets().merge(shops()).into_router();
    assert_eq!(get(router.clone(), "/pets").await.json()[0], "list");
    assert_eq!(get(router.clone(), "/shops/a.json").await.json()[0], "shop");
    let put = call(router.clone(), request("PUT", "/pets").body(HttpBody::empty()).unwrap()).await;
    assert_eq!(put.json()[0], "putList");
    let unknown = get(router.clone(), "/cats").await;
    assert_eq!((unknown.status, unknown.headers["x-api"].to_str().unwrap()), (404, "pets"));
    let delete = call(router.clone(), request("DELETE", "/pets").body(HttpBody::empty()).unwrap()).await;
    assert_eq!((delete.status, delete.headers["allow"].to_str().unwrap()), (405, "GET, HEAD, OPTIONS, POST, PUT"));
    let delete = call(router, request("DELETE", "/shops/a.json").body(HttpBody::empty()).unwrap()).await;
    assert_eq!((delete.status, delete.headers["x-api"].to_str().unwrap()), (405, "shops"));
}

#[tokio::test]
async fn a_part_of_an_api_is_mounted_alone() {
    let reads = pets().only(|operation| operation.method == "GET");
    assert_eq!(reads.operations().map(|operation| operation.id).collect::<Vec<_>>(), ["list", "read"]);
    let post = request("POST", "/pets").body(HttpBody::empty()).unwrap();
    assert_eq!(call(reads.into_router(), post).await.status, 405);
    let none = pets().only(|_| false).into_router();
    assert_eq!(get(none, "/pets").await.status, 404);
}

/// Records what a layer around the router knows before and after a request.
async fn outside(request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    let operation = response.extensions().get::<&'static Operation>().map_or("none", |operation| operation.id);
    let seen = format!("{} {operation}", path.as_deref().unwrap_or("no path"));
    response.headers_mut().insert("x-seen", seen.parse().unwrap());
    response
}

#[tokio::test]
async fn a_route_of_the_application_comes_before_a_documented_one() {
    let own = || Router::new().route("/pets", axum::routing::get(|| async { "own" }));
    let merged = own().merge(pets().into_router());
    assert_eq!(get(merged.clone(), "/pets").await.text, "own");
    let added = call(merged.clone(), request("POST", "/pets").body(HttpBody::empty()).unwrap()).await;
    assert_eq!(added.json()[0], "add", "the other methods are those of the document");
    assert_eq!(pets().into_router().merge(own()).has_routes(), merged.has_routes());
    // Variables with other names, and any method: axum could not merge these.
    let other = Router::new().route("/pets/{pet}", axum::routing::any(|| async { "own" }));
    let behind = pets().behind(other);
    assert_eq!(get(behind.clone(), "/pets/1").await.text, "own");
    assert_eq!(get(behind.clone(), "/pets").await.json()[0], "list");
    assert_eq!(get(behind, "/cats").await.headers["x-api"], "pets");
}

#[tokio::test]
async fn a_caller_that_accepts_nothing_of_what_is_offered_gets_406() {
    fn negotiate(_: Arc<Named>, request: rt::Request) -> rt::HandlerFuture {
        Box::pin(async move {
            let chosen = request.context().negotiated::<Nothing>(&["application/json", "text/csv"]);
            match chosen {
                Ok(index) => Ok(echo(&index)),
                Err(failure) => rt::respond::<Nothing, _>(Err(failure)),
            }
        })
    }
    let router = rt::routes(Named("pets"), reject, vec![rt::route(&LIST, negotiate)]).into_router();
    for (accept, status, json) in [
        ("text/csv, application/json;q=0.5", 200, serde_json::json!(1)),
        ("*/*", 200, serde_json::json!(0)),
        ("image/png", 406, serde_json::json!("the caller accepts none of application/json, text/csv")),
    ] {
        let request = request("GET", "/pets").header("accept", accept).body(HttpBody::empty()).unwrap();
        let response = call(router.clone(), request).await;
        let body = response.json();
        assert_eq!((response.status, body.get("detail").unwrap_or(&body)), (status, &json), "{accept}");
    }
}

#[tokio::test]
async fn layers_around_the_router_know_path_and_operation() {
    let app = Router::new().nest("/v1", pets().merge(shops()).into_router().layer(from_fn(outside)));
    for (path, seen) in [
        ("/v1/pets", "/v1/pets list"),
        ("/v1/pets/7", "/v1/pets/{id} read"),
        ("/v1/shops/a.json", "no path shop"),
        ("/v1/cats", "no path none"),
    ] {
        let response = get(app.clone(), path).await;
        let found = response.headers["x-seen"].to_str().unwrap();
        // Whether axum names the path of a nested fallback does not matter here.
        assert!(found == seen || found.ends_with(seen.trim_start_matches("no path")), "{path}: {found}");
    }
}

#[tokio::test]
async fn a_layer_wraps_only_the_chosen_operations_and_knows_them() {
    async fn named(request: Request, next: Next) -> Response {
        let operation = *request.extensions().get::<&'static Operation>().unwrap();
        let mut response = next.run(request).await;
        response.headers_mut().append("x-layer", operation.id.parse().unwrap());
        response
    }
    async fn refused(_: Request, _: Next) -> Response {
        Response::builder().status(429).body(HttpBody::empty()).unwrap()
    }
    let router = pets()
        .layer(|operation| operation.method == "GET", from_fn(named))
        .layer(|operation| operation.id == "read", from_fn(refused))
        .into_router();
    let list = get(router.clone(), "/pets").await;
    assert_eq!((list.json()[0].as_str(), list.headers["x-layer"].to_str().unwrap()), (Some("list"), "list"));
    assert_eq!(get(router.clone(), "/pets/1").await.status, 429, "the later layer is outside");
    let added = call(router, request("POST", "/pets").body(HttpBody::empty()).unwrap()).await;
    assert!(!added.headers.contains_key("x-layer"));
}

struct Nothing;

impl rt::IntoOperationResponse for Nothing {
    fn into_operation_response(self) -> OperationResponse {
        OperationResponse::empty(204)
    }
}

#[tokio::test]
async fn a_service_refuses_with_any_status_and_headers() {
    fn limited(_: Arc<Named>, request: rt::Request) -> rt::HandlerFuture {
        Box::pin(async move {
            let status = match request.context().parts.uri.query() {
                Some("late") => StatusCode::TOO_MANY_REQUESTS,
                Some("gone") => StatusCode::NOT_FOUND,
                _ => StatusCode::OK,
            };
            let failure = Failure::<Nothing>::refused(status, "not now").with_retry_after(Duration::from_millis(1_500));
            let name = http::HeaderName::from_static("x-reason");
            rt::respond::<Nothing, _>(Err(failure.with_header(name, http::HeaderValue::from_static("busy"))))
        })
    }
    let router = rt::routes(Named("pets"), reject, vec![rt::route(&LIST, limited)]).into_router();
    let late = get(router.clone(), "/pets?late").await;
    assert_eq!((late.status, late.json()["detail"].as_str()), (429, Some("not now")));
    assert_eq!(
        (&late.headers["retry-after"], &late.headers["x-reason"]),
        (&"2".parse().unwrap(), &"busy".parse().unwrap())
    );
    assert_eq!(get(router.clone(), "/pets?gone").await.status, 404);
    assert_eq!(get(router, "/pets?fine").await.status, 500, "a refusal is an error");
}
