//! Requests that a generated server refuses, and the order of its checks.

use generated_client::{prelude_so, rownd};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tests::Served;
use tests::script::{SECRET, Script};
use tests::scripted::{PreludeSo, Rownd};

const PROFILE: &str = "/v2/session/apps/a/users/u/profile";

/// A request, its problem, and the status of the response.
struct Row {
    name: &'static str,
    status: u16,
    request: RequestBuilder,
}

async fn prelude() -> (Served, Script, impl Fn(Method, &str) -> RequestBuilder) {
    let script = Script::new();
    let served = Served::start(prelude_so::server::router(PreludeSo(script.clone()))).await;
    let (http, url) = (reqwest::Client::new(), served.url());
    (served, script, move |method, path: &str| http.request(method, format!("{url}{path}")))
}

#[tokio::test]
async fn only_valid_requests_reach_a_method() {
    let (_served, script, request) = prelude().await;
    let patch = || request(Method::PATCH, PROFILE).bearer_auth(SECRET);
    let json = |text: &'static str| patch().header("content-type", "application/json").body(text);
    let rows = [
        Row { name: "unknown path", status: 404, request: request(Method::PATCH, "/v3") },
        Row { name: "unknown method", status: 405, request: request(Method::POST, PROFILE) },
        Row {
            name: "no credentials, and nothing else right either",
            status: 401,
            request: request(Method::PATCH, PROFILE).body("x"),
        },
        Row { name: "text", status: 415, request: patch().header("content-type", "text/plain").body("{}") },
        Row {
            name: "too large",
            status: 413,
            request: patch().header("content-type", "application/json").body(" ".repeat(3 << 20)),
        },
        Row { name: "truncated", status: 400, request: json(r#"{"profile":{"#) },
        Row { name: "empty", status: 400, request: json("") },
        Row { name: "no body", status: 400, request: patch() },
        Row { name: "no profile", status: 400, request: json("{}") },
        Row { name: "null for a profile", status: 400, request: json(r#"{"profile":null}"#) },
        Row { name: "a number in the profile", status: 400, request: json(r#"{"profile":{"a":1}}"#) },
    ];
    for Row { name, status, request } in rows {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{name}");
        let media = response.headers()["content-type"].clone();
        let body: Value = response.json().await.unwrap();
        if status == 400 {
            // The document describes the body of this status.
            assert_eq!(media, "application/json", "{name}");
            assert_eq!((&body["code"], &body["status"]), (&json!("invalid_request"), &json!("bad_request")), "{name}");
        } else {
            assert_eq!(media, "application/problem+json", "{name}");
            assert_eq!(body["status"], status, "{name}");
        }
    }
    assert_eq!(script.inputs(), [""; 0]);
}

#[tokio::test]
async fn a_refusal_in_the_documented_shape_names_the_pointer() {
    let (_served, _script, request) = prelude().await;
    let body = json!({ "external_id": "x".repeat(129) });
    let path = "/v2/session/apps/a/users/u/external_id";
    let response = request(Method::PUT, path).bearer_auth(SECRET).json(&body).send().await.unwrap();
    assert_eq!(response.status(), 400);
    let refusal: Value = response.json().await.unwrap();
    assert_eq!(refusal["code"], "invalid_request");
    assert!(refusal["message"].as_str().unwrap().contains("/external_id"), "{refusal}");

    let path = "/v2/session/apps/a/users?identifier_value=1";
    let response = request(Method::GET, path).bearer_auth(SECRET).send().await.unwrap();
    assert_eq!(response.status(), 400);
    let problem = response.text().await.unwrap();
    assert!(problem.contains("identifier_type"), "{problem}");
}

#[tokio::test]
async fn a_method_without_implementation_is_501_and_a_failure_does_not_leak() {
    let (_served, script, request) = prelude().await;
    let get = || request(Method::GET, "/v2/session/apps/a/users/u").bearer_auth(SECRET).send();
    let response = get().await.unwrap();
    assert_eq!(response.status(), 501);
    assert_eq!(response.headers()["x-not-implemented"], "getUser");

    let failure = specwright_runtime::server::Failure::internal("the database's password is hunter2");
    script.respond_with::<prelude_so::operations::GetUserSuccess, prelude_so::operations::GetUserError>(Err(failure));
    let response = get().await.unwrap();
    assert_eq!(response.status(), 500);
    assert!(!response.text().await.unwrap().contains("hunter2"));
}

#[tokio::test]
async fn rownd_forms_and_queries_are_validated() {
    let script = Script::new();
    let served = Served::start(rownd::server::router(Rownd(script.clone()))).await;
    let http = reqwest::Client::new();
    let field = format!("{}/applications/a/users/u/data/fields/f", served.url());
    let list = format!("{}/applications/a/users/data", served.url());
    let put = |media: &'static str, body: &'static str| {
        http.put(&field).bearer_auth(SECRET).header("content-type", media).body(body)
    };
    let rows = [
        Row {
            name: "a form without the value",
            status: 422,
            request: put("multipart/form-data; boundary=b", "--b--\r\n"),
        },
        Row {
            name: "a form that ends early",
            status: 400,
            request: put(
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\nGa",
            ),
        },
        Row { name: "a form without a boundary", status: 400, request: put("multipart/form-data", "--b--\r\n") },
        Row { name: "JSON without the value", status: 422, request: put("application/json", "{}") },
        Row {
            name: "a page size that is not a number",
            status: 400,
            request: http.get(format!("{list}?page_size=many")).bearer_auth(SECRET),
        },
        Row {
            name: "a page size out of bounds",
            status: 422,
            request: http.get(format!("{list}?page_size=1001")).bearer_auth(SECRET),
        },
    ];
    for Row { name, status, request } in rows {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{name}");
    }
    assert_eq!(script.inputs(), [""; 0]);
    let null = put("application/json", r#"{"value":null}"#).send().await.unwrap();
    assert_eq!(null.status(), 501, "null is valid here");
    assert_eq!(script.inputs().len(), 1);
}
