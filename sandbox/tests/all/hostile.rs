//! Callers with bad intentions: costly imports, other hosts, and disguised paths.

use std::time::{Duration, Instant};

use reqwest::{Client, Method, StatusCode};
use sandbox::{Data, Provider, Sandbox};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{TestResult, call, response_of};

#[tokio::test]
async fn an_import_that_nests_without_end_is_refused_at_once() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let before = sandbox.export().await?;
    let client = Client::new();
    for open in ["[", "{a: ", "- ", "? ", "a:\n "] {
        let begun = Instant::now();
        let import =
            client.post(format!("{}/_sandbox/import", sandbox.origin())).body(open.repeat(300_000 / open.len()));
        let (status, problem) = response_of(import).await?;
        assert_eq!(status, 422, "{open}: {problem}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("line ")), "{open}: {problem}");
        assert!(begun.elapsed() < Duration::from_secs(10), "{open}: {:?}", begun.elapsed());
    }
    assert_eq!(sandbox.export().await?, before);
    Ok(())
}

#[tokio::test]
async fn an_import_of_wrong_types_or_duplicate_keys_is_refused_with_its_location() -> TestResult {
    let sandbox = Sandbox::start().await?;
    for (records, place) in [
        ("rownd/users/a:\n  x: {data: {}}\n  x: {data: {}}\n", "line 3, column 3"),
        ("rownd/users/a: 1\n", "`rownd/users/a`"),
        ("rownd/users/a: {x: 1}\n", "`x` in `rownd/users/a`"),
        ("[]", "not an object"),
        ("a: &x {}\nb: *x\n", "line 2, column 4"),
    ] {
        let import = Client::new().post(format!("{}/_sandbox/import", sandbox.origin())).body(records);
        let (status, problem) = response_of(import).await?;
        assert_eq!(status, 422, "{records}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(place)), "{records}: {problem}");
    }
    Ok(())
}

#[tokio::test]
async fn another_name_of_this_machine_reaches_no_secret() -> TestResult {
    let sandbox = Sandbox::builder().allow_host("box.internal").start().await?;
    for path in ["/_sandbox/export", "/_sandbox/requests", "/"] {
        for (host, status) in [("evil.example", 403), ("box.internal:80", 200), ("localhost", 200)] {
            let response = Client::new().get(format!("{}{path}", sandbox.origin())).header("host", host).send().await?;
            assert_eq!(response.status().as_u16(), status, "{path} {host}");
            assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        }
    }
    Ok(())
}

#[tokio::test]
async fn an_escaped_letter_is_the_letter() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let plain = call(&sandbox, Provider::Rownd, Method::GET, "/applications/app_sandbox/users/user_gary/data");
    let escaped = call(&sandbox, Provider::Rownd, Method::GET, "/%61pplications/app_sandbox/users/user%5Fgary/d%61ta");
    let (status, body) = response_of(plain).await?;
    assert_eq!(status, 200);
    assert_eq!(response_of(escaped).await?, (200, body));
    Ok(())
}

#[tokio::test]
async fn two_credentials_are_refused() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let twice = Client::new()
        .get(format!("{}/users", sandbox.base_url(Provider::Looker)))
        .header("authorization", "token a")
        .header("authorization", "Bearer b");
    assert_eq!(twice.send().await?.status(), StatusCode::BAD_REQUEST);
    Ok(())
}

#[tokio::test]
async fn the_file_is_complete_after_a_clean_stop() -> TestResult {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("a.db");
    let sandbox = Sandbox::builder().data(Data::File(file.clone())).start().await?;
    for number in 0..30 {
        let path = format!("/applications/app_sandbox/users/user_{number}/data");
        let put = call(&sandbox, Provider::Rownd, Method::PUT, &path);
        let (status, _) = response_of(put.json(&serde_json::json!({"data": {"first_name": "Ann"}}))).await?;
        assert!(status < 300, "{status}");
    }
    let export = sandbox.export().await?;
    sandbox.stop().await;
    let copy = folder.path().join("b.db");
    std::fs::copy(&file, &copy)?;
    let copied = Sandbox::builder().data(Data::File(copy)).start().await?;
    assert_eq!(copied.export().await?, export);
    Ok(())
}

#[tokio::test]
async fn an_export_says_whether_the_file_alone_is_complete() -> TestResult {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("a.db");
    let sandbox = Sandbox::builder().data(Data::File(file.clone())).start().await?;
    let put = call(&sandbox, Provider::Rownd, Method::PUT, "/applications/app_sandbox/users/user_new/data");
    assert!(response_of(put.json(&serde_json::json!({"data": {"first_name": "Ann"}}))).await?.0 < 300);
    let export = sandbox.export().await?;
    assert!(export.starts_with("# The file of the store contains all of these records"), "{export:.200}");
    let copy = folder.path().join("b.db");
    std::fs::copy(&file, &copy)?;
    let copied = Sandbox::builder().data(Data::File(copy)).start().await?;
    assert_eq!(copied.export().await?, export);

    // Another program is reading an older state, which a checkpoint must not overwrite.
    let other = rusqlite::Connection::open(&file)?;
    let read = other.unchecked_transaction()?;
    let _: i64 = read.query_row("SELECT COUNT(*) FROM records", [], |row| row.get(0))?;
    let put = call(&sandbox, Provider::Rownd, Method::PUT, "/applications/app_sandbox/users/user_newer/data");
    assert!(response_of(put.json(&serde_json::json!({"data": {"first_name": "Bob"}}))).await?.0 < 300);
    let later = sandbox.export().await?;
    assert!(later.starts_with("# The file of the store lacks some of these records"), "{later:.200}");
    assert!(!Sandbox::start().await?.export().await?.starts_with('#'));
    copied.import(&later).await?;
    assert_eq!(copied.users().await?.len(), sandbox.users().await?.len());
    Ok(())
}

#[tokio::test]
async fn secrets_in_a_query_are_not_kept() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let query = "password=hunter2&key=hunter2&p%61ssword=hunter2&api_key=hunter2&page=7";
    let _ = call(&sandbox, Provider::Stateset, Method::GET, &format!("/users?{query}")).send().await?;
    let kept: Value = serde_json::to_value(sandbox.requests())?;
    let target = kept[0]["target"].as_str().unwrap_or_default();
    assert!(target.contains("page=7") && !target.contains("hunter2"), "{target}");
    Ok(())
}

#[tokio::test]
async fn a_caller_that_does_not_read_is_dropped() -> TestResult {
    const REQUESTS: usize = 2_000;
    let sandbox = Sandbox::builder().body_timeout(Duration::from_millis(300)).start().await?;
    let socket = tokio::net::TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(4096)?;
    let mut stream = socket.connect(sandbox.address()).await?;
    let request = format!("GET /_sandbox/openapi/looker.yaml HTTP/1.1\r\nhost: {}\r\n\r\n", sandbox.address());
    // This is more than all buffers between the two can hold.
    let _ = stream.write_all(request.repeat(REQUESTS).as_bytes()).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mut read = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut read)).await?;
    let responses = String::from_utf8_lossy(&read).matches("HTTP/1.1 200").count();
    assert!(responses > 0 && responses < REQUESTS, "{responses}");
    assert_eq!(Client::new().get(format!("{}/_sandbox/health", sandbox.origin())).send().await?.status(), 200);
    Ok(())
}
