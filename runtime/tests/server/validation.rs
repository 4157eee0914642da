//! Validation: the order of checks, and the rejections.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures::StreamExt as _;
use serde_json::json;
use specwright_runtime::server as rt;

use crate::service::{PATCH_USER, RawResponse, Users, call, patch_user, request, users};

const USER: &str = "/apps/a/users/u";

/// A body that never arrives.
fn endless() -> Body {
    Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>())
}

async fn patch(user: &str, body: &str) -> RawResponse {
    let request = request("PATCH", &format!("/apps/a/users/{user}"))
        .header("authorization", "Bearer good")
        .header("content-type", "application/json");
    call(users(), request.body(Body::from(body.to_owned())).unwrap()).await
}

#[tokio::test]
async fn a_valid_request_reaches_its_method() {
    let response = patch("u%2F1", r#"{"patch":{"name":"joe","automation_x":1},"inner":[{"x":1}]}"#).await;
    assert_eq!(response.status, 202, "{}", response.text);
    let expected = json!({
        "by": "users:write", "app": "a", "user": "u/1",
        "body": {"patch": {"name": "joe", "automation_x": 1}, "inner": [{"x": 1.0}]},
    });
    assert_eq!(response.json(), expected);
    assert_eq!(patch("quiet", r#"{"patch":{"name":"joe"}}"#).await.status, 204);
}

#[tokio::test(start_paused = true)]
async fn steps_are_checked_in_order_without_waiting_for_the_body() {
    let steps = [
        (request("PATCH", "/nowhere"), 404),
        (request("PUT", USER), 405),
        (request("PATCH", USER), 401),
        (request("PATCH", USER).header("authorization", "Bearer bad"), 401),
        (request("PATCH", USER).header("authorization", "Bearer banned"), 403),
        (request("PATCH", USER).header("authorization", "Bearer good").header("content-type", "text/plain"), 415),
        (request("PATCH", USER).header("authorization", "Bearer good"), 415),
        (
            request("PATCH", USER)
                .header("authorization", "Bearer good")
                .header("content-type", "application/json")
                .header("content-length", "99999999999"),
            413,
        ),
        (
            request("PATCH", USER)
                .header("authorization", "Bearer good")
                .header("content-type", "application/json; charset=utf-16"),
            415,
        ),
    ];
    for (request, status) in steps {
        let response =
            tokio::time::timeout(Duration::from_millis(1), call(users(), request.body(endless()).unwrap())).await;
        let response = response.expect("it waited for the body");
        assert_eq!(response.status, status, "{}", response.text);
        assert_eq!(response.headers["content-type"], "application/problem+json");
        assert_eq!(response.json()["status"], status);
    }
}

#[tokio::test]
async fn allowed_methods_are_listed() {
    let response = call(users(), request("PUT", USER).body(Body::empty()).unwrap()).await;
    assert_eq!(response.status, 405);
    assert_eq!(response.headers["allow"], "GET, HEAD, OPTIONS, PATCH");
    let detail = "this path does not support this method; it supports GET, HEAD, OPTIONS, PATCH";
    assert_eq!(response.json()["detail"], detail);
}

#[tokio::test(start_paused = true)]
async fn a_slow_body_is_a_timeout_and_a_long_one_is_cut_off() {
    let prepare =
        || request("PATCH", USER).header("authorization", "Bearer good").header("content-type", "application/json");
    let response = call(users(), prepare().body(endless()).unwrap()).await;
    assert_eq!(response.status, 408);
    // The body is sent in pieces without a length, forever.
    let chunks = futures::stream::repeat(Bytes::from_static(&[b' '; 4096])).map(Ok::<_, std::io::Error>);
    let response = call(users(), prepare().body(Body::from_stream(chunks)).unwrap()).await;
    assert_eq!(response.status, 413);
    let small = users().layer(rt::Extension(rt::Limits { body: 4, ..rt::Limits::default() }));
    let response = call(small, prepare().body(Body::from("12345")).unwrap()).await;
    assert_eq!(response.status, 413);
    let broken = futures::stream::iter([Ok(Bytes::from_static(b"{")), Err(std::io::Error::other("hunter2"))]);
    let response = call(users(), prepare().body(Body::from_stream(broken.boxed())).unwrap()).await;
    assert_eq!(response.status, 400);
    assert!(!response.text.contains("hunter2"));
}

#[tokio::test]
async fn unreadable_bodies_are_400_and_invalid_ones_422() {
    for (body, status, pointer) in [
        ("", 400, "/body"),
        ("{", 400, "/body"),
        ("{} x", 400, "/body"),
        ("{}", 422, "/body/patch"),
        (r#"{"patch":{"name":"joe"},"inner":[{"x":"1"}]}"#, 422, "/body/inner/0/x"),
        (r#"{"patch":{"name":""}}"#, 422, "/body/patch/name"),
        (r#"{"patch":{"name":"joe","age":-1}}"#, 422, "/body/patch/age"),
        (r#"{"patch":{"name":"joe","tags":["a","a"]}}"#, 422, "/body/patch/tags"),
        (r#"{"patch":{"name":"joe","tags":["a","B"]}}"#, 422, "/body/patch/tags/1"),
        (r#"{"patch":{"name":"joe","other/~":1}}"#, 422, "/body/patch/other~1~0"),
        (r#"{"patch":{"name":"joe"},"more":1}"#, 422, "/body/more"),
        (r#"{"patch":{"name":"joe"},"inner":[{"x":1},{"x":1,"y":2}]}"#, 422, "/body/inner/1/y"),
    ] {
        let response = patch("u", body).await;
        assert_eq!(
            (response.status, response.pointers()),
            (status, vec![pointer.to_owned()]),
            "{body}: {}",
            response.text
        );
    }
}

#[tokio::test]
async fn all_violations_are_reported_up_to_the_limit() {
    let body = r#"{"patch":{"name":"","age":-1,"tags":["1"],"x":1},"more":1}"#;
    let response = patch("u", body).await;
    let expected = ["/body/patch/name", "/body/patch/age", "/body/patch/tags/0", "/body/patch/x", "/body/more"];
    assert_eq!(response.pointers(), expected);
    let tags = vec!["1"; 1000];
    let body = json!({"patch": {"name": "joe", "tags": tags}}).to_string();
    assert_eq!(patch("u", &body).await.pointers().len(), rt::Limits::default().violations);
}

#[tokio::test]
async fn only_documented_responses_and_no_internal_text_are_sent() {
    let body = r#"{"patch":{"name":"joe"}}"#;
    let response = patch("missing", body).await;
    assert_eq!((response.status, response.json()), (404, json!({"code": "user_not_found"})));
    assert_eq!(patch("busy", body).await.status, 503);
    for user in ["odd", "crash"] {
        let response = patch(user, body).await;
        assert_eq!(response.status, 500);
        assert!(!response.text.contains("hunter2") && !response.text.contains("418"), "{}", response.text);
    }
    let response = patch("later", body).await;
    assert_eq!((response.status, &response.headers["x-not-implemented"]), (501, &"patchUser".parse().unwrap()));
    let broken = request("PATCH", USER).header("authorization", "Bearer broken").body(Body::empty()).unwrap();
    let response = call(users(), broken).await;
    assert_eq!(response.status, 500);
    assert!(!response.text.contains("hunter2"));
}

#[tokio::test]
async fn a_service_shapes_rejections_and_keeps_their_headers() {
    let reject = |_: &Users, rejection: rt::Rejection| {
        let text = format!("{:?} {}", rejection.kind(), rejection.operation().map_or("-", |operation| operation.id));
        let mut response = rt::Response::new(text.into());
        *response.status_mut() = rejection.status();
        response
    };
    let router = rt::router(Users, reject, vec![rt::route(&PATCH_USER, patch_user)]);
    let response = call(router.clone(), request("PATCH", USER).body(Body::empty()).unwrap()).await;
    assert_eq!((response.status, response.text.as_str()), (401, "Unauthorized patchUser"));
    assert_eq!(response.headers.get_all("www-authenticate").iter().count(), 3);
    let response = call(router, request("GET", USER).body(Body::empty()).unwrap()).await;
    assert_eq!((response.status, response.text.as_str()), (405, "MethodNotAllowed -"));
    assert_eq!(response.headers["allow"], "OPTIONS, PATCH");
}
