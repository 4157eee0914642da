//! One operation, several media types.

use specwright_runtime::Body;
use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::Listener;
use tests::generated::several_media_types::types::Note;
use tests::generated::several_media_types::{Client, operations as o, server as s};

use crate::raw_request;

struct Notes;

impl s::SeveralMediaTypes for Notes {
    async fn add_note(
        &self,
        input: s::AddNoteInput,
        _: Context,
    ) -> Result<o::AddNoteSuccess, Failure<o::AddNoteError>> {
        Ok(match input.body {
            s::AddNoteBody::Json(note) | s::AddNoteBody::Form(note) => o::AddNoteSuccess::OkJson(note),
            s::AddNoteBody::Text(text) => o::AddNoteSuccess::OkText(text),
            s::AddNoteBody::Image(image) => o::AddNoteSuccess::OkPng(image.into_stream()),
        })
    }
}

#[tokio::test]
async fn each_media_type_is_sent_received_and_returned() {
    let (client, sent) = connect!(several_media_types, Notes);
    let note = Note::new("a b");
    let response = client.add_note().json(&note).await.unwrap().into_inner();
    assert!(matches!(response, o::AddNoteSuccess::OkJson(read) if read == note));
    let response = client.add_note().form(&note).await.unwrap().into_inner();
    assert!(matches!(response, o::AddNoteSuccess::OkJson(read) if read == note));
    let response = client.add_note().text("a b").await.unwrap().into_inner();
    assert!(matches!(response, o::AddNoteSuccess::OkText(text) if text == "a b"));
    let response = client.add_note().image("image/webp", Body::from(vec![1, 2])).await.unwrap().into_inner();
    let o::AddNoteSuccess::OkPng(image) = response else { panic!("{response:?}") };
    assert_eq!(image.collect(10).await.unwrap(), vec![1, 2]);

    let requests = sent.requests();
    let sent: Vec<_> =
        requests.iter().map(|request| (request.header("content-type").unwrap(), &request.body[..])).collect();
    assert_eq!(sent[0], ("application/json", &br#"{"text":"a b"}"#[..]));
    assert_eq!(sent[1], ("application/x-www-form-urlencoded", &b"text=a+b"[..]));
    assert!(sent[2].0.starts_with("text/plain") && sent[2].1 == b"a b", "{sent:?}");
    assert_eq!(sent[3], ("image/webp", &[1, 2][..]));
}

#[tokio::test]
async fn the_client_sends_accept_and_refuses_other_media_types() {
    let listener =
        Listener::start("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>").await;
    let client = Client::builder(listener.url()).build().unwrap();
    let error = client.add_note().text("a").await.unwrap_err();
    assert!(matches!(&error, Error::InvalidBody(_)), "{error}");
    assert_eq!(listener.only().header("accept"), Some("application/json, text/plain, image/png, */*;q=0.1"));
}

#[tokio::test]
async fn an_undocumented_media_type_is_refused() {
    for (media, status) in [("audio/ogg", 415), ("image/gif", 200), ("application/json", 400)] {
        let response = raw_request::body(s::router(Notes), "POST", "/notes", media, "GIF").await;
        assert_eq!(response.status, status, "{media}");
    }
}
