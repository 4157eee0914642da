//! Forced responses, latency, failures and rate limits.

use std::time::{Duration, Instant};

use reqwest::Method;
use sandbox::{Provider, Sandbox};
use serde_json::Value;

use crate::{TestResult, call, response_of};

/// A method, a path and a status.
type Forced = (Method, String, String);

/// Every documented response of every operation, with a value for each parameter.
fn documented(provider: Provider) -> Result<Vec<Forced>, serde_yaml::Error> {
    let document: Value = serde_yaml::from_str(provider.document())?;
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let Some(responses) = operation["responses"].as_object() else {
                continue;
            };
            let mut filled = String::new();
            for segment in path.split('/').skip(1) {
                filled.push('/');
                filled.push_str(if segment.starts_with('{') { "1" } else { segment });
            }
            for status in responses.keys() {
                let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes()).unwrap_or_default();
                all.push((method, filled.clone(), status.clone()));
            }
        }
    }
    Ok(all)
}

#[tokio::test]
async fn every_documented_response_can_be_forced() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let mut count = 0;
    for provider in Provider::ALL {
        for (method, path, status) in documented(provider)? {
            let asked = call(&sandbox, provider, method.clone(), &path).header("prefer", format!("code={status}"));
            let response = asked.send().await?;
            assert_eq!(response.status().as_str(), status, "{provider} {method} {path}");
            let asked = call(&sandbox, provider, method.clone(), &format!("{path}?__code={status}"));
            assert_eq!(response_of(asked).await?.0.to_string(), status, "{provider} {method} {path}");
            count += 1;
        }
    }
    assert!(count > 80, "{count}");
    Ok(())
}

#[tokio::test]
async fn a_generated_client_reads_forced_responses() -> TestResult {
    use specwright_runtime::client::{Error, RequestOptions};
    let sandbox = Sandbox::start().await?;
    let client = sandbox.prelude()?;
    for status in ["400", "403", "404"] {
        let options = RequestOptions::new().header("prefer", format!("code={status}"));
        let body = generated_client::prelude_so::types::PatchUserProfileRequest::new([("first_name", "Jane")]);
        match client.patch_user_profile("a", "b", &body).with(options).await {
            Err(Error::Api(response)) => assert_eq!(response.status().as_str(), status),
            other => return Err(format!("{other:?}").into()),
        }
    }
    // The log marks the responses as forced.
    let entries = sandbox.requests();
    assert!(entries.len() == 3 && entries.iter().all(|one| one.sandbox.as_deref() == Some("forced")), "{entries:?}");
    Ok(())
}

#[tokio::test]
async fn an_undocumented_status_cannot_be_forced() -> TestResult {
    let sandbox = Sandbox::start().await?;
    for code in ["418", "0", "abc", "99999"] {
        let asked = call(&sandbox, Provider::Stateset, Method::GET, &format!("/users?__code={code}"));
        let (status, problem) = response_of(asked).await?;
        assert_eq!(status, 400);
        assert!(problem["detail"].to_string().contains("200"));
    }
    Ok(())
}

#[tokio::test]
async fn latency_and_failures_are_injected() -> TestResult {
    let wait = Duration::from_millis(80);
    let sandbox = Sandbox::builder().latency(wait, wait).start().await?;
    let begun = Instant::now();
    assert_eq!(response_of(call(&sandbox, Provider::Stateset, Method::GET, "/users")).await?.0, 200);
    assert!(begun.elapsed() >= wait);
    let sandbox = Sandbox::builder().fail_rate(1.0).start().await?;
    assert_eq!(response_of(call(&sandbox, Provider::Stateset, Method::GET, "/users")).await?.0, 503);
    let sandbox = Sandbox::builder().fail_rate(0.5).start().await?;
    let mut failed = 0;
    for _ in 0..60 {
        failed += u32::from(response_of(call(&sandbox, Provider::Stateset, Method::GET, "/users")).await?.0 == 503);
    }
    assert!((5..55).contains(&failed), "{failed}");
    Ok(())
}

#[tokio::test]
async fn statesets_limit_is_counted_down_but_refuses_nothing() -> TestResult {
    let sandbox = Sandbox::builder().rate_limit(2).start().await?;
    let mut left = Vec::new();
    for _ in 0..3 {
        let response = call(&sandbox, Provider::Stateset, Method::GET, "/users").send().await?;
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["x-ratelimit-limit"], "2");
        left.push(response.headers()["x-ratelimit-remaining"].to_str()?.to_owned());
    }
    // On a slow machine, another second may begin in between.
    assert!(left[0] == "1" && (left[1..] == ["0", "0"] || left[1..].contains(&"1".to_owned())), "{left:?}");
    Ok(())
}
