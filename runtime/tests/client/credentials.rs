//! Credentials: which are sent, where, and how tokens are shared.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use specwright_runtime::client::{CachedTokens, Error, MockResponse, Recorder, Token, TokenError, TokenSource};
use specwright_runtime::security::Presented;
use specwright_runtime::{Basic, Secret};

use crate::api::{APP_KEY, BASIC, BEARER, COOKIE_KEY, QUERY_KEY, SECURED, TOKEN, builder, send};

fn recorder(responses: &[u16]) -> Recorder {
    let recorder = Recorder::new();
    for status in responses {
        recorder.respond_with(MockResponse::json(*status, "{\"id\":1}"));
    }
    recorder
}

#[tokio::test]
async fn nothing_is_sent_when_no_alternative_is_satisfied() {
    let recorder = recorder(&[200]);
    let half = Presented::new().secret(&APP_KEY, Secret::from("k"));
    let core = builder("https://a.example").credentials(half).transport(recorder.clone()).build().unwrap();
    let error = send(core.call(&SECURED)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`secured` (GET a.example) was not sent: it needs credentials for `appKey` and `queryKey` and `cookieKey`, or for `bearer`, or for `basic`, \
         or for `token`; pass them to `credentials` of the client's builder, or send the call with \
         `RequestOptions::new().anonymous()`"
    );
    assert!(matches!(error, Error::MissingCredentials(_)));
    assert!(recorder.requests().is_empty());
}

#[tokio::test]
async fn each_scheme_is_sent_in_its_own_way() {
    let conjunction = Presented::new()
        .secret(&APP_KEY, Secret::from("k"))
        .secret(&QUERY_KEY, Secret::from("q&="))
        .secret(&COOKIE_KEY, Secret::from("c=="));
    for (presented, name, value) in [
        (conjunction, "x-app-key", "k"),
        (Presented::new().secret(&BEARER, Secret::from("t")), "authorization", "Bearer t"),
        (Presented::new().basic(&BASIC, Basic::new("a", "b")), "authorization", "Basic YTpi"),
        (Presented::new().secret(&TOKEN, Secret::from("t")), "authorization", "Token t"),
    ] {
        let recorder = recorder(&[200]);
        let core = builder("https://a.example").credentials(presented).transport(recorder.clone()).build().unwrap();
        send(core.call(&SECURED)).await.unwrap();
        let request = recorder.requests().remove(0);
        assert_eq!(request.header(name), Some(value));
        if name == "x-app-key" {
            assert_eq!(request.query.as_deref(), Some("api_key=q%26%3D"));
            assert_eq!(request.header("cookie"), Some("sid=c=="));
            assert_eq!(request.header("authorization"), None);
        }
    }
}

#[tokio::test]
async fn secrets_cannot_inject_lines_or_cookies() {
    let evil = "a\r\nx: y; b";
    for presented in [
        Presented::new().secret(&BEARER, Secret::from(evil)),
        Presented::new().basic(&BASIC, Basic::new("a:b", "c")),
        Presented::new()
            .secret(&APP_KEY, Secret::from("k"))
            .secret(&QUERY_KEY, Secret::from("q"))
            .secret(&COOKIE_KEY, Secret::from("a; b=c")),
    ] {
        let recorder = recorder(&[200]);
        let core = builder("https://a.example").credentials(presented).transport(recorder.clone()).build().unwrap();
        let error = send(core.call(&SECURED)).await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert!(recorder.requests().is_empty());
    }
}

/// A source that counts its tokens. Each token takes a while to arrive.
fn source(asked: &Arc<AtomicU32>, valid: Duration) -> impl TokenSource {
    let asked = Arc::clone(asked);
    CachedTokens::new(move || {
        let number = asked.fetch_add(1, Ordering::SeqCst) + 1;
        async move {
            tokio::time::sleep(Duration::from_millis(500)).await;
            Ok(Token::new(format!("t{number}")).expires_in(valid))
        }
    })
}

#[tokio::test(start_paused = true)]
async fn a_token_is_shared_and_renewed_before_it_expires() {
    let asked = Arc::new(AtomicU32::new(0));
    let tokens = source(&asked, Duration::from_secs(60));
    let all = futures::future::join_all((0..50).map(|_| tokens.token())).await;
    assert!(all.into_iter().all(|token| token.unwrap().expose() == "t1"));
    tokio::time::advance(Duration::from_secs(28)).await;
    assert_eq!(tokens.token().await.unwrap().expose(), "t1");
    tokio::time::advance(Duration::from_secs(3)).await;
    assert_eq!(tokens.token().await.unwrap().expose(), "t2");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_short_lived_token_is_used_for_at_least_half_its_life() {
    let asked = Arc::new(AtomicU32::new(0));
    let tokens = source(&asked, Duration::from_secs(20));
    for _ in 0..5 {
        tokens.token().await.unwrap();
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    tokio::time::advance(Duration::from_secs(11)).await;
    assert_eq!(tokens.token().await.unwrap().expose(), "t2");
}

#[tokio::test]
async fn an_empty_secret_is_not_sent() {
    for presented in [
        Presented::new().secret(&BEARER, Secret::from("")),
        Presented::new().secret(&TOKEN, Secret::from("")),
        Presented::new()
            .secret(&APP_KEY, Secret::from("k"))
            .secret(&QUERY_KEY, Secret::from(""))
            .secret(&COOKIE_KEY, Secret::from("c")),
    ] {
        let recorder = recorder(&[200]);
        let core = builder("https://a.example").credentials(presented).transport(recorder.clone()).build().unwrap();
        let error = send(core.call(&SECURED)).await.unwrap_err().to_string();
        assert!(error.ends_with("is empty"), "{error}");
        assert!(recorder.requests().is_empty());
    }
    let recorder = recorder(&[200]);
    let no_password = Presented::new().basic(&BASIC, Basic::new("key", ""));
    let core = builder("https://a.example").credentials(no_password).transport(recorder.clone()).build().unwrap();
    send(core.call(&SECURED)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn waiting_calls_share_the_error_of_a_failed_fetch() {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let tokens = CachedTokens::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async {
            tokio::time::sleep(Duration::from_millis(500)).await;
            Err::<Token, _>(TokenError::new("wrong client_secret"))
        }
    });
    let all = futures::future::join_all((0..20).map(|_| tokens.token())).await;
    assert!(all.iter().all(Result::is_err));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert!(tokens.token().await.is_err());
    assert_eq!(asked.load(Ordering::SeqCst), 2, "a later call tries again");
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_renewed_once() {
    let asked = Arc::new(AtomicU32::new(0));
    let recorder = recorder(&[401, 200, 401, 401]);
    let core = builder("https://a.example")
        .token_source(&BEARER, source(&asked, Duration::from_secs(3600)))
        .transport(recorder.clone())
        .build()
        .unwrap();
    send(core.call(&SECURED)).await.unwrap();
    let error = send(core.call(&SECURED)).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    let sent: Vec<_> =
        recorder.requests().iter().map(|request| request.header("authorization").unwrap().to_owned()).collect();
    assert_eq!(sent, ["Bearer t1", "Bearer t2", "Bearer t2", "Bearer t3"]);
}
