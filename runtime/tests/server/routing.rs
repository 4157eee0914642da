//! Routing: which operation a request reaches.

use std::sync::Arc;

use axum::body::Body as HttpBody;
use specwright_runtime::descriptor::{Operation, Parameter, Piece, RequestBody};
use specwright_runtime::server as rt;

use crate::service::{RawResponse, call, echo, get, request, users};

/// Operations made from path templates. They are leaked to be static.
fn operations(templates: &[(&'static str, &'static str)]) -> Vec<&'static Operation> {
    let leak = |(method, path): &(&'static str, &'static str)| {
        let mut count = 0;
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let segments: Vec<&'static [Piece]> = path[1..].split('/').map(|segment| pieces(segment, &mut count)).collect();
        let parameters = vec![Parameter { name: "p", ..Parameter::PATH }; count];
        let query: Vec<_> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').map_or((pair, None), |(key, value)| (key, Some(value))))
            .collect();
        &*Box::leak(Box::new(Operation {
            id: path,
            method,
            path,
            segments: Vec::leak(segments),
            parameters: Vec::leak(parameters),
            fixed_query: Vec::leak(query),
            ..Operation::BASE
        }))
    };
    templates.iter().map(leak).collect()
}

fn pieces(segment: &'static str, count: &mut usize) -> &'static [Piece] {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while !rest.is_empty() {
        if rest.starts_with('{') {
            pieces.push(Piece::Parameter(*count));
            *count += 1;
            rest = rest.split_once('}').unwrap().1;
        } else {
            let end = rest.find('{').unwrap_or(rest.len());
            pieces.push(Piece::Literal(&rest[..end]));
            rest = &rest[end..];
        }
    }
    Vec::leak(pieces)
}

/// Responds with the operation and its path parameters.
fn describe(_: Arc<()>, request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        let operation = request.context().operation;
        let values: Vec<String> =
            (0..operation.parameters.len()).map(|index| request.required(index)).collect::<Result<_, _>>()?;
        let query: Vec<String> = operation.fixed_query.iter().map(|(key, value)| format!("{key}={value:?}")).collect();
        Ok(echo(&(format!("{}{}", operation.path, query.concat()), values)))
    })
}

fn router(templates: &[(&'static str, &'static str)]) -> rt::Router {
    let routes = operations(templates).into_iter().map(|operation| rt::route(operation, describe)).collect();
    rt::router((), |(), rejection| rejection.into_response(), routes)
}

fn operation_and_values(response: &RawResponse) -> (String, Vec<String>) {
    assert_eq!(response.status, 200, "{}", response.text);
    serde_json::from_str(&response.text).unwrap()
}

#[tokio::test]
async fn literals_precede_parameters_and_dead_ends_are_abandoned() {
    let router = router(&[
        ("GET", "/users/{id}"),
        ("GET", "/users/me"),
        ("DELETE", "/users/{id}"),
        ("GET", "/users/me/posts"),
        ("GET", "/{kind}/{id}/raw"),
        ("GET", "/"),
        ("GET", "/slash/"),
        ("GET", "/files/{page}.{format}"),
        ("GET", "/files/{name}"),
        ("PUT", "/files/{name}"),
        ("GET", "/compare/{base}...{head}"),
        ("GET", "/caf%C3%A9"),
        ("GET", "/users:batch"),
    ]);
    for (uri, path, values) in [
        ("/users/me", "/users/me", &[][..]),
        ("/users/%6De", "/users/me", &[]),
        ("/users/you", "/users/{id}", &["you"]),
        ("/users/me/raw", "/{kind}/{id}/raw", &["users", "me"]),
        ("/", "/", &[]),
        ("/slash/", "/slash/", &[]),
        ("/files/a.b.json", "/files/{page}.{format}", &["a.b", "json"]),
        ("/files/a%2Fb.json?x=1", "/files/{page}.{format}", &["a/b", "json"]),
        ("/files/readme", "/files/{name}", &["readme"]),
        ("/compare/v1.0...v2", "/compare/{base}...{head}", &["v1.0", "v2"]),
        ("/users:batch", "/users:batch", &[]),
    ] {
        let response = get(router.clone(), uri).await;
        assert_eq!(
            operation_and_values(&response),
            (path.to_owned(), values.iter().map(|&value| value.to_owned()).collect()),
            "{uri}"
        );
    }
    for uri in ["/users", "/users/", "/users/me/", "/slash", "//", "/users//raw", "/users/%2E%2E", "/users/."] {
        assert_eq!(get(router.clone(), uri).await.status, 404, "{uri}");
    }
    assert_eq!(get(router.clone(), "/users/%FF").await.status, 400, "it is not UTF-8");
    let delete = call(router.clone(), request("DELETE", "/users/me").body(HttpBody::empty()).unwrap()).await;
    let only = (405, &"GET, HEAD, OPTIONS".parse().unwrap());
    assert_eq!((delete.status, &delete.headers["allow"]), only, "a path without parameters alone has methods");
    let put = call(router.clone(), request("PUT", "/files/a.json").body(HttpBody::empty()).unwrap()).await;
    assert_eq!(operation_and_values(&put).0, "/files/{name}", "a template has the method that another one lacks");
    let post = call(router, request("POST", "/files/a.json").body(HttpBody::empty()).unwrap()).await;
    assert_eq!((post.status, &post.headers["allow"]), (405, &"GET, HEAD, OPTIONS, PUT".parse().unwrap()));
}

#[tokio::test]
async fn query_pairs_of_the_path_key_distinguish_operations() {
    let router = router(&[("GET", "/x"), ("GET", "/x?action=start"), ("GET", "/x?action=stop&now"), ("GET", "/y?a=1")]);
    for (uri, expected) in [
        ("/x", "/x"),
        ("/x?action=start&more=1", "/xaction=Some(\"start\")"),
        ("/x?now&action=st%6Fp", "/xaction=Some(\"stop\")now=None"),
        ("/x?action=stop", "/x"),
    ] {
        assert_eq!(operation_and_values(&get(router.clone(), uri).await).0, expected, "{uri}");
    }
    assert_eq!(get(router, "/y?a=2").await.status, 404);
}

#[tokio::test]
async fn the_media_type_decides_between_operations_of_one_path() {
    static JSON: Operation = Operation {
        id: "json",
        method: "POST",
        segments: &[&[Piece::Literal("x")]],
        body: Some(RequestBody { required: true, media: &["application/json"] }),
        ..Operation::BASE
    };
    static TEXT: Operation = Operation {
        id: "text",
        body: Some(RequestBody { required: true, media: &["text/*"] }),
        method: JSON.method,
        segments: JSON.segments,
        ..Operation::BASE
    };
    fn id(_: Arc<()>, request: rt::Request) -> rt::HandlerFuture {
        Box::pin(async move { Ok(echo(&request.context().operation.id)) })
    }
    let both = || vec![rt::route(&JSON, id), rt::route(&TEXT, id)];
    for (media, expected) in [("application/json", "json"), ("text/csv", "text"), ("image/png", "json")] {
        let router = rt::router((), |(), rejection| rejection.into_response(), both());
        let request = request("POST", "/x").header("content-type", media).body(HttpBody::from("x")).unwrap();
        assert_eq!(call(router, request).await.json(), expected);
    }
}

#[tokio::test]
async fn a_router_nests_under_a_prefix_and_merges_with_the_document() {
    let api = users().merge(rt::document_route("/openapi.yaml", "openapi: 3.1.0"));
    let app = axum::Router::new().nest("/v1", api).route("/health", axum::routing::get(|| async { "ok" }));
    assert_eq!(get(app.clone(), "/v1/apps/a/users/b").await.json(), serde_json::json!(["a", "b"]));
    let document = get(app.clone(), "/v1/openapi.yaml").await;
    assert_eq!((document.status, document.text.as_str()), (200, "openapi: 3.1.0"));
    assert_eq!(document.headers["content-type"], "application/yaml");
    assert_eq!(get(app.clone(), "/health").await.text, "ok");
    assert_eq!(get(app.clone(), "/apps/a/users/b").await.status, 404);
    assert_eq!(get(app, "/v1/apps/a").await.status, 404);
    let odd = axum::Router::<()>::new().merge(rt::document_route("{no path}", "x"));
    assert_eq!(get(odd, "/").await.status, 404);
}

/// A small pseudo-random generator with a fixed seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[tokio::test]
async fn every_operation_of_any_document_can_be_found() {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let segments = ["a", "b", "{x}", "{x}.{y}", "a{x}", "{x}a", "{x}{y}", "", ":a", "*", "{x}:b"];
    for _ in 0..50 {
        let templates: Vec<(&'static str, &'static str)> = (0..20)
            .map(|_| {
                let path: Vec<&str> =
                    (0..=numbers.below(4)).flat_map(|_| ["/", segments[numbers.below(segments.len())]]).collect();
                ("GET", &*String::leak(path.concat()))
            })
            .collect();
        let router = router(&templates);
        for (_, template) in &templates {
            let uri = template.replace("{x}", "val").replace("{y}", "ue");
            assert_eq!(get(router.clone(), &uri).await.status, 200, "{uri} {template}");
        }
        for _ in 0..50 {
            let pool = ["/", "a", "b", ".", "..", "%2E", "%", "%zz", ":", "é", "*", "//", "{x}"];
            let path: String = (0..numbers.below(12)).map(|_| pool[numbers.below(pool.len())]).collect();
            let Ok(request) = request("GET", &format!("/{path}")).body(HttpBody::empty()) else {
                continue;
            };
            assert!(matches!(call(router.clone(), request).await.status, 200 | 400 | 404), "{path}");
        }
    }
}

#[tokio::test]
async fn very_long_paths_and_templates_are_harmless() {
    let deep: &'static str = String::leak("/{x}".repeat(5_000));
    let router = router(&[("GET", deep), ("GET", "/{x}")]);
    assert_eq!(get(router.clone(), &"/a".repeat(5_000)).await.status, 200);
    assert_eq!(get(router.clone(), &"/a".repeat(5_001)).await.status, 404);
    assert_eq!(get(router, &"/".repeat(30_000)).await.status, 404);
}
