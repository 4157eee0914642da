//! A Looker client that logs in automatically, and a server that issues and revokes tokens.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use generated_client::looker::{Client, Credentials, operations, security, server, types};
use generated_client::looker_login;
use specwright_runtime::Secret;
use specwright_runtime::client::{Error, Retry};
use specwright_runtime::server::{AuthError, Context, Failure};
use tests::Served;

#[derive(Clone, Default)]
struct Instance {
    logins: Arc<AtomicUsize>,
    valid: Arc<Mutex<BTreeSet<String>>>,
    expires_in: i64,
}

impl Instance {
    fn revoke_all(&self) {
        self.valid.lock().unwrap().clear();
    }

    fn logins(&self) -> usize {
        self.logins.load(Ordering::SeqCst)
    }
}

impl server::Looker for Instance {
    type Principal = ();

    async fn authenticate(&self, credentials: Credentials, _: &Context) -> Result<(), AuthError> {
        let Credentials::AccessToken(token) = credentials;
        if self.valid.lock().unwrap().contains(token.expose()) { Ok(()) } else { Err(AuthError::Unauthorized) }
    }

    async fn login(
        &self,
        input: server::LoginInput,
        _: Context,
    ) -> Result<operations::LoginSuccess, Failure<operations::LoginError>> {
        let body = input.body.unwrap_or_default();
        let known = body.client_id.as_deref() == Some("id")
            && body.client_secret.is_some_and(|secret| secret.matches("secret"));
        if !known {
            let error = types::ErrorType::new(types::ErrorTypeRequired {
                message: Some("Not found".to_owned()),
                documentation_url: None,
            });
            return Err(operations::LoginError::NotFound(error).into());
        }
        // Long enough for the other calls to arrive.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let token = format!("token-{}", self.logins.fetch_add(1, Ordering::SeqCst) + 1);
        self.valid.lock().unwrap().insert(token.clone());
        Ok(operations::LoginSuccess::Ok(
            types::AccessToken::new().access_token(Secret::from(token)).expires_in(self.expires_in),
        ))
    }

    async fn me(
        &self,
        (): (),
        _: server::MeInput,
        _: Context,
    ) -> Result<operations::MeSuccess, Failure<operations::MeError>> {
        Ok(operations::MeSuccess::Ok(types::User::default()))
    }
}

async fn served(expires_in: i64) -> (Instance, Served) {
    let instance = Instance { expires_in, ..Instance::default() };
    let served = Served::start(server::router(instance.clone())).await;
    (instance, served)
}

#[tokio::test]
async fn many_calls_at_once_share_one_login() {
    let (instance, served) = served(3600).await;
    let client = looker_login::builder(served.url(), "id", "secret").unwrap().build().unwrap();
    assert_eq!(instance.logins(), 0, "the client logs in only when it needs a token");
    for response in futures::future::join_all((0..8).map(|_| client.me().send())).await {
        response.unwrap();
    }
    client.me().await.unwrap();
    assert_eq!(instance.logins(), 1);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let (instance, served) = served(3600).await;
    let client = looker_login::builder(served.url(), "id", "secret").unwrap().build().unwrap();
    client.me().await.unwrap();
    instance.revoke_all();
    for response in futures::future::join_all((0..8).map(|_| client.me().send())).await {
        response.unwrap();
    }
    assert_eq!(instance.logins(), 2);
}

#[tokio::test]
async fn an_expired_token_is_renewed_before_it_is_used() {
    let (instance, served) = served(1).await;
    let client = looker_login::builder(served.url(), "id", "secret").unwrap().build().unwrap();
    client.me().await.unwrap();
    // A short-lived token is renewed after half its lifetime.
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    client.me().await.unwrap();
    assert_eq!(instance.logins(), 2);
}

#[tokio::test]
async fn a_token_that_is_refused_twice_is_an_error() {
    let (instance, served) = served(3600).await;
    struct Useless;
    impl specwright_runtime::client::TokenSource for Useless {
        fn token(&self) -> specwright_runtime::BoxFuture<'_, Result<Secret, specwright_runtime::client::TokenError>> {
            Box::pin(async { Ok(Secret::from("unknown")) })
        }

        fn refused<'a>(&'a self, _: &'a Secret) -> specwright_runtime::BoxFuture<'a, bool> {
            Box::pin(async { true })
        }
    }
    let client = Client::builder(served.url())
        .token_source(&security::ACCESS_TOKEN, Useless)
        .retry(Retry::none())
        .build()
        .unwrap();
    let error = client.me().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(instance.logins(), 0);
}

#[tokio::test]
async fn a_failed_login_has_a_reason_without_the_secret() {
    let (_instance, served) = served(3600).await;
    let client = looker_login::builder(served.url(), "id", "wrong").unwrap().build().unwrap();
    let error = client.me().await.unwrap_err();
    assert!(matches!(error, Error::Token(_)), "{error}");
    assert!(error.to_string().contains("404"), "{error}");
    assert!(!format!("{error:?} {client:?}").contains("wrong"));
}
