//! Logins of users: in a browser, on another device, and at servers that look up their endpoints; and
//! authorization servers that are hostile.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use base64::Engine as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use specwright_runtime::BoxFuture;
use specwright_runtime::client::{
    MockResponse, OAuth, OAuthTokens, Recorder, Request as Sent, Response as Received, TokenSource, Transport,
    TransportError,
};
use specwright_runtime::security::{OAuthFlow, OAuthFlows};

use crate::api::{BEARER, SECURED, builder, send};

static OPENID: OAuthFlows = OAuthFlows { metadata_url: Some("/.well-known/openid-configuration"), ..OAuthFlows::NONE };
static FLOWS: OAuthFlows = OAuthFlows {
    client_credentials: Some(OAuthFlow { token_url: "/token", ..OAuthFlow::NONE }),
    authorization_code: Some(OAuthFlow {
        token_url: "/token",
        authorization_url: Some("/login?tenant=7"),
        ..OAuthFlow::NONE
    }),
    device: Some(OAuthFlow { token_url: "/token", authorization_url: Some("/device"), ..OAuthFlow::NONE }),
    ..OAuthFlows::NONE
};

static RELATIVE: OAuthFlows =
    OAuthFlows { client_credentials: Some(OAuthFlow { token_url: "token", ..OAuthFlow::NONE }), ..OAuthFlows::NONE };
static ISSUER: OAuthFlows = OAuthFlows { metadata_url: Some("/issuer"), ..OAuthFlows::NONE };
static PLAIN: OAuthFlows = OAuthFlows { metadata_url: Some("/plain"), ..OAuthFlows::NONE };
static ENDLESS: OAuthFlows = OAuthFlows { metadata_url: Some("/endless"), ..OAuthFlows::NONE };

/// A server that keeps each request as path and body, and responds to it.
struct Server {
    url: String,
    requests: Arc<Mutex<Vec<(String, String)>>>,
}

impl Server {
    /// `respond` gets the origin of the server, and the path and the body of a request.
    async fn start(respond: impl Fn(&str, &str, &str) -> Response + Clone + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (origin, seen) = (url.clone(), Arc::clone(&requests));
        let app = axum::Router::new().fallback(move |request: Request| async move {
            let path = request.uri().path().to_owned();
            let body = to_bytes(request.into_body(), 1 << 20).await.unwrap();
            let body = String::from_utf8(body.to_vec()).unwrap();
            seen.lock().unwrap().push((path.clone(), body.clone()));
            respond(&origin, &path, &body)
        });
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { url, requests }
    }

    fn requests(&self) -> Vec<(String, String)> {
        self.requests.lock().unwrap().clone()
    }
}

fn json(status: u16, body: &Value) -> Response {
    let response = Response::builder().status(status).header("content-type", "application/json");
    response.body(Body::from(body.to_string())).unwrap()
}

fn metadata(origin: &str) -> Value {
    json!({
        "issuer": origin,
        "authorization_endpoint": format!("{origin}/login"),
        "token_endpoint": format!("{origin}/token"),
        "device_authorization_endpoint": format!("{origin}/device"),
    })
}

/// The URL to which a browser comes back.
fn back(url: &str, code: &str) -> String {
    let url = url::Url::parse(url).unwrap();
    let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    format!("/done?code={code}&state={state}")
}

/// The bearer tokens with which an API is called that refuses those that begin with `old`.
async fn presented(tokens: OAuthTokens, calls: usize) -> Vec<String> {
    let recorder = Recorder::new();
    let core = builder("https://a.example").token_source(&BEARER, tokens).transport(recorder.clone()).build().unwrap();
    recorder.respond_with(MockResponse::empty(401));
    for _ in 0..calls {
        recorder.respond_with(MockResponse::empty(204));
        send(core.call(&SECURED)).await.unwrap();
    }
    recorder.requests().iter().map(|request| request.header("authorization").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_user_logs_in_in_a_browser_at_endpoints_that_are_looked_up() {
    let server = Server::start(|origin, path, body| match path {
        "/.well-known/openid-configuration" => json(200, &metadata(origin)),
        "/token" if body.contains("refresh_token=r1") => json(200, &json!({"access_token": "new"})),
        "/token" => json(200, &json!({"access_token": "old", "refresh_token": "r1", "expires_in": 3600})),
        _ => json(404, &json!({})),
    })
    .await;
    let oauth = OAuth::new(&OPENID, &server.url, "app").scopes(["openid", "mail"]).parameter("prompt", "consent");
    let login = oauth.authorization_code("http://127.0.0.1:1/done").await.unwrap();
    let challenge =
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Sha256::digest(login.verifier().expose().as_bytes()));
    assert_eq!(
        login.url(),
        format!(
            "{}/login?response_type=code&client_id=app&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fdone\
             &scope=openid+mail&state={}&code_challenge={challenge}&code_challenge_method=S256&prompt=consent",
            server.url,
            login.state().expose()
        )
    );
    let shown = format!("{login:?}");
    assert!(!shown.contains(login.verifier().expose()) && !shown.contains(login.state().expose()), "{shown}");
    let (verifier, back) = (login.verifier().clone(), back(login.url(), "c%2F1"));
    let tokens = login.finish(&back).await.unwrap();
    assert_eq!(presented(tokens, 2).await, ["Bearer old", "Bearer new", "Bearer new"]);
    let requests = server.requests();
    assert_eq!(requests.len(), 3, "the metadata are fetched once");
    assert_eq!(
        requests[1].1,
        format!(
            "client_id=app&code=c%2F1&code_verifier={}&grant_type=authorization_code\
             &redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fdone",
            verifier.expose()
        )
    );
    assert_eq!(requests[2].1, "client_id=app&grant_type=refresh_token&refresh_token=r1");
}

#[tokio::test]
async fn a_login_continues_in_another_process_and_only_with_its_state() {
    let server = Server::start(|_, _, _| json(200, &json!({"access_token": "t"}))).await;
    let oauth = || OAuth::new(&FLOWS, &server.url, "app").secret("s");
    let login = oauth().authorization_code("https://app.example/done").await.unwrap();
    assert!(login.url().starts_with(&format!("{}/login?tenant=7&response_type=code&client_id=app&", server.url)));
    let (state, verifier) = (login.state().clone(), login.verifier().clone());
    let error = login.finish("/done?code=c&state=another").await.unwrap_err();
    assert!(
        error.to_string().ends_with("the URL does not belong to this login: its `state` is another one"),
        "{error}"
    );
    assert!(server.requests().is_empty());
    let back = format!("/done?code=c&state={}", state.expose());
    let login = oauth().continued_login("https://app.example/done", state, verifier.clone()).await.unwrap();
    let tokens = login.finish(&back).await.unwrap();
    assert_eq!(tokens.token().await.unwrap().expose(), "t");
    assert!(server.requests()[0].1.contains(verifier.expose()));
    // Without a refresh token, only the user can log in again.
    assert!(tokens.refused(&"t".into()).await);
    let error = tokens.token().await.unwrap_err().to_string();
    assert!(error.ends_with("there is no refresh token; log in again"), "{error}");
}

#[tokio::test]
async fn a_login_on_another_device_waits_for_the_user() {
    let polls = Arc::new(Mutex::new(0));
    let server = Server::start(move |_, path, _| {
        if path == "/device" {
            return json(
                200,
                &json!({"device_code": "d1", "user_code": "ABCD-EFGH", "verification_uri": "https://id.example/device",
                    "verification_uri_complete": "https://id.example/device?code=ABCD-EFGH", "interval": 1, "expires_in": 60}),
            );
        }
        *polls.lock().unwrap() += 1;
        match *polls.lock().unwrap() {
            1 => json(400, &json!({"error": "authorization_pending"})),
            _ => json(200, &json!({"access_token": "t1"})),
        }
    })
    .await;
    let login = OAuth::new(&FLOWS, &server.url, "tv").scopes(["play"]).device_code().await.unwrap();
    assert_eq!((login.verification_url(), login.user_code()), ("https://id.example/device", "ABCD-EFGH"));
    assert_eq!(login.verification_url_complete(), Some("https://id.example/device?code=ABCD-EFGH"));
    let tokens = login.finish().await.unwrap();
    assert_eq!(tokens.token().await.unwrap().expose(), "t1");
    let requests = server.requests();
    assert_eq!(requests[0].1, "client_id=tv&scope=play");
    let poll = "client_id=tv&device_code=d1&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code";
    assert_eq!((requests.len(), requests[2].1.as_str()), (3, poll));
}

fn device(lifetime: u32, responses: &[(u16, &str)]) -> (OAuth, Recorder) {
    let recorder = Recorder::new();
    let body = json!({"device_code": "d1", "user_code": "A", "verification_uri": "https://id.example/", "expires_in": lifetime});
    recorder.respond_with(MockResponse::json(200, body.to_string()));
    for (status, error) in responses {
        recorder.respond_with(MockResponse::json(*status, json!({"error": error}).to_string()));
    }
    (OAuth::new(&FLOWS, "https://id.example", "tv").transport(recorder.clone()), recorder)
}

#[tokio::test(start_paused = true)]
async fn polling_slows_down_and_ends_with_the_code() {
    let begun = tokio::time::Instant::now();
    let (oauth, recorder) = device(3600, &[(400, "slow_down"), (400, "authorization_pending"), (400, "access_denied")]);
    let error = oauth.device_code().await.unwrap().finish().await.unwrap_err().to_string();
    assert!(error.ends_with("refused the request: access_denied"), "{error}");
    assert_eq!((recorder.requests().len(), begun.elapsed().as_secs()), (4, 5 + 10 + 10));

    let begun = tokio::time::Instant::now();
    let (oauth, recorder) = device(60, &[(400, "authorization_pending"); 100]);
    let error = oauth.device_code().await.unwrap().finish().await.unwrap_err().to_string();
    assert!(error.ends_with("the code expired before a user confirmed it"), "{error}");
    assert_eq!((recorder.requests().len(), begun.elapsed().as_secs()), (1 + 12, 60));
}

/// Never responds.
struct Silent;

impl Transport for Silent {
    fn send(&self, _: Sent) -> BoxFuture<'_, Result<Received, TransportError>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_silent_token_endpoint_ends_the_call() {
    let tokens = OAuth::new(&FLOWS, "https://id.example", "app").transport(Silent).client_credentials().unwrap();
    let begun = tokio::time::Instant::now();
    let error = tokens.token().await.unwrap_err().to_string();
    assert!(error.contains("no response to the attempt arrived within 30s"), "{error}");
    assert_eq!(begun.elapsed().as_secs(), 30);
}

#[tokio::test]
async fn a_hostile_token_endpoint_gets_no_secret_and_gives_no_token() {
    let elsewhere = Server::start(|_, _, _| json(200, &json!({"access_token": "evil"}))).await;
    let foreign = elsewhere.url.clone();
    let server = Server::start(move |origin, path, _| match path {
        "/huge/token" => json(200, &json!({"access_token": "x".repeat(2 << 20)})),
        "/foreign/token" => Response::builder().status(307).header("location", &foreign).body(Body::empty()).unwrap(),
        "/loop/token" => Response::builder().status(307).header("location", path).body(Body::empty()).unwrap(),
        "/issuer" => json(200, &json!({"issuer": "https://id.example", "token_endpoint": format!("{origin}/token")})),
        "/plain" => json(200, &json!({"issuer": origin, "token_endpoint": foreign})),
        "/endless" => json(200, &json!({"issuer": "x".repeat(2 << 20)})),
        _ => json(200, &json!({"access_token": "t"})),
    })
    .await;
    let oauth = |flows, folder: &str| OAuth::new(flows, format!("{}{folder}", server.url), "app").secret("s3cret");
    let before = |folder: &str| oauth(&RELATIVE, folder).secret_in_body().client_credentials().unwrap();
    for (folder, reason) in [
        ("/huge", "larger than the limit of 1048576 bytes"),
        ("/foreign", "a redirect is not followed to another host"),
        ("/loop", "a redirect is not followed"),
    ] {
        let error = before(folder).token().await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(reason) && !shown.contains("s3cret"), "{folder}: {shown}");
    }
    for (flows, reason) in [
        (&ISSUER, "name another `issuer` than their URL does"),
        (&PLAIN, "`token_endpoint` in the metadata of the authorization server is neither HTTPS nor on its origin"),
        (&ENDLESS, "larger than the limit"),
    ] {
        let error = oauth(flows, "").client_credentials().unwrap().token().await.unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
    assert!(elsewhere.requests().is_empty(), "nothing goes to another origin");
    assert!(server.requests().iter().all(|(path, _)| path != "/token"), "no secret goes where nobody asked");
}

#[tokio::test(start_paused = true)]
async fn lying_lifetimes_neither_stop_nor_flood_the_client() {
    for (lifetime, calls, requests) in
        [(json!(-5), 3, 3), (json!(0), 3, 3), (json!(1e300), 3, 1), (json!("9e99"), 3, 1), (json!("soon"), 3, 1)]
    {
        let recorder = Recorder::new();
        for _ in 0..calls {
            let body = json!({"access_token": "t", "expires_in": lifetime});
            recorder.respond_with(MockResponse::json(200, body.to_string()));
        }
        let oauth = OAuth::new(&FLOWS, "https://id.example", "app").transport(recorder.clone());
        let tokens = oauth.client_credentials().unwrap();
        for _ in 0..calls {
            tokens.token().await.unwrap();
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        assert_eq!(recorder.requests().len(), requests, "{lifetime}");
    }
}

#[tokio::test]
async fn a_login_before_oauth_sends_only_id_and_secret() {
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::json(200, r#"{"access_token": "t", "expires_in": 3600}"#));
    let oauth = OAuth::new(&FLOWS, "https://id.example", "app").secret("s").transport(recorder.clone());
    assert_eq!(oauth.client_login().unwrap().token().await.unwrap().expose(), "t");
    assert_eq!(recorder.requests()[0].body, "client_id=app&client_secret=s");
}
