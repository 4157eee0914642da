//! Admin routes, documents, the page and seeds.

use reqwest::Method;
use sandbox::{DEFAULT_SEED, Provider, Sandbox, VERSION};
use serde_json::{Value, json};

use crate::{TestResult, call, response_of};

async fn text(sandbox: &Sandbox, path: &str) -> Result<String, reqwest::Error> {
    reqwest::get(format!("{}{path}", sandbox.origin())).await?.text().await
}

#[tokio::test]
async fn each_document_is_served_as_published_and_as_implemented() -> TestResult {
    let sandbox = Sandbox::start().await?;
    for provider in Provider::ALL {
        let yaml = text(&sandbox, &format!("/_sandbox/openapi/{provider}.yaml")).await?;
        assert_eq!(yaml, provider.document());
        let json: Value = serde_json::from_str(&text(&sandbox, &format!("/_sandbox/openapi/{provider}.json")).await?)?;
        assert_eq!(json["servers"][0]["url"], json!(sandbox.base_url(provider)));
        assert!(json["paths"].as_object().is_some_and(|paths| !paths.is_empty()));
    }
    Ok(())
}

/// Otherwise, validation against the served document would reject such requests.
#[tokio::test]
async fn ids_that_may_be_numbers_are_documented_as_such() -> TestResult {
    let sandbox = Sandbox::start().await?;
    for (provider, schema) in
        [(Provider::Stateset, "UserId"), (Provider::Looker, "UserId"), (Provider::Looker, "GroupId")]
    {
        let json: Value = serde_json::from_str(&text(&sandbox, &format!("/_sandbox/openapi/{provider}.json")).await?)?;
        let schema = &json["components"]["schemas"][schema];
        assert_eq!(schema["anyOf"][1]["type"], "integer", "{provider}: {schema}");
        assert!(schema["type"].is_null() && schema["description"].is_string(), "{provider}: {schema}");
    }
    let post = call(&sandbox, Provider::Stateset, Method::POST, "/users").json(&json!({"id": 7}));
    assert_eq!(response_of(post).await?, (201, json!({"id": "7"})));
    Ok(())
}

#[tokio::test]
async fn an_export_can_be_imported_and_reset_restores_the_seed() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let before = sandbox.export().await?;
    let put = call(&sandbox, Provider::Rownd, Method::PUT, "/applications/app_sandbox/users/user_ann/data");
    response_of(put.json(&json!({"data": {"first_name": "Ann"}}))).await?;
    let with_ann = sandbox.export().await?;
    assert_ne!(before, with_ann);
    let client = reqwest::Client::new();
    let reset = client.post(format!("{}/_sandbox/reset", sandbox.origin()));
    assert_eq!(response_of(reset).await?.0, 200);
    assert_eq!(sandbox.export().await?, before);
    let import = client.post(format!("{}/_sandbox/import", sandbox.origin())).body(with_ann.clone());
    assert_eq!(response_of(import).await?.0, 200);
    assert_eq!(sandbox.export().await?, with_ann);
    sandbox.reset().await?;
    assert!(sandbox.requests().is_empty());
    Ok(())
}

#[tokio::test]
async fn an_invalid_import_changes_nothing() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let before = sandbox.export().await?;
    for yaml in ["[", "nobody/users: {}", "rownd/users/a: {u: 1}", "rownd/users/a: {u: {data: []}}", "rownd/apps: 3"] {
        let import = reqwest::Client::new().post(format!("{}/_sandbox/import", sandbox.origin())).body(yaml);
        assert_eq!(response_of(import).await?.0, 422, "{yaml}");
    }
    assert_eq!(sandbox.export().await?, before);
    assert!(Sandbox::builder().seed("nobody/x: {}").start().await.is_err());
    Ok(())
}

#[tokio::test]
async fn pages_of_other_sites_cannot_reset() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let reset = reqwest::Client::new().post(format!("{}/_sandbox/reset", sandbox.origin()));
    assert_eq!(response_of(reset.header("origin", "https://example.com")).await?.0, 403);
    Ok(())
}

#[tokio::test]
async fn the_page_shows_users_and_requests_and_has_no_scripts() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let path = "/applications/app_sandbox/users/user_gary/data";
    let put = call(&sandbox, Provider::Rownd, Method::PUT, path);
    response_of(put.json(&json!({"data": {"nick": "<script>alert(1)</script>\u{202e}", "email": "\"><img src=x>"}})))
        .await?;
    let put = call(&sandbox, Provider::Rownd, Method::PUT, path);
    response_of(put.json(&json!({"data": {"nick": "<script>alert(1)</script>"}}))).await?;
    let login = call(&sandbox, Provider::Looker, Method::POST, "/login?client_id=a&client_secret=hunter2");
    response_of(login).await?;
    let page = text(&sandbox, "/").await?;
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(page.contains("application_user_data_update") && page.contains("not an e-mail address"));
    assert!(page.contains("client_secret=…") && !page.contains("hunter2"));
    for provider in Provider::ALL {
        assert!(page.contains(&sandbox.base_url(provider)));
        for (name, value) in sandbox.credentials().of(provider) {
            assert!(page.contains(&format!("<dt>{name}</dt><dd><code>{value}</code></dd>")), "{provider}: {name}");
        }
    }
    assert!(page.contains("<dt>profile.favorite_color</dt><dd>blue</dd>"), "values have their paths");
    assert!(page.contains("prefers-color-scheme: dark") && page.contains("max-width: 45rem"));
    Ok(())
}

#[tokio::test]
async fn each_response_has_the_version() -> TestResult {
    let sandbox = Sandbox::start().await?;
    for path in ["/", "/nothing", "/_sandbox/health", "/_sandbox/nothing", "/rownd/hub/app-config", "/rownd/nothing"] {
        let response = reqwest::get(format!("{}{path}", sandbox.origin())).await?;
        let version = response.headers().get("x-sandbox-version").and_then(|value| value.to_str().ok());
        assert_eq!(version, Some(VERSION), "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn an_unimplemented_path_is_501_with_a_marker() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let response = call(&sandbox, Provider::Rownd, Method::GET, "/applications/app_sandbox/schema").send().await?;
    assert_eq!(response.status().as_u16(), 501);
    assert!(response.headers().contains_key("x-not-implemented"));
    assert_eq!(
        response.headers().get("content-type").map(reqwest::header::HeaderValue::as_bytes),
        Some(&b"application/problem+json"[..])
    );
    let one = Sandbox::builder().providers(&[Provider::Prelude]).start().await?;
    assert_eq!(reqwest::get(format!("{}/rownd/hub/app-config", one.origin())).await?.status().as_u16(), 404);
    Ok(())
}

#[test]
fn the_default_seed_explains_itself() {
    assert!(DEFAULT_SEED.starts_with("# The initial records of a sandbox."));
}

/// The documentation lists every behaviour with its certainty.
#[test]
fn the_documentation_has_every_rule() -> TestResult {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/sandbox.md");
    let text = std::fs::read_to_string(path)?;
    for provider in Provider::ALL {
        for (certainty, rule) in provider.rules() {
            let line = format!("| {certainty} | {} |", rule.replace('|', "\\|"));
            assert!(text.contains(&line), "docs/sandbox.md lacks: {line}");
        }
    }
    Ok(())
}
