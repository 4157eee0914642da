//! Requests and streams: validation, forms, multipart and events.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use bytes::Bytes;
use futures::{StreamExt as _, executor, stream};
use specwright_runtime::body::ByteStream;
use specwright_runtime::stream::{Events, Lines};
use tests::generated::{differential, form, multipart};
use tower::ServiceExt as _;

use super::Subject;

pub const SUBJECTS: &[Subject] = &[
    ("validate a list", |n| json("/lists", &format!(r#"{{"nested": [{}]}}"#, joined("[1, 2]", n))), 500),
    ("validate unique items", |n| json("/lists", &format!(r#"{{"points": [{}]}}"#, counted(r#"{"x": N}"#, n))), 300),
    ("validate unions", |n| json("/unions", &format!(r#"{{"list": [{}]}}"#, joined(r#"1, ["a"]"#, n))), 300),
    (
        "validate unions that are wrong at the end",
        |n| json("/unions", &format!(r#"{{"list": [{}, {{}}]}}"#, joined("[\"a\"]", n))),
        300,
    ),
    ("validate a map", |n| json("/maps", &format!(r#"{{"counts": {{{}}}}}"#, counted(r#""kN": N"#, n))), 300),
    (
        "validate unknown properties",
        |n| json("/objects", &format!(r#"{{"id": "ab", {}}}"#, counted(r#""kN": N"#, n))),
        300,
    ),
    ("validate a long text", |n| json("/codes", &format!(r#"["{}"]"#, "a".repeat(n))), 100_000),
    (
        "read a form",
        |n| {
            send(
                form(),
                "/tokens",
                "application/x-www-form-urlencoded",
                &format!("grant_type=a&{}", counted("kN=1", n).replace(", ", "&")),
                usize::MAX,
            )
        },
        500,
    ),
    (
        "read a form with an object",
        |n| {
            send(
                form(),
                "/tokens",
                "application/x-www-form-urlencoded",
                &format!("grant_type=a&{}", counted("point[kN]=1", n).replace(", ", "&")),
                usize::MAX,
            )
        },
        500,
    ),
    (
        "read multipart in small chunks",
        |n| send(multipart(), "/albums", "multipart/form-data; boundary=x", &part(n), 16),
        20_000,
    ),
    ("read events", |n| events(&"data: 1\n\n".repeat(n), 64), 500),
    ("read one long event in small chunks", |n| events(&format!("data: \"{}\"\n\n", "a".repeat(n)), 16), 20_000),
    ("read lines", |n| lines(&"1\n".repeat(n)), 2_000),
];

struct Nobody;

impl differential::server::Differential for Nobody {}
impl form::server::Form for Nobody {}
impl multipart::server::Multipart for Nobody {}

fn form() -> Router {
    form::server::router(Nobody)
}

fn multipart() -> Router {
    multipart::server::router(Nobody)
}

fn joined(item: &str, count: usize) -> String {
    vec![item; count].join(", ")
}

/// Items in which `N` is replaced with their number.
fn counted(item: &str, count: usize) -> String {
    (0..count).map(|index| item.replace('N', &index.to_string())).collect::<Vec<_>>().join(", ")
}

fn part(length: usize) -> String {
    format!("--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n{}\r\n--x--\r\n", "a\r\n-".repeat(length / 4))
}

fn json(path: &str, body: &str) {
    send(differential::server::router(Nobody), path, "application/json", body, usize::MAX);
}

fn chunks<E>(body: &str, size: usize) -> Vec<Result<Bytes, E>> {
    body.as_bytes().chunks(size.min(body.len())).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect()
}

fn send(router: Router, path: &str, media: &str, body: &str, chunk: usize) {
    let request = Request::post(path).header("content-type", media);
    let request = request.body(Body::from_stream(stream::iter(chunks::<Infallible>(body, chunk)))).expect("a request");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let response = runtime.block_on(router.oneshot(request)).expect("a response");
    assert!(matches!(response.status().as_u16(), 400 | 422 | 501), "{path}: {}", response.status());
}

fn events(body: &str, chunk: usize) {
    let items = Events::<serde_json::Value>::read(ByteStream::new(stream::iter(chunks(body, chunk))));
    assert!(executor::block_on(items.count()) > 0);
}

fn lines(body: &str) {
    let items = Lines::<u8>::read(ByteStream::new(stream::iter(chunks(body, 64))));
    assert!(executor::block_on(items.count()) > 0);
}
