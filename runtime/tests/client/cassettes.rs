//! Recordings: what is written, what is played, and what the document says against it.

use std::path::PathBuf;

use serde_json::json;
use specwright_runtime::LazySchemas;
use specwright_runtime::client::{Core, FindingKind, MockResponse, Recorder};
use specwright_runtime::security::Presented;

use crate::api::{
    APP_KEY, CREATE_USER, GET_USER, Server, Success, User, builder, get_user, json as says, response, send,
};

static REQUESTS: &str = r#"{"operations": {"createUser": {"parameters": [], "bodies": [{"type": "object", "properties": [["name", {"type": "string"}]]}]}, "getUser": {"parameters": [], "bodies": []}}, "types": {}}"#;
static THEN: LazySchemas = LazySchemas::new(REQUESTS).with_responses(
    r#"{"operations": {"getUser": {"responses": [{"status": 200, "media": ["application/json"], "body": {"type": "object", "properties": [["id", {"type": "integer"}]]}}]}}, "types": {}}"#,
);
/// The id is text now.
static NOW: LazySchemas = LazySchemas::new(REQUESTS).with_responses(
    r#"{"operations": {"getUser": {"responses": [{"status": 200, "media": ["application/json"], "body": {"type": "object", "properties": [["id", {"type": "string"}]]}}]}}, "types": {}}"#,
);

struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("specwright-{}-{name}.yaml", std::process::id())))
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.0).unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn http() -> specwright_runtime::client::Http {
    specwright_runtime::client::Http::new(specwright_runtime::client::reqwest::Client::new())
}

fn client(url: &str, recorder: &Recorder) -> Core {
    let key = Presented::new().secret(&APP_KEY, "k3y".into());
    builder(url).credentials(key).header("x-api-key", "k3y").transport(recorder.clone()).build().unwrap()
}

#[tokio::test]
async fn a_recording_has_no_secrets_and_is_played_without_a_network() {
    let file = File::new("played");
    let server = Server::start([
        says("200 OK", r#"{"id": 7, "session_token": "s3cret"}"#),
        says("200 OK", r#"{"id": 8}"#),
        says("200 OK", r#"{"id": 9}"#),
    ])
    .await;
    let recorder = Recorder::record(&file.0, http());
    let core = client(&server.url, &recorder);
    let create = |core: &Core, password: &str| {
        let mut call = core.call(&CREATE_USER);
        call.json(0, &json!({"name": "jo", "password": password}));
        call
    };
    send(get_user(&core, "7")).await.unwrap();
    send(get_user(&core, "7")).await.unwrap();
    send(create(&core, "hunter2")).await.unwrap();
    let text = file.text();
    assert!(!text.contains("hunter2") && !text.contains("s3cret") && !text.contains("k3y"), "{text}");
    assert!(text.contains("session_token: '[redacted]'") && text.contains("password: '[redacted]'"), "{text}");

    let player = Recorder::replay(&file.0).unwrap();
    let core = client("https://elsewhere.example", &player);
    for id in [7, 8, 8] {
        let got = send(get_user(&core, "7")).await.unwrap().into_inner();
        assert!(matches!(got, Success::Ok(User { id: got }) if got == id));
    }
    // A secret is not part of the request.
    send(create(&core, "another")).await.unwrap();
    let error = send(get_user(&core, "8")).await.unwrap_err().to_string();
    assert!(
        error.contains("has no exchange for `getUser` (GET /users/8) with these values; record it again"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_stale_recording_is_distinguished_from_a_service_that_differs() {
    let file = File::new("checked");
    let server = Server::start([says("200 OK", r#"{"id": 7}"#), says("200 OK", r#"{"id": "8"}"#)]).await;
    let recorder = Recorder::record(&file.0, http()).validated_by(&THEN);
    let core = client(&server.url, &recorder);
    send(get_user(&core, "7")).await.unwrap();
    // The service sends what the document does not allow, and the type neither.
    send(get_user(&core, "8")).await.unwrap_err();
    let findings = recorder.findings();
    assert_eq!((findings.len(), findings[0].kind), (1, FindingKind::ServiceDiffers));
    assert_eq!(findings[0].violations, ["the response at `/id`: expected integer, found string"]);

    let play = |schemas| {
        let player = Recorder::replay(&file.0).unwrap().validated_by(schemas);
        (client(&server.url, &player), player)
    };
    let (core, player) = play(&THEN);
    send(get_user(&core, "7")).await.unwrap();
    send(get_user(&core, "8")).await.unwrap_err();
    assert_eq!(player.findings(), findings, "the document has not changed");

    let (core, player) = play(&NOW);
    let error = send(get_user(&core, "7")).await.unwrap_err().to_string();
    assert!(error.contains("the recording is older than the document; record it again"), "{error}");
    assert_eq!(player.findings()[0].kind, FindingKind::StaleRecording);
}

#[tokio::test]
async fn a_file_that_is_no_recording_is_refused() {
    let file = File::new("broken");
    let error = Recorder::replay(&file.0).unwrap_err().to_string();
    assert!(error.starts_with("the recording ") && error.contains("-broken.yaml: "), "{error}");
    for text in ["exchanges: 7", "exchanges: [{operation: a}]", "[", "exchanges: []\nmore: 1"] {
        std::fs::write(&file.0, text).unwrap();
        assert!(Recorder::replay(&file.0).is_err(), "{text}");
    }
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::json(200, r#"{"id": 1}"#));
    send(get_user(&client("https://a.example", &recorder), "7")).await.unwrap();
    assert_eq!((GET_USER.id, recorder.findings().len()), ("getUser", 0));
}

/// Parameters of `getUser`, and a header of its response.
static STRICT: LazySchemas = LazySchemas::new(
    r#"{"operations": {"getUser": {"parameters": [
        {"type": "integer", "maximum": 8}, {"type": "array", "items": {"type": "string", "maxLength": 2}},
        {"type": "string", "minLength": 3}, {"type": "string", "enum": ["dark"]}
    ], "bodies": []}}, "types": {}}"#,
)
.with_responses(
    r#"{"operations": {"getUser": {"responses": [{"status": 200, "media": ["application/json"], "body": {},
        "headers": [{"name": "x-left", "required": true, "schema": {"type": "integer"}}, {"name": "x-auth-token", "required": true, "schema": {"type": "integer"}}]
    }]}}, "types": {}}"#,
);

#[tokio::test]
async fn parameters_and_headers_are_validated_without_their_values() {
    let file = File::new("parameters");
    let head = |line: &str| response("200 OK", &format!("content-type: application/json\r\n{line}"), r#"{"id": 7}"#);
    let server = Server::start([head("x-left: 3\r\n"), head("x-left: many\r\n"), head("")]).await;
    let recorder = Recorder::record(&file.0, http()).validated_by(&STRICT);
    // A path of the base URL is no part of the operation's path.
    let core = client(&format!("{}/base/v1", server.url), &recorder);
    send(get_user(&core, "8")).await.unwrap();
    assert_eq!(recorder.findings(), []);
    let mut call = get_user(&core, "9");
    call.parameter(1, &["ab", "abc"]);
    call.parameter(2, "t1");
    send(call).await.unwrap();
    let expected = [
        "the request at `/path/user_id`: must be at most 8",
        "the request at `/query/fields/1`: must have at most 2 characters",
        "the request at `/header/X-Tenant`: must have at least 3 characters",
        "the response at `/header/x-left`: expected integer, found string",
    ];
    assert_eq!(recorder.findings()[0].violations, expected);
    send(get_user(&core, "8")).await.unwrap();
    assert_eq!(recorder.findings()[1].violations, ["the response at `/header/x-left`: must be given"]);

    let player = Recorder::replay(&file.0).unwrap().validated_by(&STRICT);
    let core = client("https://elsewhere.example/base/v1", &player);
    let mut call = get_user(&core, "9");
    call.parameter(1, &["ab", "abc"]);
    call.parameter(2, "t1");
    send(call).await.unwrap();
    let findings = player.findings();
    assert_eq!(
        (findings[0].kind, &findings[0].violations[..]),
        (FindingKind::ServiceDiffers, &expected.map(String::from)[..])
    );
}
