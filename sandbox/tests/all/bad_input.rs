//! Requests that are wrong: each gets a 4xx, and the sandbox goes on.

use std::time::Duration;

use reqwest::Method;
use sandbox::{Provider, Sandbox};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::{Checked, answer, call};

const PROFILE: &str = "/v2/session/apps/54e9ujn/users/usr_01jqebhswje1ka1z7ahr9rfsgt/profile";

/// Sends these bytes, and reads until the sandbox closes or says nothing more.
async fn raw(sandbox: &Sandbox, bytes: &[u8]) -> Result<String, std::io::Error> {
    let mut stream = TcpStream::connect(sandbox.address()).await?;
    // It may have closed already.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(Ok(length)) = tokio::time::timeout(Duration::from_millis(1500), stream.read(&mut buffer)).await {
        if length == 0 {
            break;
        }
        answer.extend_from_slice(&buffer[..length]);
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn status_of(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

async fn lives(sandbox: &Sandbox) -> Checked {
    let (status, _) = answer(reqwest::Client::new().get(format!("{}/_sandbox/health", sandbox.origin()))).await?;
    assert_eq!(status, 200);
    Ok(())
}

#[tokio::test]
async fn bodies_that_are_wrong_are_4xx() -> Checked {
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
        assert_eq!(answer(request).await?.0, expected);
    }
    let invalid = patch().header("content-type", "application/json").body(vec![b'"', 0xff, b'"']);
    assert_eq!(answer(invalid).await?.0, 400);
    lives(&sandbox).await
}

#[tokio::test]
async fn truncated_and_odd_messages_are_4xx_or_closed() -> Checked {
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
        let answer = raw(&sandbox, head.as_bytes()).await?;
        assert!(answer.is_empty() || (400..500).contains(&status_of(&answer)), "{answer}");
    }
    lives(&sandbox).await
}

#[tokio::test]
async fn paths_cannot_leave_their_segment() -> Checked {
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
        let answer = raw(&sandbox, request.as_bytes()).await?;
        // 501: what it leads to is no path of the document.
        assert!((400..500).contains(&status_of(&answer)) || status_of(&answer) == 501, "{escape}: {answer}");
    }
    let users = sandbox.users().await?;
    assert_eq!(users.iter().filter(|user| user.provider == "prelude").count(), 1);
    lives(&sandbox).await
}

#[tokio::test]
async fn ids_of_any_kind_are_kept_or_refused() -> Checked {
    let sandbox = Sandbox::start().await?;
    for id in ["%00x", "%F0%9F%98%80", "a%20b", "%27%3B--", "__proto__"] {
        let path = format!("/applications/app_sandbox/users/{id}/data");
        let put = call(&sandbox, Provider::Rownd, Method::PUT, &path)
            .json(&json!({"data": {"note": "\u{0}\u{202e}<script>"}}));
        let (status, _) = answer(put).await?;
        assert!(status == 200 || (400..500).contains(&status), "{id}: {status}");
        if status == 200 {
            assert_eq!(answer(call(&sandbox, Provider::Rownd, Method::GET, &path)).await?.0, 200, "{id}");
        }
    }
    let long = format!("/applications/app_sandbox/users/{}/data", "x".repeat(1000));
    assert_eq!(answer(call(&sandbox, Provider::Rownd, Method::PUT, &long).json(&json!({}))).await?.0, 400);
    lives(&sandbox).await
}

/// What made real servers answer 422 or 500: an optional property that was not set, sent as `null`.
#[tokio::test]
async fn null_is_no_value_of_a_property_that_is_only_optional() -> Checked {
    let sandbox = Sandbox::start().await?;
    let put = call(&sandbox, Provider::Stateset, Method::PUT, "/users/user_1");
    let (status, error) = answer(put.json(&json!({"firstName": null}))).await?;
    assert_eq!(status, 422);
    assert!(error.to_string().contains("/body/firstName"), "{error}");
    let wrong = sandbox.requests().into_iter().next().and_then(|noted| noted.wrong);
    assert!(wrong.is_some_and(|wrong| wrong.places.len() == 1));
    Ok(())
}
