//! The bytes that clients send, compared with the published documentation.

use std::collections::BTreeMap;

use generated_client::{looker, prelude_so, rownd, stateset};
use serde_json::{Value, json};
use specwright_runtime::{MaybeAbsent, Secret};
use tests::{Listener, Received};

const EMPTY: &str = "HTTP/1.1 204 No Content\r\n\r\n";
const OBJECT: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

fn keys() -> rownd::Credentials {
    rownd::Credentials::AppKeyAndAppSecret { app_key: Secret::from("<api-key>"), app_secret: Secret::from("<api-key>") }
}

/// The headers of a request, without those of the connection.
fn headers(received: &Received) -> BTreeMap<&str, &str> {
    let connection = ["host", "content-length", "accept", "user-agent", "accept-encoding"];
    let headers = received.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    headers.filter(|(name, _)| !connection.contains(name)).collect()
}

#[tokio::test]
async fn rownd_profile_is_sent_like_the_documented_curl_command() {
    let listener = Listener::start(OBJECT).await;
    let client = rownd::Client::builder(listener.url()).credentials(keys()).build().unwrap();
    let data: Value = json!({
        "user_id": "user_a7b53gwdaml5jt7t71442nt7",
        "email": "gary@foo.com",
        "first_name": "Gary",
        "last_name": "Jackson",
    });
    let fields: BTreeMap<String, Value> = serde_json::from_value(data.clone()).unwrap();
    let body = rownd::types::AppUserDataRequest::new().data(fields);
    client.application_user_data_update("{app}", "{user}").json(&body).await.unwrap();
    let received = listener.only();
    assert_eq!(received.line, "PUT /applications/%7Bapp%7D/users/%7Buser%7D/data");
    assert_eq!(
        headers(&received),
        BTreeMap::from([
            ("content-type", "application/json"),
            ("x-rownd-app-key", "<api-key>"),
            ("x-rownd-app-secret", "<api-key>"),
        ])
    );
    assert_eq!(received.json(), json!({ "data": data }));
    assert_eq!(received.header("host"), Some(listener.host().as_str()));
    assert_eq!(received.header("content-length"), Some(received.body.len().to_string().as_str()));
}

#[tokio::test]
async fn rownd_profile_has_the_documented_query() {
    let listener = Listener::start(OBJECT).await;
    let client = rownd::Client::builder(listener.url()).credentials(keys()).build().unwrap();
    client.application_user_data_update("a", "u").write_data_to_integrations(false).await.unwrap();
    let received = listener.only();
    assert_eq!(received.line, "PUT /applications/a/users/u/data?write_data_to_integrations=false");
    assert_eq!(received.body, b"");
}

#[tokio::test]
async fn rownd_field_is_sent_as_json_or_as_a_form() {
    let listener = Listener::start(OBJECT).await;
    let credentials = rownd::Credentials::HubAccessTokenForRowndApi(Secret::from("jwt"));
    let client = rownd::Client::builder(listener.url()).credentials(credentials).build().unwrap();
    let json = rownd::types::ApplicationUserDataFieldUpdateJsonRequest::new(json!("Gary"));
    client.application_user_data_field_update("a", "u", "first_name").json(&json).await.unwrap();
    let received = listener.only();
    assert_eq!(received.line, "PUT /applications/a/users/u/data/fields/first_name");
    assert_eq!(
        headers(&received),
        BTreeMap::from([("authorization", "Bearer jwt"), ("content-type", "application/json")])
    );
    assert_eq!(received.body, br#"{"value":"Gary"}"#);

    let listener = Listener::start(OBJECT).await;
    let client = rownd::Client::builder(listener.url()).credentials(keys()).build().unwrap();
    let form = rownd::types::ApplicationUserDataFieldUpdateMultipartRequest::new("Gary");
    client.application_user_data_field_update("a", "u", "first_name").multipart(form).await.unwrap();
    let received = listener.only();
    let boundary =
        received.header("content-type").and_then(|media| media.strip_prefix("multipart/form-data; boundary=")).unwrap();
    let expected =
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\nGary\r\n--{boundary}--\r\n");
    assert_eq!(String::from_utf8_lossy(&received.body), expected);
}

#[tokio::test]
async fn prelude_profile_is_sent_as_documented() {
    let listener = Listener::start(EMPTY).await;
    let credentials = prelude_so::Credentials::Authorization(Secret::from("key"));
    let client = prelude_so::Client::builder(listener.url()).credentials(credentials).build().unwrap();
    let profile = BTreeMap::from([("first_name", "Jane"), ("last_name", "Smith")]);
    let profile = profile.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let body = prelude_so::types::PatchUserProfileRequest::new(profile.collect::<BTreeMap<_, _>>());
    let call = client.patch_user_profile("54e9ujn", "usr_01jqebhswje1ka1z7ahr9rfsgt", &body);
    call.send().await.unwrap();
    let received = listener.only();
    assert_eq!(received.line, "PATCH /v2/session/apps/54e9ujn/users/usr_01jqebhswje1ka1z7ahr9rfsgt/profile");
    assert_eq!(
        headers(&received),
        BTreeMap::from([("authorization", "Bearer key"), ("content-type", "application/json")])
    );
    assert_eq!(received.body, br#"{"profile":{"first_name":"Jane","last_name":"Smith"}}"#);
}

#[tokio::test]
async fn looker_value_is_sent_as_documented() {
    let listener = Listener::start(OBJECT).await;
    let credentials = looker::Credentials::AccessToken(Secret::from("token"));
    let client =
        looker::Client::builder(format!("{}/api/4.0", listener.url())).credentials(credentials).build().unwrap();
    let body = looker::types::UserAttributeWithValueRequest::new().value(MaybeAbsent::Value("emea".to_owned()));
    client.set_user_attribute_user_value("7", "23", &body).await.unwrap();
    let received = listener.only();
    assert_eq!(received.line, "PATCH /api/4.0/users/7/attribute_values/23");
    assert_eq!(
        headers(&received),
        BTreeMap::from([("authorization", "Bearer token"), ("content-type", "application/json")])
    );
    assert_eq!(received.body, br#"{"value":"emea"}"#);
}

#[tokio::test]
async fn stateset_user_is_sent_as_documented() {
    for (credentials, authorization) in [
        (stateset::Credentials::Token(Secret::from("<token>")), "Token <token>"),
        (stateset::Credentials::Bearer(Secret::from("<token>")), "Bearer <token>"),
    ] {
        let listener = Listener::start(OBJECT).await;
        let client =
            stateset::Client::builder(format!("{}/v1/", listener.url())).credentials(credentials).build().unwrap();
        let body = stateset::types::User::new().first_name("Jane");
        client.update_user("user_1", &body).await.unwrap();
        let received = listener.only();
        assert_eq!(received.line, "PUT /v1/users/user_1");
        assert_eq!(
            headers(&received),
            BTreeMap::from([("authorization", authorization), ("content-type", "application/json")])
        );
        assert_eq!(received.body, br#"{"firstName":"Jane"}"#);
    }
}

#[test]
fn base_urls_are_those_of_the_documentation() {
    assert_eq!(rownd::client::servers::PRODUCTION, "https://api.rownd.io");
    assert_eq!(rownd::client::servers::DEVELOPMENT, "https://api.us-east-2.dev.rownd.io");
    assert_eq!(prelude_so::client::servers::PRODUCTION, "https://api.prelude.dev");
    assert_eq!(stateset::client::servers::PRODUCTION, "https://api.stateset.com/v1");
    assert_eq!(looker::client::servers::instance("example.looker.com"), "https://example.looker.com/api/4.0");
}
