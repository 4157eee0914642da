//! The mock and the generated server of a document agree about every request: they give the same
//! status and the same pointers in the same order.

use axum::Router;
use axum::body::to_bytes;
use serde_json::Value;
use specwright_codegen::config::ProviderConfig;
use specwright_mock::Mock;
use tests::tree::root;
use tower::ServiceExt as _;

use crate::draws::Draws;
use crate::requests::{Requests, Sent};
use crate::servers;

/// The differences of a fixture that are shown in full.
const SHOWN: usize = 8;

/// What the mock and the server decide about a request.
#[derive(Debug, PartialEq)]
struct Verdict {
    /// `None` if the request is valid.
    status: Option<u16>,
    /// The faults: their pointers and the broken keywords.
    faults: Vec<(String, String)>,
    /// Headers that the standards require.
    headers: Vec<String>,
}

async fn verdict(router: &Router, sent: &Sent) -> Option<Verdict> {
    let response = router.clone().oneshot(sent.request()?).await.expect("routers always respond");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 24).await.expect("a body");
    let status = parts.status.as_u16();
    // The router itself responds to `OPTIONS` if the document does not describe it.
    let is_allowed = sent.method == "OPTIONS" && parts.headers.contains_key("allow");
    let is_valid = (status < 400 && !is_allowed) || status == 501;
    let problem: Value = if is_valid { Value::Null } else { serde_json::from_slice(&body).unwrap_or_default() };
    let faults = problem["errors"].as_array().into_iter().flatten().map(|error| {
        let member = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        (member("pointer"), member("kind"))
    });
    let headers = ["allow", "www-authenticate"].into_iter().filter(|_| !is_valid);
    let headers = headers.flat_map(|name| parts.headers.get_all(name)).map(|value| format!("{value:?}"));
    Some(Verdict { status: (!is_valid).then_some(status), faults: faults.collect(), headers: headers.collect() })
}

fn mock(fixture: &str) -> specwright_mock::Builder {
    let folder = root().join("tests/fixtures/emit");
    let config = std::fs::read_to_string(folder.join(format!("{fixture}.toml")));
    let config = config.map(|text| ProviderConfig::parse("choices", &text).expect("choices")).unwrap_or_default();
    Mock::of(folder.join(format!("{fixture}.yaml"))).config(config).stateless()
}

/// The number of requests, and the differences.
async fn compare(fixture: &str, generated: &Router, random: usize, seed: u64) -> (usize, Vec<String>) {
    let builder = mock(fixture);
    let (document, router) = (builder.load().expect("a document"), builder.router().expect("a document"));
    let requests = Requests::new(document);
    let mut draws = Draws::new(seed);
    let (mut count, mut different) = (0, Vec::new());
    for operation in document.operations {
        for sent in requests.of(operation, random, &mut draws) {
            let (Some(own), Some(theirs)) = (verdict(&router, &sent).await, verdict(generated, &sent).await) else {
                continue;
            };
            count += 1;
            if own != theirs {
                let Sent { what, method, target, body, .. } = &sent;
                let body = body.as_ref().map(|(media, bytes)| format!("{media} {}", String::from_utf8_lossy(bytes)));
                if different.len() >= SHOWN {
                    different.push(fixture.to_owned());
                    continue;
                }
                different.push(format!(
                    "{fixture}: {what}: {method} {target} {}\n    mock   {own:?}\n    server {theirs:?}",
                    body.unwrap_or_default()
                ));
            }
        }
    }
    (count, different)
}

#[tokio::test]
async fn a_mock_and_the_generated_server_agree_on_every_request() {
    let (mut count, mut different) = (0, Vec::new());
    for (fixture, router) in servers::all() {
        let (more, found) = compare(fixture, &router, 20, 7).await;
        count += more;
        different.extend(found);
    }
    println!("{count} requests, {} differences", different.len());
    assert!(different.is_empty(), "{} of {count}:\n{}", different.len(), different.join("\n"));
    assert!(count > 10_000, "{count}");
}

/// Documents with many kinds of parameters and bodies.
const MANY: [&str; 5] = ["petstore", "payments", "trains", "validation", "union_discriminator"];

/// A number from the environment. The nightly workflow sets more requests and another seed than CI.
fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().expect("a number"))
}

#[tokio::test]
async fn a_mock_and_the_generated_server_agree_on_many_random_requests() {
    let (wanted, seed) = (number("AGREEMENT_REQUESTS", 500), number("AGREEMENT_SEED", 11));
    let wanted = usize::try_from(wanted).expect("a number of requests");
    for (fixture, router) in servers::all().into_iter().filter(|(fixture, _)| MANY.contains(fixture)) {
        let operations = mock(fixture).load().expect("a document").operations.len();
        let (count, different) = compare(fixture, &router, wanted / operations + 1, seed).await;
        println!("{fixture}: {count} requests, {} differences", different.len());
        assert!(different.is_empty(), "seed {seed}: {} of {count}:\n{}", different.len(), different.join("\n"));
        assert!(count >= wanted, "{fixture}: {count}");
    }
}
