//! Requests as sent, and responses as decoded.

use std::time::Duration;

use specwright_runtime::client::{Error, MockResponse, Recorder, RequestOptions};
use specwright_runtime::descriptor::{MultipartField, Operation, PartContent, Piece};
use specwright_runtime::multipart::Multipart;
use specwright_runtime::{Body, ByteStream, Bytes, File, Lines};

use crate::api::{Act, CREATE_USER, Failed, Server, Success, User, builder, get_user, json, response, send};

static PARTS: [MultipartField; 1] = [MultipartField {
    name: "avatar",
    content: PartContent::File,
    content_type: Some("image/png"),
    ..MultipartField::TEXT
}];

#[tokio::test]
async fn every_kind_of_parameter_is_sent() {
    let server = Server::start([json("200 OK", "{\"id\":1}")]).await;
    let core = builder(&format!("{}/v1/", server.url)).header("x-client", "tests").build().unwrap();
    let mut call = get_user(&core, "a/b ü");
    call.parameter(1, &["id", "na,me"]);
    call.parameter(2, "acme");
    call.parameter(3, "dark; mode");
    call.with(RequestOptions::new().header("x-request-id", "7"));
    let response = send(call).await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(matches!(response.into_inner(), Success::Ok(User { id: 1 })));
    let request = server.requests().remove(0);
    assert!(request.starts_with("GET /v1/users/a%2Fb%20%C3%BC?fields=id,na%2Cme HTTP/1.1\r\n"), "{request}");
    for line in [
        "x-tenant: acme",
        "cookie: theme=dark%3B%20mode",
        "x-request-id: 7",
        "x-client: tests",
        "accept: application/json, */*;q=0.1",
    ] {
        assert!(request.contains(&format!("\r\n{line}\r\n")), "{line} in {request}");
    }
}

#[tokio::test]
async fn json_multipart_and_streams_are_sent() {
    let server = Server::start([response("204 No Content", "", "")]).await;
    let core = builder(&server.url).build().unwrap();
    let mut call = core.call(&CREATE_USER);
    call.json(0, &User { id: 7 });
    send(call).await.unwrap();
    let mut call = core.call(&CREATE_USER);
    let mut form = Multipart::new(&PARTS);
    let chunks = futures::stream::iter(["ab", "cd"].map(|text| Ok(Bytes::from_static(text.as_bytes()))));
    form.file(0, File::new("a.png", Body::from_stream(ByteStream::new(chunks))));
    call.multipart(1, form);
    send(call).await.unwrap();
    let mut call = core.call(&CREATE_USER);
    call.body_as(2, "image/gif", Body::from("GIF89a"));
    send(call).await.unwrap();
    let [first, second, third] = server.requests().try_into().unwrap();
    assert!(
        first.contains("\r\ncontent-type: application/json\r\n") && first.ends_with("\r\n\r\n{\"id\":7}"),
        "{first}"
    );
    assert!(second.contains("\r\ncontent-type: multipart/form-data; boundary=part-"), "{second}");
    assert!(second.contains("filename=\"a.png\"") && second.contains("ab") && second.contains("cd"), "{second}");
    assert!(third.contains("\r\ncontent-type: image/gif\r\n") && third.ends_with("GIF89a"), "{third}");
}

#[tokio::test]
async fn cookies_of_the_client_and_of_the_call_are_sent_together() {
    let server = Server::start([response("204 No Content", "", "")]).await;
    let core = builder(&server.url).header("cookie", "node=7").build().unwrap();
    let mut call = get_user(&core, "1");
    call.parameter(3, "dark");
    send(call).await.unwrap();
    assert!(server.requests()[0].contains("\r\ncookie: node=7; theme=dark\r\n"), "{:?}", server.requests());
}

#[tokio::test]
async fn a_post_without_a_body_has_a_content_length() {
    static PING: Operation = Operation {
        id: "ping",
        method: "POST",
        path: "/ping",
        segments: &[&[Piece::Literal("ping")]],
        ..Operation::BASE
    };
    let server = Server::start([response("204 No Content", "", "")]).await;
    let core = builder(&server.url).build().unwrap();
    send(core.call(&PING)).await.unwrap();
    send(get_user(&core, "1")).await.unwrap();
    let [post, get] = server.requests().try_into().unwrap();
    assert!(post.contains("\r\ncontent-length: 0\r\n"), "{post}");
    assert!(!get.contains("content-length"), "{get}");
}

#[tokio::test]
async fn the_user_agent_can_be_replaced() {
    let server = Server::start([response("204 No Content", "", "")]).await;
    send(get_user(&builder(&server.url).build().unwrap(), "1")).await.unwrap();
    send(get_user(&builder(&server.url).header("user-agent", "mine/2").build().unwrap(), "1")).await.unwrap();
    let [own, replaced] = server.requests().try_into().unwrap();
    assert!(own.contains(concat!("\r\nuser-agent: specwright-runtime/", env!("CARGO_PKG_VERSION"), "\r\n")), "{own}");
    assert!(replaced.contains("\r\nuser-agent: mine/2\r\n") && !replaced.contains("specwright-runtime"), "{replaced}");
}

#[tokio::test]
async fn a_byte_order_mark_before_json_is_ignored() {
    let server = Server::start([json("200 OK", "\u{FEFF}{\"id\":1}")]).await;
    let core = builder(&server.url).build().unwrap();
    assert!(matches!(send(get_user(&core, "1")).await.unwrap().into_inner(), Success::Ok(User { id: 1 })));
}

#[tokio::test]
async fn errors_are_distinguished_by_status() {
    let server = Server::start([
        json("404 Not Found", "{\"code\":\"gone\"}"),
        response("418 Teapot", "", ""),
        response("302 Found", "x-hint: 1\r\n", "somewhere else"),
    ])
    .await;
    let core = builder(&server.url).build().unwrap();
    match send(get_user(&core, "1")).await {
        Err(Error::Api(response)) => match response.into_inner() {
            Failed::NotFound(body) => assert_eq!(body["code"], "gone"),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
    let error = send(get_user(&core, "1")).await.unwrap_err();
    assert!(matches!(error.api(), Some(Failed::Default(status)) if status.as_u16() == 418));
    let error = send(get_user(&core, "1")).await.unwrap_err();
    let Error::UnexpectedStatus(unexpected) = error else { panic!("{error:?}") };
    assert_eq!((unexpected.status().as_u16(), unexpected.excerpt()), (302, &b"somewhere else"[..]));
    assert_eq!(unexpected.headers()["x-hint"], "1");
}

#[tokio::test]
async fn undecodable_bodies_keep_status_and_excerpt_and_say_where() {
    let server = Server::start([
        json("200 OK", "{\"id\":\"hunter2\"}"),
        response("200 OK", "content-type: text/html\r\n", "<html>"),
    ])
    .await;
    let core = builder(&server.url).build().unwrap();
    let error = send(get_user(&core, "1")).await.unwrap_err();
    let text = error.to_string();
    let expected = "the response (200) cannot be decoded: invalid type: string \"…\", expected u32 at line 1 column 15, in `/id` (";
    assert!(text.starts_with(expected), "{text}");
    let Error::InvalidBody(invalid) = error else { panic!("{error:?}") };
    assert_eq!(invalid.unexpected.excerpt_text(), "{\"id\":\"hunter2\"}");
    let error = send(get_user(&core, "1")).await.unwrap_err();
    assert!(error.to_string().contains("its content type is `text/html` ("), "{error}");
}

#[tokio::test]
async fn a_truncated_body_is_a_transport_error() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"id\":";
    let server = Server::start([Act::Say(cut.to_owned())]).await;
    let core = builder(&server.url).build().unwrap();
    let error = send(get_user(&core, "1")).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.to_string().starts_with("the response broke off before its end"), "{error}");
    assert_eq!(server.requests().len(), 3, "an idempotent call is tried again");
}

#[tokio::test]
async fn large_responses_are_cut_at_the_limit_with_and_without_a_length() {
    let body = "x".repeat(5000);
    let unsized_ = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}");
    let server = Server::start([response("200 OK", "", &body), Act::Say(unsized_)]).await;
    let core = builder(&server.url).max_body(1000).build().unwrap();
    for _ in 0..2 {
        let error = send(get_user(&core, "1")).await.unwrap_err();
        let Error::BodyTooLarge(large) = &error else { panic!("{error:?}") };
        assert_eq!(large.limit(), 1000);
        assert!(error.to_string().contains("max_body"));
    }
}

#[tokio::test]
async fn silence_is_a_timeout_of_the_attempt_or_the_call() {
    let server = Server::start([Act::Sulk]).await;
    let core = builder(&server.url).attempt_timeout(Duration::from_millis(30)).build().unwrap();
    let error = send(get_user(&core, "1")).await.unwrap_err();
    assert!(error.to_string().contains("attempt_timeout"), "{error}");
    assert_eq!(server.requests().len(), 3);
    let mut call = get_user(&core, "1");
    call.with(RequestOptions::new().timeout(Duration::from_millis(20)));
    let error = send(call).await.unwrap_err();
    assert!(error.to_string().contains("`timeout`"), "{error}");
}

static IMPORT: Operation = Operation {
    id: "import",
    method: "POST",
    path: "/import",
    segments: &[&[Piece::Literal("import")]],
    body: Some(specwright_runtime::descriptor::RequestBody { required: true, media: &["application/json-seq"] }),
    ..Operation::BASE
};

#[tokio::test]
async fn lines_are_written_in_the_documented_form() {
    let recorder = Recorder::new();
    recorder.respond_with(MockResponse::empty(204));
    let core = builder("http://recorded").transport(recorder.clone()).build().unwrap();
    let mut call = core.call(&IMPORT);
    call.lines(0, [1, 2].into_iter().collect::<Lines<i32>>());
    send(call).await.unwrap();
    let sent = recorder.requests().remove(0);
    assert_eq!(sent.header("content-type"), Some("application/json-seq"));
    assert_eq!(sent.body, "\u{1E}1\n\u{1E}2\n");
}
