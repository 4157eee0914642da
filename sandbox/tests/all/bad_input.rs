//! Invalid requests: each gets a 4xx response, and the sandbox keeps running.

use std::time::Duration;

use reqwest::Method;
use sandbox::{Provider, Sandbox};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::{TestResult, call, response_of};

const PROFILE: &str = "/v2/session/apps/54e9ujn/users/usr_01jqebhswje1ka1z7ahr9rfsgt/profile";

/// Sends bytes, and reads until the sandbox closes the connection or sends nothing more.
async fn raw(sandbox: &Sandbox, bytes: &[u8]) -> Result<String, std::io::Error> {
    let mut stream = TcpStream::connect(sandbox.address()).await?;
    // The connection may already be closed.
    let _ = stream.write_all(bytes).await;
    let mut response = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(Ok(length)) = tokio::time::timeout(Duration::from_millis(1500), stream.read(&mut buffer)).await {
        if length == 0 {
            break;
        }
        response.extend_from_slice(&buffer[..length]);
    }
    Ok(String::from_utf8_lossy(&response).into_owned())
}

fn status_of(response: &str) -> u16 {
    response.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

async fn assert_alive(sandbox: &Sandbox) -> TestResult {
    let (status, _) = response_of(reqwest::Client::new().get(format!("{}/_sandbox/health", sandbox.origin()))).await?;
    assert_eq!(status, 200);
    Ok(())
}

#[tokio::test]
async fn invalid_bodies_are_4xx() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let patch = || call(&sandbox, Provider::Prelude, Method::PATCH, PROFILE);
    let json = |text: String| patch().header("content-type", "application/json").body(text);
    let deep = "[".repeat(200_000);
    let cases = [
        (json("{\"profile\": {\"a\":".to_owned()), 400),
        (json(String::new()), 400),
        (json("null".to_owned()), 400),
        (json("{\"profile\": {\"a\": 1}}".to_owned()), 400),
        (json("{\"profile\": []}".to_owned()), 400),
        (json(deep), 400),
        (json("\u{feff}{}".to_owned()), 400),
        (patch().body("profile=x").header("content-type", "text/plain"), 415),
        (patch().body("{}").header("content-type", "application/json; charset=utf-16"), 415),
        (json(format!("{{\"profile\": {{\"a\": \"{}\"}}}}", "x".repeat(3 << 20))), 413),
    ];
    for (request, expected) in cases {
        assert_eq!(response_of(request).await?.0, expected);
    }
    let long = format!("{PROFILE}/{}", "x".repeat(3_000));
    assert_eq!(response_of(call(&sandbox, Provider::Prelude, Method::PATCH, &long)).await?.0, 414);
    let invalid = patch().header("content-type", "application/json").body(vec![b'"', 0xff, b'"']);
    assert_eq!(response_of(invalid).await?.0, 400);
    assert_alive(&sandbox).await
}

/// Otherwise, the caller's next request on that connection would be lost.
#[tokio::test]
async fn a_response_before_the_end_of_the_body_closes_the_connection() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let patch = |length: usize| {
        let body = format!("{{\"profile\": {{\"a\": \"{}\"}}}}", "x".repeat(length));
        call(&sandbox, Provider::Prelude, Method::PATCH, PROFILE).header("content-type", "application/json").body(body)
    };
    let refused = patch(3 << 20).send().await?;
    assert_eq!((refused.status().as_u16(), refused.headers().get("connection").is_some()), (413, true));
    let written = patch(3).send().await?;
    assert_eq!((written.status().as_u16(), written.headers().get("connection").is_some()), (204, false));
    Ok(())
}

#[tokio::test]
async fn truncated_and_malformed_messages_are_4xx_or_closed() -> TestResult {
    let sandbox = Sandbox::builder().body_timeout(Duration::from_millis(300)).start().await?;
    let head = format!(
        "PATCH /prelude{PROFILE} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk_prelude_sandbox\r\nContent-Type: application/json\r\n"
    );
    let slow = raw(&sandbox, format!("{head}Content-Length: 100\r\n\r\n{{").as_bytes()).await?;
    assert_eq!(status_of(&slow), 408, "{slow}");
    let chunk = raw(&sandbox, format!("{head}Transfer-Encoding: chunked\r\n\r\nzz\r\n").as_bytes()).await?;
    assert!(chunk.is_empty() || status_of(&chunk) == 400, "{chunk}");
    for head in [
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "NOTHING\r\n\r\n".to_owned(),
        "GET /rownd/\0 HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
        format!("GET /rownd/x HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(600_000)),
        format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(70_000)),
        format!("GET /rownd/{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "x".repeat(5_000)),
        format!("{head}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{{}}"),
    ] {
        let response = raw(&sandbox, head.as_bytes()).await?;
        assert!(response.is_empty() || (400..500).contains(&status_of(&response)), "{response}");
    }
    assert_alive(&sandbox).await
}

#[tokio::test]
async fn paths_cannot_leave_their_segment() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let escapes = [
        "../../config/login/password",
        "%2e%2e%2f%2e%2e%2fconfig",
        "..%2f..%2fconfig",
        "%00",
        "%ff%fe",
        "%",
        "a%2fb",
        "%2e%2e",
        "usr\\..\\x",
    ];
    for escape in escapes {
        let request = format!(
            "GET /prelude/v2/session/apps/54e9ujn/users/{escape} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer sk_prelude_sandbox\r\n\r\n"
        );
        let response = raw(&sandbox, request.as_bytes()).await?;
        // The status is 501 if the document does not have the resulting path.
        assert!((400..500).contains(&status_of(&response)) || status_of(&response) == 501, "{escape}: {response}");
    }
    let users = sandbox.users().await?;
    assert_eq!(users.iter().filter(|user| user.provider == "prelude").count(), 1);
    assert_alive(&sandbox).await
}

#[tokio::test]
async fn unusual_ids_are_stored_or_refused() -> TestResult {
    let sandbox = Sandbox::start().await?;
    for id in ["%00x", "%F0%9F%98%80", "a%20b", "%27%3B--", "__proto__"] {
        let path = format!("/applications/app_sandbox/users/{id}/data");
        let put = call(&sandbox, Provider::Rownd, Method::PUT, &path)
            .json(&json!({"data": {"note": "\u{0}\u{202e}<script>"}}));
        let (status, _) = response_of(put).await?;
        assert!(status == 200 || (400..500).contains(&status), "{id}: {status}");
        if status == 200 {
            assert_eq!(response_of(call(&sandbox, Provider::Rownd, Method::GET, &path)).await?.0, 200, "{id}");
        }
    }
    let long = format!("/applications/app_sandbox/users/{}/data", "x".repeat(1000));
    assert_eq!(response_of(call(&sandbox, Provider::Rownd, Method::PUT, &long).json(&json!({}))).await?.0, 400);
    assert_alive(&sandbox).await
}

#[tokio::test]
async fn invalid_forms_are_4xx() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let path = "/applications/app_sandbox/users/user_gary/data/fields/first_name";
    let put = |media: &str, body: String| {
        call(&sandbox, Provider::Rownd, Method::PUT, path).header("content-type", media).body(body)
    };
    let part = "Content-Disposition: form-data; name=\"value\"\r\n\r\n";
    let boundary = "multipart/form-data; boundary=x";
    let cases = [
        ("no boundary", put("multipart/form-data", format!("--x\r\n{part}Gary\r\n--x--\r\n")), 400..=415),
        ("another boundary", put(boundary, format!("--y\r\n{part}Gary\r\n--y--\r\n")), 400..=422),
        ("truncated", put(boundary, format!("--x\r\n{part}Ga")), 400..=400),
        ("without the part", put(boundary, "--x--\r\n".to_owned()), 400..=422),
        ("twice", put(boundary, format!("--x\r\n{part}a\r\n--x\r\n{part}b\r\n--x--\r\n")), 400..=422),
        ("a part without end", put(boundary, format!("--x\r\n{}", "A: b\r\n".repeat(50_000))), 400..=413),
        ("many parts", put(boundary, format!("--x\r\n{part}a\r\n").repeat(5_000) + "--x--\r\n"), 400..=422),
        ("too long", put(boundary, format!("--x\r\n{part}{}\r\n--x--\r\n", "x".repeat(40 << 20))), 413..=413),
    ];
    for (name, request, expected) in cases {
        let status = response_of(request).await.map(|(status, _)| status);
        // After a 413, the server need not read the rest, and may close the connection before the
        // response is read.
        assert!(status.as_ref().map_or(name == "too long", |status| expected.contains(status)), "{name}: {status:?}");
    }
    let login = |form: String| {
        call(&sandbox, Provider::Looker, Method::POST, "/login")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
    };
    for form in ["client_id=a&client_id=b", "client_id", "%ff=%ff", "%", "&&&=", "client_secret=%00"] {
        let (status, _) = response_of(login(form.to_owned())).await?;
        assert!((400..=422).contains(&status), "{form}: {status}");
    }
    assert_alive(&sandbox).await
}

#[tokio::test]
async fn header_tricks_are_4xx_or_closed() -> TestResult {
    let sandbox = Sandbox::builder().body_timeout(Duration::from_millis(400)).start().await?;
    let get = "GET /prelude/v2/session/apps/54e9ujn/users/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    let patch = format!(
        "PATCH /prelude{PROFILE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer sk_prelude_sandbox\r\n"
    );
    let json = "Content-Type: application/json\r\n";
    let many = "X-Again: and again\r\n".repeat(500);
    let cases = [
        format!("{get}Authorization: Bearer\r\n\r\n"),
        format!("{get}Authorization: Bearer sk_prelude_sandbox, Bearer other\r\n\r\n"),
        format!("{get}Authorization: Bearer other\r\nAuthorization: Bearer sk_prelude_sandbox\r\n\r\n"),
        format!("{get}Authorization: Basic Og==\r\n\r\n"),
        format!("{get}Authorization: \u{fc}\r\n\r\n"),
        format!("{get}{many}\r\n"),
        format!("{get} Folded: x\r\n\r\n"),
        format!("{get}Na me: x\r\n\r\n"),
        // Two lengths for one body are used for request smuggling.
        format!("{patch}{json}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
        format!("{patch}{json}Content-Length: -1\r\n\r\n"),
        format!("{patch}{json}Content-Length: 99999999999999999999\r\n\r\n{{}}"),
        format!("{patch}{json}Content-Length: 4\r\nTransfer-Encoding: gzip\r\n\r\n{{}}  "),
        format!("{patch}{json}Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u{1}\u{2}\u{3}\u{4}"),
        format!("{patch}{json}Expect: 100-continue\r\nContent-Length: 10\r\n\r\n"),
        format!("{patch}Content-Type: nothing\r\nContent-Length: 2\r\n\r\n{{}}"),
        format!("{patch}Content-Length: 2\r\n\r\n{{}}"),
        format!("{patch}{json}Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{{}}"),
        format!("{patch}X-HTTP-Method-Override: DELETE\r\n{json}Content-Length: 2\r\n\r\n{{}}"),
    ];
    for request in cases {
        let response = raw(&sandbox, request.as_bytes()).await?;
        // The response follows `100 Continue`.
        let response = response.strip_prefix("HTTP/1.1 100 Continue\r\n\r\n").unwrap_or(&response);
        let head = request.chars().take(300).collect::<String>();
        assert!(response.is_empty() || (400..500).contains(&status_of(response)), "{head}: {response}");
    }
    assert_eq!(sandbox.users().await?.iter().filter(|user| user.provider == "prelude").count(), 1);
    assert_alive(&sandbox).await
}

#[tokio::test]
async fn unusual_targets_reach_no_other_path() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let secret = "Host: x\r\nConnection: close\r\nAuthorization: Token stateset_token_sandbox\r\n\r\n";
    for target in [
        "GET //stateset/v1/users",
        "GET /stateset//v1/users",
        "GET /./stateset/v1/users",
        "GET /prelude/../stateset/v1/users",
        "GET /stateset/v1/users/",
        "GET /stateset/v1/users;x",
        "GET /_sandbox/../stateset/v1/users",
        "GET /%2e%2e/stateset/v1/users",
        "GET /prelude/%2e%2e/stateset/v1/users",
        "GET /_sandbox//health",
        "GET /_sandbox/openapi/../openapi/rownd.yaml",
        "GET /_sandbox/openapi/..%2f..%2fCargo.toml",
        "OPTIONS *",
        "TRACE /stateset/v1/users",
        "CONNECT 127.0.0.1:80",
        "DELETE /stateset/v1/users",
        "POST /_sandbox/health",
        "FROBNICATE /_sandbox/reset",
    ] {
        let response = raw(&sandbox, format!("{target} HTTP/1.1\r\n{secret}").as_bytes()).await?;
        let status = status_of(&response);
        // The status is 501 if the document does not have the path.
        assert!((400..500).contains(&status) || status == 501, "{target}: {response}");
        assert!(!response.contains("gary@foo.com"), "{target}: {response}");
    }
    // The host of an absolute target is ignored.
    let absolute = format!("GET http://example.com/stateset/v1/users HTTP/1.1\r\n{secret}");
    assert_eq!(status_of(&raw(&sandbox, absolute.as_bytes()).await?), 200);
    assert_alive(&sandbox).await
}

/// Two hundred callers that stop halfway do not block others, and are disconnected.
#[tokio::test]
async fn slow_callers_block_nobody() -> TestResult {
    let sandbox = Sandbox::builder().body_timeout(Duration::from_millis(700)).start().await?;
    let mut slow = Vec::new();
    for number in 0..200 {
        let mut stream = TcpStream::connect(sandbox.address()).await?;
        let head = "PATCH /prelude/v2/session/apps/54e9ujn/users/x/profile HTTP/1.1\r\nHost: x\r\n";
        let body =
            "Authorization: Bearer sk_prelude_sandbox\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";
        let text = if number % 2 == 0 { head.to_owned() } else { format!("{head}{body}") };
        stream.write_all(text.as_bytes()).await?;
        slow.push(stream);
    }
    let begun = std::time::Instant::now();
    assert_alive(&sandbox).await?;
    let waited = begun.elapsed();
    for (number, mut stream) in slow.into_iter().enumerate() {
        let mut received = Vec::new();
        let ended = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut received)).await;
        assert!(ended.is_ok(), "{number} was not disconnected");
        let received = String::from_utf8_lossy(&received);
        // Half a head gets no response; half a body gets 408.
        assert_eq!(status_of(&received), if number % 2 == 0 { 0 } else { 408 }, "{number}: {received}");
    }
    assert!(waited < Duration::from_secs(5), "{waited:?}");
    assert_alive(&sandbox).await
}

/// Clients have sent `null` for an unset optional property, and real servers have refused it with
/// 422 or 500.
#[tokio::test]
async fn null_is_invalid_for_a_property_that_is_only_optional() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let put = call(&sandbox, Provider::Stateset, Method::PUT, "/users/user_1");
    let (status, error) = response_of(put.json(&json!({"firstName": null}))).await?;
    assert_eq!(status, 422);
    assert!(error.to_string().contains("/body/firstName"), "{error}");
    let problem = sandbox.requests().into_iter().next().and_then(|entry| entry.problem);
    assert!(problem.is_some_and(|problem| problem.violations.len() == 1));
    Ok(())
}
