//! OAuth 2 and OpenID Connect as bearer tokens, with a token source.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use specwright_runtime::Secret;
use specwright_runtime::client::{CachedTokens, Error, Token, TokenError};
use specwright_runtime::server::{AuthError, Context, Failure};
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
