//! Streams that continue after a lost connection, over sockets; and servers that abuse it.

use std::time::Duration;

use futures::{StreamExt as _, TryStreamExt as _};
use specwright_runtime::client::{Decoded, Error, FromResponse, RawResponse, Reconnect, RequestOptions};
use specwright_runtime::descriptor::{Operation, Piece};
use specwright_runtime::{ByteStream, Events, Never, StreamError};

use crate::api::{Act, Server, WATCH, builder, response};

static DOWNLOAD: Operation = Operation {
    id: "download",
    path: "/file",
    segments: &[&[Piece::Literal("file")]],
    accept: "application/octet-stream",
    streams: true,
    idempotent: true,
    ..Operation::BASE
};

struct Watched(Events<u32>);

impl FromResponse for Watched {
    fn from_response(response: &mut RawResponse) -> Decoded<Self> {
        if response.status() == 200 { response.events(Self) } else { Decoded::Undocumented }
    }
}

struct Downloaded(ByteStream);

impl FromResponse for Downloaded {
    fn from_response(response: &mut RawResponse) -> Decoded<Self> {
        if response.status() == 200 { response.stream(Self) } else { Decoded::Undocumented }
    }
}

fn quickly() -> Reconnect {
    Reconnect::standard().attempts(3).pauses(Duration::from_millis(1), Duration::from_millis(50))
}

async fn watch(server: &Server, reconnect: Reconnect) -> Result<Events<u32>, Error<Never>> {
    let mut call = builder(&server.url).build().unwrap().call(&WATCH);
    call.with(RequestOptions::new().reconnect(reconnect));
    call.send::<Watched, Never>().await.map(|response| response.into_inner().0)
}

async fn download(server: &Server) -> Result<Vec<u8>, StreamError> {
    let mut call = builder(&server.url).build().unwrap().call(&DOWNLOAD);
    call.with(RequestOptions::new().reconnect(quickly()));
    let Downloaded(bytes) = call.send::<Downloaded, Never>().await.unwrap().into_inner();
    bytes
        .try_fold(Vec::new(), |mut all, chunk| async move {
            all.extend_from_slice(&chunk);
            Ok(all)
        })
        .await
}

/// Events in a response that is longer than what arrives, or that ends where it says.
fn events(body: &str, is_cut: bool) -> Act {
    let length = body.len() + if is_cut { 100 } else { 0 };
    Act::Say(format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: {length}\r\n\r\n{body}"))
}

fn sent(server: &Server, header: &str) -> Vec<Option<String>> {
    let of = |request: String| {
        let line =
            request.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("{header}: ")))?.to_owned();
        line.split_once(": ").map(|(_, value)| value.to_owned())
    };
    server.requests().into_iter().map(of).collect()
}

#[tokio::test]
async fn an_event_stream_continues_behind_the_last_complete_event() {
    let server = Server::start([
        events("id: a\ndata: 1\n\nid: b\ndata: 9", true),
        events("data: 2\n\nid: c\nretry: 20\ndata: 3\n\n", false),
        Act::HangUp,
        response("204 No Content", "", ""),
    ])
    .await;
    let events: Vec<_> = watch(&server, quickly()).await.unwrap().try_collect().await.unwrap();
    let got: Vec<_> = events.iter().map(|event| (event.data, event.id.as_deref().unwrap_or_default())).collect();
    assert_eq!(got, [(1, "a"), (2, "a"), (3, "c")]);
    let ids: Vec<_> = sent(&server, "last-event-id").into_iter().flatten().collect();
    assert_eq!(ids[..2], ["a", "c"], "{ids:?}");
}

#[tokio::test]
async fn attempts_without_an_event_and_attempts_in_all_are_bounded() {
    for (endless, limit, events_seen) in
        [(events(": nothing\n\n", false), 3, 0), (events("data: 1\n\n", false), 10, 11)]
    {
        let server = Server::start([endless]).await;
        let mut stream = watch(&server, quickly().total(10)).await.unwrap();
        let mut seen = 0;
        let error = loop {
            match stream.next().await.expect("an error ends the stream") {
                Ok(_) => seen += 1,
                Err(error) => break error,
            }
        };
        assert!(
            matches!(&error, StreamError::Transport(reason) if reason.to_string().contains("attempts to continue failed"))
        );
        assert_eq!((server.requests().len(), seen), (1 + limit, events_seen));
        assert!(stream.next().await.is_none());
    }
}

#[tokio::test]
async fn a_stream_ends_if_the_server_refuses_to_continue() {
    for refusal in [response("401 Unauthorized", "", ""), response("200 OK", "content-type: text/html\r\n", "<html>")] {
        let server = Server::start([events("data: 1\n\n", true), refusal]).await;
        let mut stream = watch(&server, quickly()).await.unwrap();
        assert_eq!(stream.next().await.unwrap().unwrap().data, 1);
        assert!(stream.next().await.unwrap().is_err());
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn without_the_option_a_lost_connection_ends_the_stream() {
    let server = Server::start([events("data: 1\n\n", true)]).await;
    let call = builder(&server.url).build().unwrap().call(&WATCH);
    let Watched(mut stream) = call.send::<Watched, Never>().await.unwrap().into_inner();
    assert_eq!(stream.next().await.unwrap().unwrap().data, 1);
    assert!(stream.next().await.unwrap().is_err());
    assert_eq!(server.requests().len(), 1);
}

fn part(status: &str, head: &str, body: &str, length: usize) -> Act {
    Act::Say(format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/octet-stream\r\ncontent-length: {length}\r\n{head}\r\n{body}"
    ))
}

#[tokio::test]
async fn a_download_continues_behind_its_last_byte() {
    let server = Server::start([
        part("200 OK", "etag: \"v1\"\r\n", "abc", 10),
        part("206 Partial Content", "etag: \"v1\"\r\ncontent-range: bytes 3-9/10\r\n", "de", 7),
        Act::HangUp,
        part("206 Partial Content", "content-range: bytes 5-9/10\r\n", "fghij", 5),
    ])
    .await;
    assert_eq!(download(&server).await.unwrap(), b"abcdefghij");
    let ranges: Vec<_> = sent(&server, "range").into_iter().flatten().collect();
    assert_eq!(ranges, ["bytes=3-", "bytes=5-", "bytes=5-"]);
    let conditions: Vec<_> = sent(&server, "if-range").into_iter().flatten().collect();
    assert_eq!(conditions, ["\"v1\"", "\"v1\"", "\"v1\""]);
}

#[tokio::test]
async fn a_server_without_ranges_sends_the_same_content_again() {
    let first = part("200 OK", "etag: \"v1\"\r\n", "abc", 6);
    let server = Server::start([first, part("200 OK", "etag: \"v1\"\r\n", "abcdef", 6)]).await;
    assert_eq!(download(&server).await.unwrap(), b"abcdef");
}

#[tokio::test]
async fn changed_content_is_an_error() {
    for second in [
        part("200 OK", "etag: \"v2\"\r\n", "ABCDEF", 6),
        part("200 OK", "", "ABCDEF", 6),
        part("206 Partial Content", "etag: \"v2\"\r\ncontent-range: bytes 3-5/6\r\n", "DEF", 3),
        part("206 Partial Content", "content-range: bytes 3-8/9\r\n", "DEFGHI", 6),
        part("206 Partial Content", "content-range: bytes 0-5/6\r\n", "ABCDEF", 6),
        part("206 Partial Content", "", "DEF", 3),
        part("416 Range Not Satisfiable", "content-range: bytes */2\r\n", "", 0),
    ] {
        let server = Server::start([part("200 OK", "etag: \"v1\"\r\n", "abc", 6), second]).await;
        let error = download(&server).await.unwrap_err();
        assert!(matches!(error, StreamError::Changed), "{error}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_download_of_which_nothing_tells_the_version_does_not_continue() {
    for head in ["", "etag: W/\"v1\"\r\n", "etag: \"v1\"\r\naccept-ranges: none\r\n"] {
        let server = Server::start([part("200 OK", head, "abc", 6)]).await;
        assert!(matches!(download(&server).await.unwrap_err(), StreamError::Transport(_)));
        assert_eq!(server.requests().len(), 1, "{head}");
    }
    // A server that never sends the rest.
    let server = Server::start([part("200 OK", "etag: \"v1\"\r\n", "abc", 6), Act::HangUp]).await;
    let error = download(&server).await.unwrap_err();
    assert!(matches!(error, StreamError::Transport(_)), "{error}");
}
