//! Rownd, with its generated client.

use std::collections::BTreeMap;

use generated_client::rownd::types::{AppUserDataRequest, BulkUpsertRequest, BulkUpsertUser};
use reqwest::Method;
use sandbox::{Provider, Sandbox};
use serde_json::{Value, json};

use crate::{TestResult, call, response_of};

fn data(value: &Value) -> AppUserDataRequest {
    AppUserDataRequest::new().data(
        value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect::<BTreeMap<_, _>>(),
    )
}

#[tokio::test]
async fn a_written_profile_is_read_back() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.rownd()?;
    let body = data(&json!({"email": "ann@foo.com", "first_name": "Ann"}));
    let put = client.application_user_data_update("app_sandbox", "user_ann").json(&body);
    put.send().await?;
    let read = client.application_user_data_get("app_sandbox", "user_ann").await?;
    let user = read.into_body();
    let data = user.data.unwrap_or_default();
    assert_eq!(data.get("email"), Some(&json!("ann@foo.com")));
    assert_eq!(data.get("user_id"), Some(&json!("user_ann")));
    assert_eq!(user.rownd_user, None);
    Ok(())
}

#[tokio::test]
async fn a_directive_makes_an_id() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.rownd()?;
    for (directive, length) in [("__UUID__", 36), ("__objectid__", 24), ("__default__", 29)] {
        let body = data(&json!({"first_name": "New"}));
        let made = client.application_user_data_update("app_sandbox", directive).json(&body).await?;
        let data = made.into_body().data.unwrap_or_default();
        let id = data.get("user_id").and_then(Value::as_str).unwrap_or_default().to_owned();
        assert_eq!(id.len(), length, "{id}");
        let read = client.application_user_data_get("app_sandbox", id).await?;
        assert_eq!(read.into_body().data, Some(data));
    }
    Ok(())
}

#[tokio::test]
async fn put_replaces_and_patch_merges() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.rownd()?;
    let body = data(&json!({"first_name": "Garry"}));
    client.application_user_data_patch("app_sandbox", "user_gary").json(&body).await?;
    let user = client.application_user_data_get("app_sandbox", "user_gary").await?;
    let read = user.into_body().data.unwrap_or_default();
    assert_eq!(read.get("last_name"), Some(&json!("Jackson")));
    assert_eq!(read.get("first_name"), Some(&json!("Garry")));
    client.application_user_data_update("app_sandbox", "user_gary").json(&body).await?;
    let user = client.application_user_data_get("app_sandbox", "user_gary").await?;
    assert_eq!(user.into_body().data.unwrap_or_default().get("last_name"), None);
    Ok(())
}

#[tokio::test]
async fn one_field_is_written_as_json_and_as_a_form() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let path = "/applications/app_sandbox/users/user_gary/data/fields/first_name";
    let put = call(&sandbox, Provider::Rownd, Method::PUT, path).json(&json!({"value": ["a", 1]}));
    let (status, user) = response_of(put).await?;
    assert_eq!((status, &user["data"]["first_name"]), (200, &json!(["a", 1])));
    let form = "--x\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\nGary\r\n--x--\r\n";
    let put = call(&sandbox, Provider::Rownd, Method::PUT, path)
        .header("content-type", "multipart/form-data; boundary=x")
        .body(form);
    let (status, user) = response_of(put).await?;
    assert_eq!((status, &user["data"]["first_name"]), (200, &json!("Gary")));
    let (_, value) = response_of(call(&sandbox, Provider::Rownd, Method::GET, path)).await?;
    assert_eq!(value, json!({"value": "Gary"}));
    let missing = "/applications/app_sandbox/users/user_gary/data/fields/nothing?fail_on_error=true";
    let (status, _) = response_of(call(&sandbox, Provider::Rownd, Method::GET, missing)).await?;
    assert_eq!(status, 403);
    Ok(())
}

#[tokio::test]
async fn read_only_and_reserved_fields_are_refused() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let path = "/applications/app_sandbox/users/user_gary/data";
    let cases = [
        (json!({"data": {"internal_score": 3}}), 403, "internal_score"),
        (json!({"data": {"email": "nothing"}}), 400, "e-mail"),
        (json!({"data": {"user_id": "user_other"}}), 400, "user_id"),
        (json!({"attributes": {"rownd:level": ["1"]}}), 400, "reserved"),
        (json!({"attributes": {"system:x": ["1"]}}), 400, "reserved"),
        (json!({"attributes": {"plain": ["1"]}}), 400, "namespace:key"),
    ];
    for (body, expected, word) in cases {
        let (status, error) = response_of(call(&sandbox, Provider::Rownd, Method::PUT, path).json(&body)).await?;
        assert_eq!(status, expected, "{body}");
        assert!(error["message"].to_string().contains(word), "{error}");
    }
    let good = json!({"attributes": {"rownd:app_variants": ["v1"], "mine:x": ["1"]}, "state": "disabled", "auth_level": "verified"});
    let (status, user) = response_of(call(&sandbox, Provider::Rownd, Method::PUT, path).json(&good)).await?;
    assert_eq!(status, 200);
    assert_eq!(user["state"], "enabled", "`state` is read-only");
    Ok(())
}

#[tokio::test]
async fn groups_have_an_owner_and_no_count() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let path = "/applications/app_sandbox/users/user_gary/data";
    let (_, user) = response_of(call(&sandbox, Provider::Rownd, Method::GET, path)).await?;
    assert_eq!(user["groups"][0]["group"]["member_count"], 0.0);
    assert_eq!(user["groups"][0]["member"]["roles"], json!(["owner", "editor"]));
    let body = data(&json!({"first_name": "Ann"}));
    let ann = sandbox.rownd()?.application_user_data_update("app_sandbox", "user_ann").json(&body).await?;
    let groups = ann.into_body().groups.unwrap_or_default();
    let state = groups.first().and_then(|one| one.member.state.clone());
    assert_eq!(state.map(|state| state.as_str().to_owned()), Some("invite_pending".to_owned()));
    Ok(())
}

#[tokio::test]
async fn users_are_listed_in_pages_and_written_in_bulk() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.rownd()?;
    let user = |id: &str, email: &str| BulkUpsertUser::new([("email".to_owned(), json!(email))]).user_id(id);
    let bulk = BulkUpsertRequest::new(vec![user("u1", "a@b.c"), user("u2", "broken"), user("u3", "c@b.c")]);
    let result = client.application_users_data_upsert("app_sandbox", &bulk).await?;
    let result = result.into_body();
    assert!(result.has_failures);
    let statuses: Vec<_> = result.results.iter().map(|one| one.status.as_str()).collect();
    assert_eq!(statuses, ["success", "failure", "success"]);
    let page = client.application_users_data_list("app_sandbox").page_size(2).await?.into_body();
    assert_eq!((page.total_results, page.results.len()), (3, 2));
    let found = client.application_users_data_list("app_sandbox").lookup_filter(vec!["c@b.c".to_owned()]).await?;
    assert_eq!(found.into_body().total_results, 1);
    Ok(())
}

#[tokio::test]
async fn credentials_are_checked() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let url = format!("{}/applications/app_sandbox/users/user_gary/data", sandbox.base_url(Provider::Rownd));
    let get = |key: &str, secret: &str| {
        let request = reqwest::Client::new().get(&url);
        request.header("x-rownd-app-key", key.to_owned()).header("x-rownd-app-secret", secret.to_owned())
    };
    assert_eq!(response_of(get("key_sandbox", "wrong")).await?.0, 401);
    assert_eq!(response_of(get("unknown", "ras_sandbox")).await?.0, 401);
    assert_eq!(response_of(get("key_other", "ras_other")).await?.0, 403, "another application's");
    assert_eq!(response_of(reqwest::Client::new().get(&url)).await?.0, 401);
    assert_eq!(response_of(reqwest::Client::new().get(&url).bearer_auth("rownd_jwt_sandbox")).await?.0, 200);
    assert_eq!(response_of(reqwest::Client::new().get(&url).bearer_auth("anything")).await?.0, 401);
    let config = format!("{}/hub/app-config", sandbox.origin());
    let (status, app) =
        response_of(reqwest::Client::new().get(config).header("x-rownd-app-key", "key_sandbox")).await?;
    assert_eq!((status, &app["app"]["id"]), (200, &json!("app_sandbox")), "without the prefix, as SDKs call it");
    Ok(())
}

/// Does what a server library does: it goes from the metadata to the keys, and from the keys to the
/// user.
#[tokio::test]
async fn a_users_token_is_verified_by_the_published_key_and_opens_that_users_paths() -> TestResult {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let sandbox = Sandbox::start().await?;
    let token = sandbox.rownd_token("user_gary").await?.ok_or("no token")?;
    assert_eq!(sandbox.rownd_token("nobody").await?, None);
    let anyone = generated_client::rownd::Client::builder(sandbox.base_url(Provider::Rownd)).build()?;
    let metadata = anyone.hub_auth_metadata_get().await?.into_body();
    let (_, keys) = response_of(reqwest::Client::new().get(&metadata.jwks_uri)).await?;
    let listed = anyone.hub_auth_keys_get().await?.into_body();
    assert_eq!(keys["keys"][0]["x"], json!(listed.keys[0].x));
    let (signed, signature) = token.rsplit_once('.').ok_or("no signature")?;
    let key = URL_SAFE_NO_PAD.decode(listed.keys[0].x.as_deref().unwrap_or_default())?;
    let signature = ed25519_compact::Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature)?)?;
    ed25519_compact::PublicKey::from_slice(&key)?.verify(signed, &signature)?;

    let get = |path: &str, token: &str| {
        let url = format!("{}/applications/{path}", sandbox.base_url(Provider::Rownd));
        reqwest::Client::new().get(url).bearer_auth(token)
    };
    assert_eq!(response_of(get("app_sandbox/users/user_gary/data", &token)).await?.0, 200);
    assert_eq!(response_of(get("app_sandbox/users/user_ann/data", &token)).await?.0, 403, "another user's");
    assert_eq!(response_of(get("app_sandbox/users/data", &token)).await?.0, 403, "everyone's");
    assert_eq!(response_of(get("app_other/users/user_gary/data", &token)).await?.0, 403, "another application's");
    let (header, rest) = token.split_once('.').ok_or("no claims")?;
    let forged = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
    for bad in [format!("{forged}.{rest}"), format!("{header}.{rest}x"), format!("{header}.{rest}."), signed.to_owned()]
    {
        assert_eq!(response_of(get("app_sandbox/users/user_gary/data", &bad)).await?.0, 401, "{bad}");
    }
    Ok(())
}

#[tokio::test]
async fn the_admin_route_issues_tokens_for_existing_users() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let post = |path: &str| reqwest::Client::new().post(format!("{}/_sandbox/rownd/token/{path}", sandbox.origin()));
    let (status, made) = response_of(post("app_sandbox/user_gary")).await?;
    assert_eq!((status, &made["expires_in"]), (200, &json!(3600)));
    assert_eq!(made["access_token"].as_str().unwrap_or_default().split('.').count(), 3);
    assert_eq!(response_of(post("app_sandbox/nobody")).await?.0, 404);
    assert_eq!(response_of(post("app_sandbox")).await?.0, 404);
    assert_eq!(response_of(post("app_sandbox/user_gary").header("origin", "https://example.com")).await?.0, 403);
    Ok(())
}
