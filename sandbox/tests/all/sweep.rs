//! Calls every operation with many invalid requests. The served document must describe each
//! response.

use reqwest::{Client, Method, RequestBuilder, header};
use sandbox::{Provider, Sandbox};
use serde_json::Value;

use crate::TestResult;

/// An operation of the served document.
struct Operation {
    method: Method,
    /// The URL, with a value for each path parameter.
    url: String,
    media: Option<String>,
    statuses: Vec<String>,
}

/// The operations of the document as the sandbox implements it.
async fn operations(
    sandbox: &Sandbox,
    provider: Provider,
) -> Result<Vec<Operation>, Box<dyn std::error::Error + Send + Sync>> {
    let url = format!("{}/_sandbox/openapi/{provider}.json", sandbox.origin());
    let document: Value = serde_json::from_str(&reqwest::get(url).await?.text().await?)?;
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let Some(responses) = operation["responses"].as_object() else {
                continue;
            };
            let filled = path.split('/').map(|part| match part {
                "{app}" => "app_sandbox",
                "{appID}" => "54e9ujn",
                part if part.starts_with('{') => "1",
                part => part,
            });
            let content = operation["requestBody"]["content"].as_object();
            all.push(Operation {
                method: Method::from_bytes(method.to_ascii_uppercase().as_bytes())?,
                url: format!("{}{}", sandbox.base_url(provider), filled.collect::<Vec<_>>().join("/")),
                media: content.and_then(|content| content.keys().next().cloned()),
                statuses: responses.keys().cloned().collect(),
            });
        }
    }
    Ok(all)
}

/// Headers with valid credentials.
async fn credentials(sandbox: &Sandbox, provider: Provider) -> Result<Vec<(&'static str, String)>, reqwest::Error> {
    let own = sandbox.credentials();
    Ok(match provider {
        Provider::Rownd => {
            vec![("x-rownd-app-key", own.rownd_key.clone()), ("x-rownd-app-secret", own.rownd_secret.clone())]
        }
        Provider::Prelude => vec![("authorization", format!("Bearer {}", own.prelude_key))],
        Provider::Looker => {
            let form = [("client_id", &own.looker_client_id), ("client_secret", &own.looker_client_secret)];
            let login = Client::new().post(format!("{}/login", sandbox.base_url(provider))).form(&form).send().await?;
            let login: Value = login.json().await?;
            vec![("authorization", format!("Bearer {}", login["access_token"].as_str().unwrap_or_default()))]
        }
        Provider::Stateset => vec![("authorization", format!("Token {}", own.stateset_token))],
    })
}

/// Invalid variants of a call: each has its fault and the request.
fn invalid_requests(call: impl Fn(&str) -> RequestBuilder, media: Option<&str>) -> Vec<(String, RequestBuilder)> {
    let mut all: Vec<(String, RequestBuilder)> = [
        "?fields=%ff",
        "?page_size=many&limit=many&offset=-1",
        "?%",
        "?=&&=",
        "?sort=sideways&preview=huge",
        "?ids=%00&user_attribute_ids=,,,",
        "?fail_on_error=perhaps&all_values=7",
    ]
    .map(|query| (query.to_owned(), call(query)))
    .into();
    let Some(media) = media else {
        return all;
    };
    let deep = "[".repeat(100_000);
    let bodies = [
        "",
        "{",
        "[",
        "null",
        "0",
        "\"text\"",
        "[]",
        "[null]",
        "[{}]",
        "{}",
        "{\"profile\":[1]}",
        "{\"data\":7}",
        "{\"value\":{}}",
        "{\"id\":{}}",
        "{\"id\":1.5}",
        "{\"users\":[{\"data\":null}]}",
        "{\"name\":null}",
        "{\"a\":1e999}",
        "{\"a\":1,\"a\":2}",
        "\u{feff}{}",
        "{\"\\ud800\":1}",
        &deep,
    ];
    for body in bodies {
        let request = call("").header(header::CONTENT_TYPE, media).body(body.to_owned());
        all.push((format!("{media} {}", body.chars().take(40).collect::<String>()), request));
    }
    for other in ["text/plain", "application/xml", "nothing", "application/json; charset=utf-16", "a/b; =\""] {
        all.push((other.to_owned(), call("").header(header::CONTENT_TYPE, other).body("{}")));
    }
    let invalid = call("").header(header::CONTENT_TYPE, media).body(vec![b'{', b'"', 0xff, b'"', b':', b'1', b'}']);
    all.push(("not UTF-8".to_owned(), invalid));
    let long = format!("{{\"x\":\"{}\"}}", "x".repeat(3 << 20));
    all.push(("too long".to_owned(), call("").header(header::CONTENT_TYPE, media).body(long)));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn responses_to_invalid_requests_are_documented_and_no_5xx() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = Client::new();
    let mut count = 0;
    for provider in Provider::ALL {
        let headers = credentials(&sandbox, provider).await?;
        for operation in operations(&sandbox, provider).await? {
            // Operations that would end the session or delete users that are needed are called only
            // with invalid credentials.
            let keeps = operation.method != Method::DELETE;
            let with = |headers: &[(&'static str, String)], query: &str| {
                let request = client.request(operation.method.clone(), format!("{}{query}", operation.url));
                headers.iter().fold(request, |request, (name, value)| request.header(*name, value))
            };
            let invalid: Vec<_> = headers.iter().map(|(name, _)| (*name, "Bearer \u{fc}nknown".to_owned())).collect();
            let mut calls = vec![
                ("no credentials".to_owned(), with(&[], "")),
                ("invalid credentials".to_owned(), with(&invalid, "")),
            ];
            if keeps {
                calls.extend(invalid_requests(|query| with(&headers, query), operation.media.as_deref()));
            }
            for (variant, request) in calls {
                let named = format!("{} {}, {variant}", operation.method, operation.url);
                let response = request.send().await.map_err(|error| format!("{named}: {error:?}"))?;
                let (status, named) = (response.status(), format!("{named}: {}", response.status()));
                assert!(!status.is_server_error(), "{named}");
                assert!(operation.statuses.iter().any(|one| one == status.as_str()), "{named}");
                count += 1;
            }
        }
    }
    assert!(count > 500, "{count}");
    Ok(())
}
