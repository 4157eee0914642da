//! Credentials stay with their host.

use api_runtime::Secret;
use api_runtime::client::Error;
use api_runtime::security::Presented;

use crate::api::{APP_KEY, BEARER, COOKIE_KEY, QUERY_KEY, SECURED, Server, answer, builder, json, send};

#[tokio::test]
async fn a_redirect_to_another_host_is_handed_to_the_caller() {
    let other = Server::start([json("200 OK", "{\"id\":1}")]).await;
    for status in ["301 X", "302 X", "303 X", "307 X", "308 X"] {
        let server = Server::start([answer(status, &format!("location: {}/stolen\r\n", other.url), "")]).await;
        let everything = Presented::new()
            .secret(&APP_KEY, Secret::from("hunter2"))
            .secret(&QUERY_KEY, Secret::from("hunter2"))
            .secret(&COOKIE_KEY, Secret::from("hunter2"));
        let core = builder(&server.url).credentials(everything).build().unwrap();
        let error = send(core.call(&SECURED)).await.unwrap_err();
        assert!(matches!(error, Error::UnexpectedStatus(_)), "{error:?}");
        assert!(error.to_string().contains("redirects to other hosts are not followed"), "{error}");
    }
    assert_eq!(other.requests(), [""; 0]);
}

#[tokio::test]
async fn a_redirect_on_the_same_host_is_followed_with_credentials() {
    let server = Server::start([answer("307 X", "location: /elsewhere\r\n", ""), json("200 OK", "{\"id\":1}")]).await;
    let core = builder(&server.url).credentials(Presented::new().secret(&BEARER, Secret::from("t"))).build().unwrap();
    send(core.call(&SECURED)).await.unwrap();
    let second = server.requests().remove(1);
    assert!(
        second.starts_with("GET /elsewhere HTTP/1.1\r\n") && second.contains("\r\nauthorization: Bearer t\r\n"),
        "{second}"
    );
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let server = Server::start([answer("307 X", "location: /again\r\n", "")]).await;
    let core = builder(&server.url).credentials(Presented::new().secret(&BEARER, Secret::from("t"))).build().unwrap();
    let error = send(core.call(&SECURED)).await.unwrap_err();
    assert!(matches!(error, Error::UnexpectedStatus(_)));
    assert_eq!(server.requests().len(), 6);
}
