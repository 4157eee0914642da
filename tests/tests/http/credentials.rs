//! Missing and wrong credentials. A client fails before sending, and a server responds with 401.

use generated_client::{looker, prelude_so, rownd, stateset};
use specwright_runtime::Secret;
use specwright_runtime::client::{Error, RequestOptions};
use tests::script::Script;
use tests::scripted::{Looker, PreludeSo, Rownd, Stateset};
use tests::{Listener, Served};

#[tokio::test]
async fn a_call_without_credentials_is_not_sent() {
    let listener = Listener::start("HTTP/1.1 204 No Content\r\n\r\n").await;
    let client = rownd::Client::builder(listener.url()).build().unwrap();
    let error = client.application_user_data_delete("a", "u").await.unwrap_err();
    let Error::MissingCredentials(missing) = &error else { panic!("{error}") };
    assert_eq!(missing.alternatives(), [vec!["appKey", "appSecret"], vec!["hubAccessTokenForRowndApi"]]);
    assert_eq!(
        error.to_string(),
        format!(
            "`application_user_data_delete` (DELETE {}) was not sent: it needs credentials for `appKey` and `appSecret`, or \
             for `hubAccessTokenForRowndApi`; pass them to `credentials` of the client's builder, \
             or send the call with `RequestOptions::new().anonymous()`",
            listener.url().trim_start_matches("http://")
        )
    );
    assert_eq!(listener.raw().len(), 0);
}

#[tokio::test]
async fn an_anonymous_call_is_sent_without_credentials() {
    let listener = Listener::start("HTTP/1.1 204 No Content\r\n\r\n").await;
    let credentials = rownd::Credentials::HubAccessTokenForRowndApi(Secret::from("secret"));
    for with in [false, true] {
        let builder = rownd::Client::builder(listener.url());
        let client = if with { builder.credentials(credentials.clone()) } else { builder }.build().unwrap();
        let call = client.application_user_data_delete("a", "u").with(RequestOptions::new().anonymous());
        call.await.unwrap();
    }
    let sent = listener.raw();
    assert_eq!(sent.len(), 2);
    let texts = sent.iter().map(|request| String::from_utf8_lossy(request).to_lowercase());
    assert!(texts.into_iter().all(|text| text.starts_with("delete ") && !text.contains("secret")));
}

#[tokio::test]
async fn half_of_a_pair_of_credentials_is_not_enough() {
    let listener = Listener::start("HTTP/1.1 204 No Content\r\n\r\n").await;
    let credentials = rownd::Credentials::AppKey(Secret::from("key"));
    let client = rownd::Client::builder(listener.url()).credentials(credentials).build().unwrap();
    let error = client.application_user_data_delete("a", "u").await.unwrap_err();
    assert!(matches!(error, Error::MissingCredentials(_)), "{error}");
    assert_eq!(listener.raw().len(), 0);
}

/// The status and the `WWW-Authenticate` headers of a request.
async fn response(request: reqwest::RequestBuilder) -> (u16, Vec<String>) {
    let response = request.send().await.unwrap();
    let challenges = response.headers().get_all("www-authenticate").iter();
    (response.status().as_u16(), challenges.map(|value| value.to_str().unwrap().to_owned()).collect())
}

#[tokio::test]
async fn servers_respond_with_401_and_a_challenge() {
    let http = reqwest::Client::new();
    let script = Script::new();
    let served = Served::start(prelude_so::server::router(PreludeSo(script.clone()))).await;
    let url = format!("{}/v2/session/apps/a/users/u", served.url());
    for request in
        [http.get(&url), http.get(&url).bearer_auth("wrong"), http.get(&url).header("authorization", "Basic YTpi")]
    {
        let (status, challenges) = response(request).await;
        assert_eq!(status, 401);
        assert!(challenges.iter().any(|challenge| challenge.starts_with("Bearer")), "{challenges:?}");
    }
    assert_eq!(script.inputs(), [""; 0]);

    let served = Served::start(stateset::server::router(Stateset(Script::new()))).await;
    let (status, challenges) = response(http.get(format!("{}/users", served.url()))).await;
    assert_eq!(status, 401);
    for scheme in ["Token", "Bearer"] {
        assert!(challenges.iter().any(|challenge| challenge.starts_with(scheme)), "{scheme}: {challenges:?}");
    }

    let served = Served::start(rownd::server::router(Rownd(Script::new()))).await;
    let url = format!("{}/applications/a/users/u/data", served.url());
    for request in [
        http.get(&url),
        http.get(&url).header("x-rownd-app-key", "open-sesame"),
        http.get(&url).header("x-rownd-app-key", "open-sesame").header("x-rownd-app-secret", "wrong"),
    ] {
        let (status, challenges) = response(request).await;
        assert_eq!(status, 401);
        assert!(!challenges.is_empty());
    }

    let served = Served::start(looker::server::router(Looker(Script::new()))).await;
    let (status, challenges) = response(http.get(format!("{}/user", served.url()))).await;
    assert_eq!((status, challenges.is_empty()), (401, false));
}

#[tokio::test]
async fn a_client_with_wrong_credentials_gets_an_undocumented_401() {
    let served = Served::start(prelude_so::server::router(PreludeSo(Script::new()))).await;
    let credentials = prelude_so::Credentials::Authorization(Secret::from("wrong"));
    let client = prelude_so::Client::builder(served.url()).credentials(credentials).build().unwrap();
    let error = client.get_user("a", "u").await.unwrap_err();
    let Error::UnexpectedStatus(unexpected) = &error else { panic!("{error}") };
    assert_eq!(unexpected.status(), 401);
    assert!(unexpected.headers().contains_key("www-authenticate"));
    assert!(!format!("{error:?} {error} {client:?}").contains("wrong"));
}

#[tokio::test]
async fn anyone_may_log_in() {
    let script = Script::new();
    let served = Served::start(looker::server::router(Looker(script.clone()))).await;
    let response = looker::operations::LoginSuccess::Ok(looker::types::AccessToken::default());
    script.respond_with::<_, looker::operations::LoginError>(Ok(response));
    let client = looker::Client::builder(served.url()).build().unwrap();
    client.login().client_id("id").client_secret("secret").await.unwrap();
    assert_eq!(script.credentials(), [""; 0]);
    assert!(!script.inputs()[0].contains("\"secret\""), "{:?}", script.inputs());
}
