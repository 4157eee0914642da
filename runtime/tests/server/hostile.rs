//! Hostile requests, which are meant to be costly, to be misread, or to be logged with secrets.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body as HttpBody;
use serde_json::Value;
use specwright_runtime::descriptor::{
    Alternative, FormField, Operation, Parameter, Piece, RequestBody, Requirement, Style,
};
use specwright_runtime::server as rt;

use crate::service::{Point, RawResponse, SESSION, TOKEN, call, echo, request, single};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

static POST: Operation = Operation {
    id: "post",
    method: "POST",
    segments: &[&[Piece::Literal("post")]],
    body: Some(RequestBody { required: true, media: &[JSON, FORM, "text/plain", "application/octet-stream"] }),
    ..Operation::BASE
};

static FIELDS: [FormField; 1] = [FormField { name: "deep", style: Style::DeepObject, ..FormField::DEFAULT }];

fn post(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        request.admit_anyone()?;
        Ok(match request.media()? {
            0 => echo(&request.json::<BTreeMap<String, Point>>().await?.len()),
            1 => echo(&request.form::<BTreeMap<String, Value>>(&FIELDS).await?.len()),
            2 => echo(&request.text::<u8>().await?),
            _ => echo(&request.body()?.collect(99).await.map_or(0, |bytes| bytes.len())),
        })
    })
}

async fn send(media: &str, headers: &[(&str, &str)], body: impl Into<HttpBody>) -> RawResponse {
    let request = request("POST", "/post").header("content-type", media);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    call(single(&POST, post), request.body(body.into()).unwrap()).await
}

/// Linear work takes a fraction of a second, even without optimization. Quadratic work takes
/// minutes.
const SOON: Duration = Duration::from_secs(15);

#[tokio::test]
async fn a_form_with_very_many_names_is_read_in_time() {
    for (prefix, suffix) in [("", ""), ("deep%5B", "%5D")] {
        let mut body = String::new();
        for number in 0..100_000 {
            let _ = write!(body, "{prefix}{number:x}{suffix}=&");
        }
        assert!(body.len() < rt::Limits::default().body);
        let begun = Instant::now();
        let response = send(FORM, &[], body).await;
        assert_eq!(response.text, if prefix.is_empty() { "100000" } else { "1" });
        assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_map_with_very_many_closed_objects_is_validated_in_time() {
    let entries: Vec<_> = (0..60_000).map(|number| format!("\"{number:x}\":{{\"x\":1}}")).collect();
    let begun = Instant::now();
    let response = send(JSON, &[], format!("{{{}}}", entries.join(","))).await;
    assert_eq!(response.text, "60000");
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_value_that_is_also_an_object_is_refused_in_either_order() {
    for body in ["deep%5Ba%5D=1&deep%5Ba%5D%5Bb%5D=2", "deep%5Ba%5D%5Bb%5D=2&deep%5Ba%5D=1"] {
        assert_eq!(send(FORM, &[], body).await.status, 422, "{body}");
    }
}

#[tokio::test]
async fn spaces_around_a_form_value_belong_to_it() {
    static NAMED: Operation = Operation { body: Some(RequestBody { required: true, media: &[FORM] }), ..POST_BASE };
    fn handler(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
        Box::pin(async move {
            request.admit_anyone()?;
            Ok(echo(&request.form::<BTreeMap<String, String>>(&[]).await?))
        })
    }
    let sent = request("POST", "/post").header("content-type", FORM).body(HttpBody::from("a= b &c=d\n")).unwrap();
    assert_eq!(call(single(&NAMED, handler), sent).await.text, r#"{"a":" b ","c":"d\n"}"#);
}

const POST_BASE: Operation =
    Operation { id: "post", method: "POST", segments: &[&[Piece::Literal("post")]], ..Operation::BASE };

#[tokio::test]
async fn a_rejection_does_not_repeat_the_request() {
    let long = "hunter2".repeat(10_000);
    for (media, body) in [
        (JSON, format!("{{\"a\":{{\"x\":\"{long}\"}}}}")),
        (JSON, format!("{{\"a\":\"{long} at line 1\"}}")),
        (JSON, "{\"a\":{\"x\":{}},\"b\":7777777}".to_owned()),
        ("text/plain", long.clone()),
    ] {
        let response = send(media, &[], body).await;
        assert_eq!(response.status, 422);
        assert!(response.text.len() < 500, "{} bytes", response.text.len());
        assert!(!response.text.contains("hunter2") && !response.text.contains("7777777"), "{}", response.text);
    }
}

#[tokio::test]
async fn a_compressed_body_is_refused_unless_it_is_streamed() {
    assert_eq!(send(JSON, &[("content-encoding", "gzip")], "{}").await.status, 415);
    assert_eq!(send(JSON, &[("content-encoding", "identity")], "{}").await.status, 200);
    assert_eq!(send("application/octet-stream", &[("content-encoding", "gzip")], "abc").await.text, "3");
}

static SECURED: Operation = Operation {
    id: "secured",
    segments: &[&[Piece::Literal("secured")]],
    parameters: &[Parameter { name: "q", ..Parameter::QUERY }],
    security: &[
        Alternative { requirements: &[Requirement { scheme: &TOKEN, scopes: &[] }] },
        Alternative { requirements: &[Requirement { scheme: &SESSION, scopes: &[] }] },
    ],
    ..Operation::BASE
};

#[tokio::test]
async fn debug_of_a_request_shows_no_credential() {
    fn handler(_: Arc<()>, request: rt::Request) -> rt::HandlerFuture {
        Box::pin(async move {
            let whole = format!("{request:?} {:?}", request.context());
            let headers = &request.context().parts.headers;
            Ok(echo(&[whole, format!("{:?} {:?}", headers["authorization"], headers["cookie"])]))
        })
    }
    let sent = request("GET", "/secured?q=hunter2")
        .header("authorization", "Bearer hunter2")
        .header("proxy-authorization", "Basic hunter2")
        .header("cookie", "sid=hunter2")
        .header("x-own-token", "hunter2")
        .header("x-tenant", "seven");
    let shown = call(single(&SECURED, handler), sent.body(HttpBody::empty()).unwrap()).await.text;
    assert!(shown.contains("/secured") && shown.contains("seven"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[tokio::test]
async fn debug_of_a_form_shows_no_content() {
    static UPLOAD: Operation =
        Operation { body: Some(RequestBody { required: true, media: &["multipart/*"] }), ..POST_BASE };
    fn handler(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
        Box::pin(async move {
            request.admit_anyone()?;
            request.multipart(&[], |form| Ok(echo(&format!("{form:?}")))).await
        })
    }
    let body = "--b\r\ncontent-disposition: form-data; name=\"password\"\r\n\r\nhunter2\r\n--b--\r\n";
    let sent = request("POST", "/post").header("content-type", "multipart/form-data; boundary=b");
    let shown = call(single(&UPLOAD, handler), sent.body(HttpBody::from(body)).unwrap()).await.text;
    assert!(shown.contains("password") && !shown.contains("hunter2"), "{shown}");
}

/// Counts only the parts that have a name.
async fn upload(body: impl Into<HttpBody>) -> RawResponse {
    static UPLOAD: Operation =
        Operation { body: Some(RequestBody { required: true, media: &["multipart/*"] }), ..POST_BASE };
    fn handler(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
        Box::pin(async move {
            request.admit_anyone()?;
            request.multipart(&[], |form| Ok(echo(&form.rest::<Value>()?.len()))).await
        })
    }
    let sent = request("POST", "/post").header("content-type", "multipart/form-data; boundary=b");
    call(single(&UPLOAD, handler), sent.body(body.into()).unwrap()).await
}

#[tokio::test]
async fn parts_without_a_name_are_counted() {
    let parts = |count: usize| format!("{}--b--\r\n", "--b\r\ncontent-type: text/plain\r\n\r\nx\r\n".repeat(count));
    assert_eq!(upload(parts(256)).await.text, "0");
    let refused = upload(parts(257)).await;
    assert_eq!(refused.status, 413);
    assert!(refused.text.contains("at most 256 parts"), "{}", refused.text);
}

#[tokio::test]
async fn odd_cookies_do_not_hide_a_credential() {
    fn handler(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
        Box::pin(async move { Ok(echo(&request.credentials::<crate::service::Credentials>().is_ok())) })
    }
    for cookie in ["name=jörg; sid=a".as_bytes(), b"name=\xFF; sid=a"] {
        let sent = request("GET", "/secured").header("cookie", cookie).body(HttpBody::empty()).unwrap();
        assert_eq!(call(single(&SECURED, handler), sent).await.text, "true", "{cookie:?}");
    }
}

#[tokio::test]
async fn no_request_makes_the_server_panic() {
    for media in
        ["multipart/form-data; boundary=", "multipart/form-data; boundary=\"", "multipart/form-data; boundary=\"\""]
    {
        static ANY: Operation =
            Operation { body: Some(RequestBody { required: true, media: &["multipart/*"] }), ..POST_BASE };
        fn handler(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
            Box::pin(async move {
                request.admit_anyone()?;
                request.multipart(&[], |_| Ok(echo(&true))).await
            })
        }
        let sent = request("POST", "/post").header("content-type", media).body(HttpBody::from("--\r\n\r\n----\r\n"));
        assert_eq!(call(single(&ANY, handler), sent.unwrap()).await.status, 400, "{media}");
    }
    for body in [
        "1e999",
        "{\"a\":{\"x\":1e999}}",
        "{\"a\":{\"x\":NaN}}",
        "{\"\\ud800\":{\"x\":1}}",
        "\u{FEFF}{}",
        "{\"a\":",
        "",
        "[[[[",
        "nul",
        "{\"a\":{\"x\":1},}",
        "\0",
    ] {
        let status = send(JSON, &[], body).await.status;
        assert!(matches!(status, 400 | 422), "{body}: {status}");
    }
    assert!(matches!(send(JSON, &[], "[".repeat(1_000_000)).await.status, 400));
    let deep = format!("deep{}=1", "%5Ba%5D".repeat(100_000));
    assert_eq!(send(FORM, &[], deep).await.status, 422);
}

#[tokio::test]
async fn a_value_that_is_neither_text_nor_number_is_400() {
    for body in [
        &b"{\"a\":{\"x\":1e400}}"[..],
        b"{\"a\":{\"x\":-1E+400}}",
        b"{\"a\":{\"x\":1,\"ignored\":\"\xFF\"}}",
        b"{\"a\":{\"x\":\"\xFF\"}}",
        b"{\"\xC3\x28\":{\"x\":1}}",
        b"{\"\\ud800\":{\"x\":1}}",
        b"{\"a\":{\"x\":\"\\udc00\\ud800\"}}",
        b"{\"a\":{\"x\":true,\"z\":\"\xED\xA0\x80\"}}",
    ] {
        let response = send(JSON, &[], body.to_vec()).await;
        assert_eq!(response.status, 400, "{}: {}", String::from_utf8_lossy(body), response.text);
    }
    for body in ["a=%FF", "%C3%28=1", "a=%ED%A0%80"] {
        assert_eq!(send(FORM, &[], body).await.status, 400, "{body}");
    }
    assert_eq!(send("text/plain", &[], b"\xFF".to_vec()).await.status, 400);
    let bad_path = request("POST", "/p%FFst").body(HttpBody::empty()).unwrap();
    assert_eq!(call(single(&POST, post), bad_path).await.status, 400);
    let unknown = request("POST", "/p%C3%BCst").body(HttpBody::empty()).unwrap();
    assert_eq!(call(single(&POST, post), unknown).await.status, 404);
}

#[tokio::test]
async fn a_parameter_is_a_number_that_json_has() {
    static NUMBERS: Operation = Operation {
        id: "numbers",
        segments: &[&[Piece::Literal("numbers")]],
        parameters: &[Parameter { name: "q", ..Parameter::QUERY }, Parameter { name: "any", ..Parameter::QUERY }],
        ..Operation::BASE
    };
    fn handler(_: Arc<()>, request: rt::Request) -> rt::HandlerFuture {
        Box::pin(async move { Ok(echo(&(request.optional::<f64>(0)?, request.optional::<Value>(1)?))) })
    }
    for (query, status) in [
        ("q=1e400", 400),
        ("q=-1e400", 400),
        ("q=inf", 400),
        ("q=NaN", 400),
        ("q=%FF", 400),
        ("any=1e400", 200),
        ("q=1e300", 200),
    ] {
        let sent = request("GET", &format!("/numbers?{query}")).body(HttpBody::empty()).unwrap();
        let response = call(single(&NUMBERS, handler), sent).await;
        assert_eq!(response.status, status, "{query}: {}", response.text);
    }
}
