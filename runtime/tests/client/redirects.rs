//! Credentials stay with their host.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use specwright_runtime::client::{CachedTokens, Error, RequestOptions, Token};
use specwright_runtime::security::Presented;
use specwright_runtime::{Body, ByteStream, Bytes, Secret};

use crate::api::{
    APP_KEY, BEARER, COOKIE_KEY, CREATE_USER, QUERY_KEY, SECURED, Server, User, builder, get_user, json, response, send,
};

#[tokio::test]
async fn a_redirect_to_another_host_is_returned_to_the_caller() {
    let other = Server::start([json("200 OK", "{\"id\":1}")]).await;
    for status in ["301 X", "302 X", "303 X", "307 X", "308 X"] {
        let server = Server::start([response(status, &format!("location: {}/stolen\r\n", other.url), "")]).await;
        let everything = Presented::new()
            .secret(&APP_KEY, Secret::from("hunter2"))
            .secret(&QUERY_KEY, Secret::from("hunter2"))
            .secret(&COOKIE_KEY, Secret::from("hunter2"));
        let core = builder(&server.url).credentials(everything).build().unwrap();
        let error = send(core.call(&SECURED)).await.unwrap_err();
        assert!(matches!(error, Error::UnexpectedStatus(_)), "{error:?}");
        assert!(error.to_string().contains("a redirect is not followed to another host"), "{error}");
    }
    assert_eq!(other.requests(), [""; 0]);
}

#[tokio::test]
async fn a_redirect_on_the_same_host_is_followed_with_credentials() {
    let server = Server::start([response("307 X", "location: /elsewhere\r\n", ""), json("200 OK", "{\"id\":1}")]).await;
    let core = builder(&server.url).credentials(Presented::new().secret(&BEARER, Secret::from("t"))).build().unwrap();
    send(core.call(&SECURED)).await.unwrap();
    let second = server.requests().remove(1);
    assert!(
        second.starts_with("GET /elsewhere HTTP/1.1\r\n") && second.contains("\r\nauthorization: Bearer t\r\n"),
        "{second}"
    );
}

#[tokio::test]
async fn a_key_in_the_query_is_there_once_after_a_redirect() {
    for (location, expected) in [
        ("/elsewhere", "/elsewhere?api_key=hunter2"),
        ("/elsewhere?page=2", "/elsewhere?page=2&api_key=hunter2"),
        ("/elsewhere?api_key=hunter2&page=2", "/elsewhere?api_key=hunter2&page=2"),
    ] {
        let first = response("307 X", &format!("location: {location}\r\n"), "");
        let server = Server::start([first, json("200 OK", "{\"id\":1}")]).await;
        let keys = Presented::new()
            .secret(&APP_KEY, Secret::from("hunter2"))
            .secret(&QUERY_KEY, Secret::from("hunter2"))
            .secret(&COOKIE_KEY, Secret::from("hunter2"));
        let core = builder(&server.url).credentials(keys).build().unwrap();
        send(core.call(&SECURED)).await.unwrap();
        let second = server.requests().remove(1);
        assert!(second.starts_with(&format!("GET {expected} HTTP/1.1\r\n")), "{second}");
    }
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let server = Server::start([response("307 X", "location: /again\r\n", "")]).await;
    let core = builder(&server.url).credentials(Presented::new().secret(&BEARER, Secret::from("t"))).build().unwrap();
    let error = send(core.call(&SECURED)).await.unwrap_err();
    assert!(matches!(error, Error::UnexpectedStatus(_)));
    assert_eq!(server.requests().len(), 6);
}

/// A server that redirects to itself once.
async fn redirecting(status: &str) -> Server {
    Server::start([response(status, "location: /elsewhere\r\n", ""), json("200 OK", "{\"id\":1}")]).await
}

#[tokio::test]
async fn a_get_follows_any_redirect_and_a_write_those_that_keep_its_method() {
    for (status, writes) in [("301 X", false), ("302 X", false), ("303 X", false), ("307 X", true), ("308 X", true)] {
        let server = redirecting(status).await;
        let core = builder(&server.url).build().unwrap();
        send(get_user(&core, "1")).await.unwrap();
        assert!(server.requests()[1].starts_with("GET /elsewhere HTTP/1.1\r\n"), "{status}");

        let server = redirecting(status).await;
        let core = builder(&server.url).build().unwrap();
        let mut call = core.call(&CREATE_USER);
        call.json(0, &User { id: 7 });
        let outcome = send(call).await;
        let requests = server.requests();
        assert_eq!((outcome.is_ok(), requests.len()), (writes, if writes { 2 } else { 1 }), "{status}");
        if writes {
            assert_eq!(requests[1], requests[0].replacen("/users", "/elsewhere", 1), "all else is sent again");
            assert!(requests[1].ends_with("\r\n\r\n{\"id\":7}"), "{}", requests[1]);
        }
    }
}

#[tokio::test]
async fn a_redirect_of_a_one_time_body_is_returned_to_the_caller() {
    let server = redirecting("307 X").await;
    let core = builder(&server.url).build().unwrap();
    let mut call = core.call(&CREATE_USER);
    let stream = ByteStream::new(futures::stream::iter([Ok(Bytes::from_static(b"x"))]));
    call.body_as(2, "image/gif", Body::from_stream(stream));
    assert!(matches!(send(call).await.unwrap_err(), Error::UnexpectedStatus(_)));
    assert_eq!(server.requests().len(), 1);

    let server = redirecting("307 X").await;
    let core = builder(&server.url).no_redirects().build().unwrap();
    assert!(matches!(send(get_user(&core, "1")).await.unwrap_err(), Error::UnexpectedStatus(_)));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn each_redirect_starts_at_the_last_url_with_the_same_headers_and_token() {
    let server = Server::start([
        response("307 X", "location: /a/b?c=d\r\n", ""),
        response("302 X", "location: e\r\n", ""),
        json("200 OK", "{\"id\":1}"),
    ])
    .await;
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    let tokens = CachedTokens::new(move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move { Ok(Token::new(format!("t{number}")).expires_in(std::time::Duration::ZERO)) }
    });
    let core = builder(&server.url).token_source(&BEARER, tokens).build().unwrap();
    let mut call = core.call(&SECURED);
    call.with(RequestOptions::new().header("x-request-id", "7"));
    send(call).await.unwrap();
    let requests = server.requests();
    for (request, path) in requests.iter().zip(["/secured", "/a/b?c=d", "/a/e"]) {
        assert!(request.starts_with(&format!("GET {path} HTTP/1.1\r\n")), "{request}");
        for line in ["authorization: Bearer t0", "x-request-id: 7"] {
            assert!(request.contains(&format!("\r\n{line}\r\n")), "{line} in {request}");
        }
    }
    assert_eq!((requests.len(), asked.load(Ordering::SeqCst)), (3, 1));
}
