//! API keys in a header, query or cookie.

use specwright_runtime::Secret;
use specwright_runtime::client::Error;
use specwright_runtime::server::{AuthError, Context, Failure};
use tests::generated::api_keys::{Client, Credentials, operations as o, server as s};
use tests::{Listener, Served};

use crate::raw_request;

struct Door;

impl s::ApiKeys for Door {
    type Principal = &'static str;

    async fn authenticate(&self, credentials: Credentials, _: &Context) -> Result<&'static str, AuthError> {
        let (name, key) = match &credentials {
            Credentials::HeaderKey(key) => ("header", key),
            Credentials::QueryKey(key) => ("query", key),
            Credentials::CookieKey(key) => ("cookie", key),
        };
        if key.matches("k&y") { Ok(name) } else { Err(AuthError::Unauthorized) }
    }

    async fn by_header(
        &self,
        name: &'static str,
        _: s::ByHeaderInput,
        _: Context,
    ) -> Result<o::ByHeaderSuccess, Failure<o::ByHeaderError>> {
        assert_eq!(name, "header");
        Ok(o::ByHeaderSuccess::NoContent)
    }

    async fn by_query(
        &self,
        name: &'static str,
        _: s::ByQueryInput,
        _: Context,
    ) -> Result<o::ByQuerySuccess, Failure<o::ByQueryError>> {
        assert_eq!(name, "query");
        Ok(o::ByQuerySuccess::NoContent)
    }

    async fn by_cookie(
        &self,
        name: &'static str,
        _: s::ByCookieInput,
        _: Context,
    ) -> Result<o::ByCookieSuccess, Failure<o::ByCookieError>> {
        assert_eq!(name, "cookie");
        Ok(o::ByCookieSuccess::NoContent)
    }
}

fn key(text: &str) -> Secret {
    Secret::from(text)
}

#[tokio::test]
async fn each_key_is_sent_in_its_location_and_accepted() {
    let (client, sent) = connect!(
        api_keys,
        Door,
        .credentials(Credentials::HeaderKey(key("k&y")))
        .credentials(Credentials::QueryKey(key("k&y")))
        .credentials(Credentials::CookieKey(key("k&y")))
    );
    client.by_header().await.unwrap();
    client.by_query().await.unwrap();
    client.by_cookie().await.unwrap();
    let requests = sent.requests();
    assert_eq!((requests[0].header("x-key"), requests[0].query.as_deref()), (Some("k&y"), None));
    assert_eq!((requests[1].query.as_deref(), requests[1].header("x-key")), (Some("key=k%26y"), None));
    assert_eq!(requests[2].header("cookie"), Some("session=k&y"));
    assert!(!format!("{requests:?}{client:?}").contains("k&y"));
}

#[tokio::test]
async fn a_call_without_its_key_is_not_sent() {
    let (client, sent) = connect!(api_keys, Door, .credentials(Credentials::QueryKey(key("k&y"))));
    let error = client.by_header().await.unwrap_err();
    let Error::MissingCredentials(missing) = &error else { panic!("{error}") };
    assert_eq!(missing.alternatives(), [["header_key"]]);
    assert_eq!(sent.requests().len(), 0);
}

#[tokio::test]
async fn a_wrong_or_missing_key_is_refused() {
    let response = raw_request::empty(s::router(Door), "GET", "/query?key=wrong").await;
    assert_eq!(response.status, 401);
    assert!(response.headers.contains_key("www-authenticate"), "{response:?}");
    for target in ["/header?key=k%26y", "/query", "/query?key=k%26y&key=k%26y", "/cookie"] {
        assert_eq!(raw_request::empty(s::router(Door), "GET", target).await.status, 401, "{target}");
    }
}

#[tokio::test]
async fn a_redirect_to_another_host_does_not_forward_the_key() {
    let other = Listener::start("HTTP/1.1 204 No Content\r\n\r\n").await;
    let url = format!("http://localhost:{}/header", other.host().rsplit_once(':').unwrap().1);
    let first = Listener::start(format!("HTTP/1.1 302 Found\r\nlocation: {url}\r\ncontent-length: 0\r\n\r\n")).await;
    let client = Client::builder(first.url()).credentials(Credentials::HeaderKey(key("k&y"))).build().unwrap();
    let error = client.by_header().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 302, "{error}");
    assert_eq!(first.only().header("x-key"), Some("k&y"));
    assert_eq!(other.raw().len(), 0);
}

#[tokio::test]
async fn a_key_is_sent_over_a_socket() {
    let served = Served::start(s::router(Door)).await;
    let client = Client::builder(served.url()).credentials(Credentials::CookieKey(key("k&y"))).build().unwrap();
    assert_eq!(client.by_cookie().await.unwrap().status(), 204);
}
