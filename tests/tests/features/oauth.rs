//! OAuth 2 and OpenID Connect as bearer tokens, with a token source.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use specwright_runtime::client::{
    CachedTokens, Error, MockResponse, OAuth, Recorder, StoredToken, Token, TokenError, TokenStore,
};
use specwright_runtime::security::OAuthFlows;
use specwright_runtime::server::{AuthError, Context, Failure};
use specwright_runtime::{BoxFuture, Secret};
use tests::generated::oauth::{Credentials, operations as o, security, server as s};

use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<(String, Vec<&'static str>)>);

impl s::Oauth for Service {
    type Principal = ();

    async fn authenticate(&self, credentials: Credentials, context: &Context) -> Result<(), AuthError> {
        let (name, token) = match &credentials {
            Credentials::Oauth(token) => ("oauth", token),
            Credentials::Openid(token) => ("openid", token),
        };
        self.0.record((format!("{name} {}", token.expose()), context.scopes().collect()));
        if token.matches("revoked") { Err(AuthError::Unauthorized) } else { Ok(()) }
    }

    async fn reports(
        &self,
        (): (),
        _: s::ReportsInput,
        _: Context,
    ) -> Result<o::ReportsSuccess, Failure<o::ReportsError>> {
        Ok(o::ReportsSuccess::NoContent)
    }

    async fn me(&self, (): (), _: s::MeInput, _: Context) -> Result<o::MeSuccess, Failure<o::MeError>> {
        Ok(o::MeSuccess::NoContent)
    }
}

#[tokio::test]
async fn a_token_source_is_called_once_and_the_service_gets_scopes() {
    let service = Service::default();
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let tokens = CachedTokens::new(move || {
        let number = counter.fetch_add(1, Ordering::SeqCst) + 1;
        async move { Ok(Token::new(format!("t{number}")).expires_in(Duration::from_secs(3600))) }
    });
    let (client, sent) = connect!(oauth, service.clone(), .token_source(&security::OAUTH, tokens));
    client.reports().await.unwrap();
    client.reports().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert_eq!(sent.requests()[0].header("authorization"), Some("Bearer t1"));
    assert_eq!(service.0.all()[0], ("oauth t1".to_owned(), vec!["reports:read"]));
}

#[tokio::test]
async fn openid_is_a_bearer_token_too() {
    let service = Service::default();
    let (client, _) = connect!(oauth, service.clone(), .credentials(Credentials::Openid(Secret::from("id"))));
    client.me().await.unwrap();
    assert_eq!(service.0.only(), ("openid id".to_owned(), Vec::new()));
    let error = client.reports().await.unwrap_err();
    assert!(matches!(&error, Error::MissingCredentials(_)), "{error}");
}

#[tokio::test]
async fn a_failing_token_source_ends_the_call_before_it_is_sent() {
    let tokens = CachedTokens::new(|| async { Err(TokenError::new("the login is away")) });
    let (client, sent) = connect!(oauth, Service::default(), .token_source(&security::OAUTH, tokens));
    let error = client.reports().await.unwrap_err();
    assert!(matches!(&error, Error::Token(_)), "{error}");
    assert_eq!(sent.requests().len(), 0);
}

#[tokio::test]
async fn a_refused_token_is_not_kept() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let tokens = CachedTokens::new(move || {
        let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
        async move { Ok(Token::new(if first { "revoked" } else { "good" })) }
    });
    let (client, sent) = connect!(oauth, Service::default(), .token_source(&security::OAUTH, tokens));
    client.reports().await.unwrap();
    let sent: Vec<_> =
        sent.requests().iter().map(|request| request.header("authorization").unwrap().to_owned()).collect();
    assert_eq!(sent, ["Bearer revoked", "Bearer good"]);
}

/// A token endpoint. It responds to each request with the next of these responses, and keeps the
/// requests.
fn endpoint(responses: &[(u16, serde_json::Value)]) -> Recorder {
    let recorder = Recorder::new();
    for (status, body) in responses {
        recorder.respond_with(MockResponse::json(*status, body.to_string()));
    }
    recorder
}

/// The pairs of a submitted form.
fn form(recorder: &Recorder, index: usize) -> String {
    String::from_utf8(recorder.requests()[index].body.to_vec()).unwrap()
}

fn oauth(endpoint: &Recorder) -> OAuth {
    OAuth::new(&security::flows::OAUTH, "http://in-process", "me").secret("s&cret").transport(endpoint.clone())
}

#[tokio::test]
async fn client_credentials_log_in_automatically_and_once() {
    let login = endpoint(&[(200, json!({"access_token": "t1", "token_type": "Bearer", "expires_in": 3600}))]);
    let tokens = oauth(&login).scopes(["reports:read", "more"]).client_credentials().unwrap();
    let (client, sent) = connect!(oauth, Service::default(), .token_source(&security::OAUTH, tokens));
    let all = futures::future::try_join_all((0..8).map(|_| client.reports())).await;
    assert_eq!(all.unwrap().len(), 8);
    assert_eq!(login.requests().len(), 1, "eight calls share one login");
    let request = &login.requests()[0];
    assert_eq!(request.url.as_str(), "https://example.com/token");
    assert_eq!(form(&login, 0), "grant_type=client_credentials&scope=reports%3Aread+more");
    // `me:s%26cret`
    assert_eq!(request.header("authorization"), Some("Basic bWU6cyUyNmNyZXQ="));
    assert_eq!(sent.requests()[7].header("authorization"), Some("Bearer t1"));
    assert!(!format!("{request:?}").contains("bWU6"));
}

#[tokio::test]
async fn a_refused_token_is_refreshed_and_a_refused_refresh_logs_in_again() {
    let login = endpoint(&[
        (200, json!({"access_token": "revoked", "refresh_token": "r1"})),
        (200, json!({"access_token": "t2", "expires_in": "0"})),
        (400, json!({"error": "invalid_grant"})),
        (200, json!({"access_token": "t3"})),
    ]);
    let tokens = oauth(&login).secret_in_body().password("jo", "pass word").unwrap();
    let (client, sent) = connect!(oauth, Service::default(), .token_source(&security::OAUTH, tokens));
    client.reports().await.unwrap();
    client.reports().await.unwrap();
    let presented: Vec<_> = sent.requests().iter().map(|one| one.header("authorization").unwrap().to_owned()).collect();
    assert_eq!(presented, ["Bearer revoked", "Bearer t2", "Bearer t3"]);
    assert_eq!(
        form(&login, 0),
        "client_id=me&client_secret=s%26cret&grant_type=password&password=pass+word&username=jo"
    );
    assert_eq!(form(&login, 1), "client_id=me&client_secret=s%26cret&grant_type=refresh_token&refresh_token=r1");
    assert_eq!(form(&login, 2), form(&login, 1), "no newer refresh token came");
    assert_eq!(form(&login, 3), form(&login, 0));
}

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Option<StoredToken>>>);

impl TokenStore for Kept {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, TokenError>> {
        let kept = self.0.lock().unwrap().clone();
        Box::pin(async { Ok(kept) })
    }

    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), TokenError>> {
        *self.0.lock().unwrap() = Some(token.clone());
        Box::pin(async { Ok(()) })
    }
}

#[tokio::test]
async fn a_store_outlives_the_client() {
    let kept = Kept::default();
    let login = endpoint(&[(200, json!({"access_token": "t1", "refresh_token": "r2", "expires_in": 3600}))]);
    let tokens = || oauth(&login).store(kept.clone()).refresh_token("r1").unwrap();
    for _ in 0..2 {
        let (client, _) = connect!(oauth, Service::default(), .token_source(&security::OAUTH, tokens()));
        client.reports().await.unwrap();
    }
    assert_eq!(login.requests().len(), 1, "the second client has the token of the first");
    assert_eq!(form(&login, 0), "grant_type=refresh_token&refresh_token=r1");
    let stored = kept.0.lock().unwrap().clone().unwrap();
    assert_eq!((stored.access.expose(), stored.refresh.unwrap().expose()), ("t1", "r2"));
    // An expired token is renewed with the stored refresh token, not with the one that the
    // application began with.
    *kept.0.lock().unwrap() = Some(StoredToken::new("old").with_refresh("r2").expiring_at(std::time::UNIX_EPOCH));
    login.respond_with(MockResponse::json(200, r#"{"access_token": "t3"}"#));
    let (client, sent) = connect!(oauth, Service::default(), .token_source(&security::OAUTH, tokens()));
    client.reports().await.unwrap();
    assert_eq!(form(&login, 1), "grant_type=refresh_token&refresh_token=r2");
    assert_eq!(sent.requests()[0].header("authorization"), Some("Bearer t3"));
}

#[tokio::test]
async fn an_invalid_token_response_gives_no_token() {
    for (status, body) in [
        (200, json!({})),
        (200, json!([])),
        (200, json!({"access_token": ""})),
        (200, json!({"access_token": 7})),
        (200, json!({"access_token": "hunter2", "token_type": "mac"})),
        (200, json!({"access_token": "hunter2\r\nx: y"})),
        (400, json!({"error": "invalid_client", "error_description": "hunter2"})),
        (400, json!("hunter2")),
        (302, json!({})),
        (500, json!({"access_token": "hunter2"})),
    ] {
        let login = endpoint(&[(status, body.clone())]);
        let tokens = oauth(&login).client_credentials().unwrap();
        let (client, sent) = connect!(oauth, Service::default(), .token_source(&security::OAUTH, tokens));
        let error = client.reports().await.unwrap_err();
        assert!(matches!(&error, Error::Token(_) | Error::InvalidRequest(_)), "{status} {body}: {error}");
        assert_eq!(sent.requests().len(), 0, "{status} {body}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("s&cret"), "{shown}");
    }
}

#[tokio::test]
async fn a_flow_that_the_document_lacks_is_refused_when_it_is_built() {
    static NONE: OAuthFlows = OAuthFlows::NONE;
    let error = OAuth::new(&NONE, "http://in-process", "me").client_credentials().unwrap_err();
    assert_eq!(error.to_string(), "the document describes no client credentials flow");
}

#[tokio::test]
async fn a_user_logs_in_at_the_documented_url() {
    let login = endpoint(&[(200, json!({"access_token": "t1", "refresh_token": "r1"}))]);
    let begun = oauth(&login).scopes(["reports:read"]).authorization_code("https://app.example/done").await.unwrap();
    assert!(begun.url().starts_with("https://example.com/login?response_type=code&client_id=me&"), "{}", begun.url());
    let back = format!("/done?code=c1&state={}", begun.state().expose());
    let tokens = begun.finish(&back).await.unwrap();
    let (client, sent) = connect!(oauth, Service::default(), .token_source(&security::OAUTH, tokens));
    client.reports().await.unwrap();
    assert_eq!(sent.requests()[0].header("authorization"), Some("Bearer t1"));
}

#[tokio::test]
async fn endpoints_of_openid_connect_are_looked_up() {
    let metadata = json!({"issuer": "https://example.com", "token_endpoint": "https://example.com/t"});
    let login = endpoint(&[(200, metadata), (200, json!({"access_token": "t1"}))]);
    let openid = OAuth::new(&security::flows::OPENID, "http://in-process", "me").transport(login.clone());
    let (client, sent) =
        connect!(oauth, Service::default(), .token_source(&security::OPENID, openid.client_credentials().unwrap()));
    client.me().await.unwrap();
    assert_eq!(login.requests()[0].url.as_str(), "https://example.com/.well-known/openid-configuration");
    assert_eq!(login.requests()[1].url.as_str(), "https://example.com/t");
    assert_eq!(sent.requests()[0].header("authorization"), Some("Bearer t1"));
}
