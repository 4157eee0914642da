//! A proxy between a client and a service that violates its document.

use std::sync::Arc;

use serde_json::Value;
use specwright_mock::traffic::{Report, Side, overlay};
use specwright_mock::{Mock, Proxy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::faulty::{KEY, Service, USER, USERS, events, listen, send, service};

async fn proxy() -> (Service, Proxy) {
    let service = service().await;
    let proxy = Mock::text(USERS).proxy(&format!("{}/v1", service.url)).await.unwrap();
    (service, proxy)
}

/// A request with a wish for its response.
struct Planted {
    path: &'static str,
    wish: (&'static str, &'static str),
    /// The pointer and the kind of the violation.
    expected: (&'static str, &'static str),
}

const fn planted(
    path: &'static str,
    wish: (&'static str, &'static str),
    pointer: &'static str,
    kind: &'static str,
) -> Planted {
    Planted { path, wish, expected: (pointer, kind) }
}

const BODY: &str = "want-body";

const PLANTED: [Planted; 21] = [
    planted("/users/1", (BODY, r#"{"id":1,"name":"Jane","plan":"trial"}"#), "/body/plan", "enum"),
    planted("/users/1", (BODY, r#"{"id":"1","name":"Jane"}"#), "/body/id", "type"),
    planted("/users/1", (BODY, r#"{"id":1,"name":null}"#), "/body/name", "type"),
    planted("/users/1", (BODY, r#"{"id":1}"#), "/body/name", "required"),
    planted("/users/1", (BODY, r#"{"id":1,"name":"Jane","nick":"J"}"#), "/body/nick", "additionalProperties"),
    planted("/users/1", (BODY, r#"{"id":0,"name":"Jane"}"#), "/body/id", "minimum"),
    planted("/users/1", (BODY, r#"{"id":1,"name":"Maximilian"}"#), "/body/name", "maxLength"),
    planted("/users/1", (BODY, r#"{"id":1,"name":"Jane","since":"today"}"#), "/body/since", "format"),
    planted("/users/1", (BODY, r#"{"id":1,"name":"Jane","country":"Germany"}"#), "/body/country", "pattern"),
    planted("/users/1", (BODY, r#"{"id":1,"name":"Jane","tags":[]}"#), "/body/tags", "minItems"),
    planted("/users/1", (BODY, r#"{"id":1,"name":"Jane","tags":["a","a"]}"#), "/body/tags", "uniqueItems"),
    planted("/users/1", (BODY, "{\"id\":1,"), "/body", "syntax"),
    planted("/users/1", (BODY, ""), "/body", "body"),
    planted("/users/1", ("want-status", "418"), "", "status"),
    planted("/users/1", ("want-media", "text/html"), "/header/content-type", "mediaType"),
    planted("/users/1", ("want-media", "none"), "/header/content-type", "mediaType"),
    planted("/users", ("want-total", "none"), "/header/x-total", "required"),
    planted("/users", ("want-total", "many"), "/header/x-total", "type"),
    planted("/users", (BODY, r#"[{"id":1,"name":"A"},{"id":2}]"#), "/body/*/name", "required"),
    planted("/users", (BODY, r#"{"users":[]}"#), "/body", "type"),
    planted(
        "/users",
        (
            BODY,
            r#"[{"id":1,"name":"A"},{"id":1,"name":"A"},{"id":1,"name":"A"},{"id":1,"name":"A"},{"id":1,"name":"A"}]"#,
        ),
        "/body",
        "maxItems",
    ),
];

/// Method, path, headers and body of a request, and the pointer and kind of its violation.
type Sent =
    (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static str, (&'static str, &'static str));

fn kinds(report: &Report, side: Side) -> Vec<(String, &'static str)> {
    let of_side = report.violations.iter().filter(|one| one.side() == side);
    of_side.map(|one| (one.pointer().to_owned(), one.kind())).collect()
}

#[tokio::test]
async fn traffic_without_violations_is_clean_and_passes_unchanged() {
    let (_service, proxy) = proxy().await;
    for path in ["/users", "/users?limit=7&sort=age", "/users/1"] {
        let received = send(proxy.url(), "GET", path, &[KEY], b"").await;
        assert_eq!(received.status, 200);
        assert!(received.body.contains("Jane"), "{received:?}");
        assert!(!received.head.contains("x-hop"), "headers of a connection end at the proxy: {}", received.head);
    }
    let json = ("content-type", "application/json");
    let body = USER.replace('}', ",\"password\":\"hunter2\"}");
    assert_eq!(send(proxy.url(), "POST", "/users", &[KEY, json], body.as_bytes()).await.status, 201);
    assert_eq!(send(proxy.url(), "HEAD", "/users/1", &[KEY], b"").await.status, 200);
    let report = proxy.stop().await;
    assert!(report.is_clean(), "{}", report.to_text(&[]));
    assert_eq!((report.exchanges, report.partial, report.failed), (5, 0, 0));
    assert_eq!(report.operations["getUser"], 2);
}

#[tokio::test]
async fn each_planted_fault_of_a_service_is_found() {
    let (_service, proxy) = proxy().await;
    for Planted { path, wish, expected } in PLANTED {
        let received = send(proxy.url(), "GET", path, &[KEY, wish], b"").await;
        assert!(received.status > 0);
        let report = proxy.report().await;
        let found = kinds(&report, Side::Response);
        assert_eq!(found, [(expected.0.to_owned(), expected.1)], "{wish:?}: {}", report.to_text(&[]));
        assert!(kinds(&report, Side::Request).is_empty());
        proxy.reset();
    }
    let accepted = [KEY, ("content-type", "application/json"), ("want-status", "202")];
    send(proxy.url(), "POST", "/users", &accepted, USER.as_bytes()).await;
    let report = proxy.stop().await;
    assert_eq!(kinds(&report, Side::Response), [("/body".to_owned(), "body")], "202 has no body");
}

#[tokio::test]
async fn each_fault_of_a_client_is_found_and_passed_on() {
    const JSON: (&str, &str) = ("content-type", "application/json");
    let (_service, proxy) = proxy().await;
    let cases: [Sent; 9] = [
        ("GET", "/accounts/7", &[KEY], "", ("", "path")),
        ("DELETE", "/users/1", &[KEY], "", ("", "method")),
        ("GET", "/users", &[], "", ("", "credentials")),
        ("GET", "/users?limit=many", &[KEY], "", ("/query/limit", "type")),
        ("GET", "/users?limit=101", &[KEY], "", ("/query/limit", "maximum")),
        ("GET", "/users/one", &[KEY], "", ("/path/id", "type")),
        ("POST", "/users", &[KEY, JSON], r#"{"id":1,"name":"Jane","plan":"trial"}"#, ("/body/plan", "enum")),
        ("POST", "/users", &[KEY, JSON], "{", ("/body", "syntax")),
        ("POST", "/users", &[KEY, ("content-type", "text/csv")], "a", ("/header/content-type", "mediaType")),
    ];
    for (method, path, headers, body, (pointer, kind)) in cases {
        let received = send(proxy.url(), method, path, headers, body.as_bytes()).await;
        assert!(matches!(received.status, 200 | 201), "the service decides: {received:?}");
        let report = proxy.report().await;
        assert_eq!(kinds(&report, Side::Request), [(pointer.to_owned(), kind)], "{}", report.to_text(&[]));
        proxy.reset();
    }
}

#[tokio::test]
async fn several_violations_of_one_kind_are_proposed_as_an_overlay_that_works() {
    let (service, proxy) = proxy().await;
    for _ in 0..2 {
        for Planted { path, wish, .. } in PLANTED {
            send(proxy.url(), "GET", path, &[KEY, wish], b"").await;
        }
    }
    send(proxy.url(), "GET", "/users/1", &[KEY, ("want-status", "500")], b"").await;
    let report = proxy.report().await;
    let proposals = proxy.proposals().await;
    let sentences: Vec<&str> = proposals.iter().map(|one| one.sentence.as_str()).collect();
    assert!(
        sentences.contains(&"the service responds with `plan: trial`, 2 times; the document lacks it"),
        "{sentences:#?}"
    );
    assert!(!sentences.iter().any(|one| one.contains("500")), "one is not several: {sentences:#?}");
    // Broken JSON, a missing media type or body and a list that is an object have no remedy.
    assert!(proposals.len() >= 15, "{} of {}: {sentences:#?}", proposals.len(), report.violations.len());

    let folder = tempfile::tempdir().unwrap();
    let (document, file) = (folder.path().join("users.yaml"), folder.path().join("overlay.yaml"));
    std::fs::write(&document, USERS).unwrap();
    std::fs::write(&file, overlay(&proposals)).unwrap();
    let learned = Mock::of(&document).overlay(&file).proxy(&format!("{}/v1", service.url)).await.unwrap();
    for Planted { path, wish, .. } in PLANTED {
        send(learned.url(), "GET", path, &[KEY, wish], b"").await;
    }
    let left = learned.stop().await;
    assert!(left.violations.len() <= 5, "{}", left.to_text(&[]));
}

#[tokio::test]
async fn a_request_that_the_service_refuses_too_is_not_proposed() {
    let (_service, proxy) = proxy().await;
    let json = ("content-type", "application/json");
    let body = br#"{"id":1,"name":"Jane","plan":"trial"}"#;
    for _ in 0..2 {
        send(proxy.url(), "POST", "/users", &[KEY, json, ("want-status", "422")], body).await;
    }
    let sentences = |proposals: Vec<specwright_mock::traffic::Proposal>| -> Vec<String> {
        proposals.into_iter().map(|one| one.sentence).filter(|one| one.starts_with("clients")).collect()
    };
    assert_eq!(sentences(proxy.proposals().await), [""; 0]);
    for _ in 0..3 {
        send(proxy.url(), "POST", "/users", &[KEY, json], body).await;
    }
    assert_eq!(sentences(proxy.proposals().await), ["clients send `plan: trial`, 5 times; the document lacks it"]);
}

#[tokio::test]
async fn nothing_that_is_written_has_a_secret() {
    let (_service, proxy) = proxy().await;
    let json = ("content-type", "application/json");
    let secrets = [
        KEY,
        json,
        ("authorization", "Bearer t0ken-of-jane"),
        (BODY, r#"{"id":1,"name":"jane@example.com","plan":"sk_live_4eC39HqLyjWDarjt","nick":"hunter2"}"#),
    ];
    let body = br#"{"id":1,"name":"Maximilian","plan":"Jane Doe","password":"hunter2"}"#;
    for path in ["/users?access_token=t0ken-of-jane&limit=x", "/reset/t0ken-of-jane-1"] {
        for _ in 0..2 {
            send(proxy.url(), "POST", path, &secrets, body).await;
        }
    }
    let page = send(proxy.url(), "GET", "/_mock/", &[], b"").await;
    assert!(page.body.contains("Violations") && page.body.contains("/body/plan"), "{}", page.body);
    let (report, proposals) = proxy.finish().await;
    assert!(!report.is_clean());
    let written = [
        report.to_text(&proposals),
        report.to_json(&proposals).to_string(),
        report.to_junit(),
        overlay(&proposals),
        format!("{report:?}"),
        page.body.split("Last requests</h2>").next().unwrap_or_default().to_owned(),
    ];
    for text in written {
        for secret in ["sk_", "t0ken", "jane@example.com", "Jane Doe", "hunter2", "Maximilian"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}

#[tokio::test]
async fn reports_have_each_kind_once_with_its_count() {
    let (_service, proxy) = proxy().await;
    let mut heard = proxy.listen();
    for _ in 0..3 {
        send(proxy.url(), "GET", "/users/1", &[KEY, (BODY, r#"{"id":1,"name":"Jane","plan":"trial"}"#)], b"").await;
    }
    send(proxy.url(), "GET", "/users", &[KEY], b"").await;
    let report = proxy.stop().await;
    let line = "GET /users/{id}: response 200: /body/plan must be one of free, pro (enum; found trial), 3 times";
    assert_eq!(report.to_text(&[]), format!("4 exchanges with 2 of 4 operations: 3 violations of 1 kind\n  {line}\n"));
    assert_eq!(heard.recv().await.unwrap().kind(), "enum");
    assert!(heard.try_recv().is_err(), "a kind is reported once");
    let json = report.to_json(&[]);
    assert_eq!(json["violations"][0]["count"], 3);
    assert_eq!(json["violations"][0]["values"], serde_json::json!({"trial": 3}));
    assert_eq!(json["violations"][0]["side"], "response");
    let junit = report.to_junit();
    assert!(junit.contains("<testsuites tests=\"2\" failures=\"1\">"), "{junit}");
    assert!(junit.contains("<testcase classname=\"listUsers\" name=\"no violations\"/>"), "{junit}");
    assert!(junit.contains("<failure type=\"enum\""), "{junit}");
}

#[tokio::test]
async fn a_stream_passes_event_by_event_and_is_checked_at_its_end() {
    let (go, wait) = oneshot::channel();
    let service = listen(events(wait, "data: {\"id\":1,\"name\":\"Jane\",\"plan\":\"trial\"}\n\n")).await;
    let proxy = Mock::text(USERS).proxy(&service.url).await.unwrap();
    let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
    let head = "GET /events HTTP/1.1\r\nhost: localhost\r\nx-api-key: k\r\nconnection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut received = Vec::new();
    let mut part = [0_u8; 4096];
    while !String::from_utf8_lossy(&received).contains("Jane") {
        let read = stream.read(&mut part).await.unwrap();
        assert!(read > 0, "the first event comes before the second is sent");
        received.extend_from_slice(&part[..read]);
    }
    go.send(()).unwrap();
    stream.read_to_end(&mut received).await.unwrap();
    assert!(String::from_utf8_lossy(&received).contains("trial"));
    let report = proxy.stop().await;
    assert_eq!(kinds(&report, Side::Response), [("/body/*/plan".to_owned(), "enum")], "{}", report.to_text(&[]));
}

#[tokio::test]
async fn large_bodies_pass_and_are_not_checked() {
    let (_service, proxy) = proxy().await;
    let body = vec![b' '; 3 << 20];
    let headers = [KEY, ("content-type", "application/json")];
    assert_eq!(send(proxy.url(), "POST", "/users", &headers, &body).await.status, 201);
    let report = proxy.stop().await;
    assert!(report.is_clean(), "{}", report.to_text(&[]));
    assert_eq!((report.exchanges, report.partial), (1, 1));
}

#[tokio::test]
async fn many_clients_at_once_are_all_checked() {
    let (_service, proxy) = proxy().await;
    let proxy = Arc::new(proxy);
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..40 {
        let url = proxy.url().to_owned();
        clients.spawn(async move {
            let wish = if client % 2 == 0 { "418" } else { "200" };
            send(&url, "GET", "/users/1", &[KEY, ("want-status", wish)], b"").await.status
        });
    }
    let statuses = clients.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 418).count(), 20);
    let report = proxy.report().await;
    assert_eq!((report.exchanges, report.count()), (40, 20));
}

#[tokio::test]
async fn a_service_that_does_not_respond_is_reported() {
    let dead = service().await;
    let url = dead.url.clone();
    drop(dead);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let proxy = Mock::text(USERS).proxy(&url).await.unwrap();
    let received = send(proxy.url(), "GET", "/users/1", &[KEY], b"").await;
    assert_eq!(received.status, 502);
    assert!(received.body.contains("the service did not respond"), "{received:?}");
    let report = proxy.stop().await;
    assert_eq!((report.exchanges, report.failed, report.is_clean()), (0, 1, true));
}

#[tokio::test]
async fn pages_of_other_sites_reach_neither_the_service_nor_the_report() {
    let (_service, proxy) = proxy().await;
    let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
    stream.write_all(b"GET /users HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    assert!(response.starts_with("HTTP/1.1 403"), "{response}");
    assert_eq!(proxy.stop().await.exchanges, 0);
}

#[tokio::test]
async fn a_wrong_address_is_refused_at_the_start() {
    let error = Mock::text(USERS).proxy("api.example.com").await.unwrap_err();
    assert!(error.to_string().contains("is not the base URL of a service"), "{error}");
}

#[tokio::test]
async fn a_recording_is_checked_by_the_document() {
    let entry = |url: &str, status: u16, body: &str| {
        serde_json::json!({
            "request": {"method": "GET", "url": url, "headers": [{"name": "x-api-key", "value": "k"}]},
            "response": {
                "status": status,
                "headers": [{"name": "Content-Type", "value": "application/json"}, {"name": "x-total", "value": "1"}],
                "content": {"size": body.len(), "mimeType": "application/json", "text": body},
            },
        })
    };
    let har = serde_json::json!({"log": {"entries": [
        entry("https://api.example.com/v1/users?limit=1", 200, &format!("[{USER}]")),
        entry("https://staging.example.com/v1/users/1", 200, r#"{"id":1,"name":"Jane","plan":"trial"}"#),
        entry("https://api.example.com/v1/users/1", 200, r#"{"id":1,"name":"Jane","plan":"trial"}"#),
        entry("https://api.example.com/v1/teams", 200, "[]"),
        entry("https://cdn.example.com/logo.svg", 200, ""),
        entry("https://api.example.com/v1/users/1", 0, ""),
    ]}});
    let traffic = Mock::text(USERS).traffic().unwrap();
    let replayed = traffic.replay(&har.to_string()).await.unwrap();
    assert_eq!((replayed.checked, replayed.left_out), (4, 2));
    let report = traffic.report();
    let found: Vec<String> = report.violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "GET /teams: request: this path is not part of the API (path)",
            "GET /users/{id}: response 200: /body/plan must be one of free, pro (enum; found trial), 2 times",
        ]
    );
    let proposals: Vec<Value> =
        traffic.proposals().await.iter().map(|one| Value::from(one.sentence.as_str())).collect();
    assert_eq!(proposals, ["the service responds with `plan: trial`, 2 times; the document lacks it"]);
    let error = traffic.replay("{\"log\": {\n \"entries\": 1}}").await.unwrap_err();
    assert!(error.to_string().contains("at line 2 column"), "{error}");
}
