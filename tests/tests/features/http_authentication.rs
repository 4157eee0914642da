//! Basic, bearer and custom authentication schemes.

use axum::body::Body;
use axum::http::Request;
use specwright_runtime::Secret;
use specwright_runtime::client::{Error, MockResponse, Recorder};
use specwright_runtime::security::Basic;
use specwright_runtime::server::{AuthError, Context, Failure};
use tests::generated::http_authentication::{Client, Credentials, operations as o, security, server as s};

use crate::raw_request;

struct Door;

impl s::HttpAuthentication for Door {
    type Principal = String;

    async fn authenticate(&self, credentials: Credentials, _: &Context) -> Result<String, AuthError> {
        match credentials {
            Credentials::Password(basic) if basic.password.matches("pass:word") => Ok(basic.username),
            Credentials::Token(token) if token.matches("tok") => Ok("token".to_owned()),
            Credentials::Other(token) if token.matches("oth") => Ok("other".to_owned()),
            Credentials::Token(token) if token.matches("guest") => Err(AuthError::Forbidden),
            Credentials::Token(token) if token.matches("broken") => {
                Err(AuthError::internal("the secret store is away"))
            }
            _ => Err(AuthError::Unauthorized),
        }
    }

    async fn by_password(
        &self,
        name: String,
        _: s::ByPasswordInput,
        _: Context,
    ) -> Result<o::ByPasswordSuccess, Failure<o::ByPasswordError>> {
        assert_eq!(name, "jane");
        Ok(o::ByPasswordSuccess::NoContent)
    }

    async fn by_token(
        &self,
        _: String,
        _: s::ByTokenInput,
        _: Context,
    ) -> Result<o::ByTokenSuccess, Failure<o::ByTokenError>> {
        Ok(o::ByTokenSuccess::NoContent)
    }

    async fn by_other(
        &self,
        _: String,
        _: s::ByOtherInput,
        _: Context,
    ) -> Result<o::ByOtherSuccess, Failure<o::ByOtherError>> {
        Ok(o::ByOtherSuccess::NoContent)
    }
}

#[tokio::test]
async fn each_scheme_is_sent_and_accepted() {
    let (client, sent) = connect!(
        http_authentication,
        Door,
        .credentials(Credentials::Password(Basic::new("jane", "pass:word")))
        .credentials(Credentials::Token(Secret::from("tok")))
        .credentials(Credentials::Other(Secret::from("oth")))
    );
    client.by_password().await.unwrap();
    client.by_token().await.unwrap();
    client.by_other().await.unwrap();
    let sent: Vec<_> =
        sent.requests().iter().map(|request| request.header("authorization").unwrap().to_owned()).collect();
    assert_eq!(sent, ["Basic amFuZTpwYXNzOndvcmQ=", "Bearer tok", "Token oth"]);
}

#[tokio::test]
async fn a_user_name_that_basic_does_not_allow_is_not_sent() {
    let (client, sent) =
        connect!(http_authentication, Door, .credentials(Credentials::Password(Basic::new("ja:ne", "p"))));
    let error = client.by_password().await.unwrap_err();
    assert!(matches!(&error, Error::InvalidRequest(_)), "{error}");
    assert_eq!(sent.requests().len(), 0);
}

#[tokio::test]
async fn a_refusal_has_a_challenge_and_a_reason() {
    let rows = [
        ("/bearer", "Bearer guest", 403),
        ("/bearer", "Bearer broken", 500),
        ("/bearer", "Bearer else", 401),
        ("/bearer", "Basic amFuZTpwYXNzOndvcmQ=", 401),
        ("/basic", "Basic ?", 401),
        ("/bearer", "bearer tok", 204),
    ];
    for (path, credentials, status) in rows {
        let request = Request::builder().uri(path).header("authorization", credentials).body(Body::empty()).unwrap();
        let response = raw_request::send(s::router(Door), request).await;
        assert_eq!(response.status, status, "{credentials}");
        assert!(!String::from_utf8_lossy(&response.body).contains("secret store"), "{response:?}");
        if status == 401 {
            let challenge = response.headers["www-authenticate"].to_str().unwrap();
            let scheme = if path == "/basic" { "Basic" } else { "Bearer" };
            assert!(challenge.starts_with(scheme), "{challenge}");
        }
    }
}

#[tokio::test]
async fn a_digest_challenge_is_met() {
    let sent = Recorder::new();
    let challenge = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256";
    sent.respond_with(MockResponse::empty(401).with_header("www-authenticate", challenge));
    sent.respond_with(MockResponse::empty(204));
    let client = Client::builder("http://camera").digest(&security::DIGEST, Basic::new("jo", "hunter2"));
    client.transport(sent.clone()).build().unwrap().by_digest().await.unwrap();
    let proof = sent.requests()[1].header("authorization").unwrap().to_owned();
    assert!(proof.starts_with("Digest username=\"jo\", realm=\"r\", nonce=\"n\", uri=\"/digest\""), "{proof}");
    assert!(!proof.contains("hunter2"));
}
