//! Callers that mean harm: costly imports, other hosts, paths in disguise.

use std::time::{Duration, Instant};

use reqwest::{Client, Method, StatusCode};
use sandbox::{Data, Provider, Sandbox};
use serde_json::Value;

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
async fn an_import_of_wrong_types_or_of_a_key_twice_is_refused_with_its_place() -> TestResult {
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
async fn the_file_is_whole_after_a_clean_stop() -> TestResult {
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
async fn secrets_in_a_query_are_not_kept() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let query = "password=hunter2&key=hunter2&p%61ssword=hunter2&api_key=hunter2&page=7";
    let _ = call(&sandbox, Provider::Stateset, Method::GET, &format!("/users?{query}")).send().await?;
    let kept: Value = serde_json::to_value(sandbox.requests())?;
    let target = kept[0]["target"].as_str().unwrap_or_default();
    assert!(target.contains("page=7") && !target.contains("hunter2"), "{target}");
    Ok(())
}
