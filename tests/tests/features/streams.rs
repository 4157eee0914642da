//! Server-sent events and JSON lines.

use std::time::Duration;

use futures::{StreamExt as _, TryStreamExt as _, stream};
use specwright_runtime::server::{Context, Failure};
use specwright_runtime::{Event, Events, Lines, StreamError};
use tests::generated::streams::types::Tick;
use tests::generated::streams::{Client, operations as o, server as s};
use tests::{Listener, Served};

use crate::raw_request;

/// An endless stream.
struct Clock;

fn ticks() -> impl futures::Stream<Item = Result<Tick, StreamError>> + Send {
    stream::unfold(0, |at| async move {
        tokio::time::sleep(Duration::from_millis(1)).await;
        Some((Ok(Tick::new(at)), at + 1))
    })
}

impl s::Streams for Clock {
    async fn watch(&self, _: s::WatchInput, _: Context) -> Result<o::WatchSuccess, Failure<o::WatchError>> {
        let events = ticks().map(|tick| {
            tick.map(|data| Event {
                event: Some("tick".to_owned()),
                id: Some(data.at.to_string().into()),
                data,
                retry: None,
            })
        });
        Ok(o::WatchSuccess::Ok(Events::new(events)))
    }

    async fn export(&self, _: s::ExportInput, _: Context) -> Result<o::ExportSuccess, Failure<o::ExportError>> {
        Ok(o::ExportSuccess::Ok(Lines::new(ticks().take(3))))
    }

    async fn import(&self, input: s::ImportInput, _: Context) -> Result<o::ImportSuccess, Failure<o::ImportError>> {
        let ticks: Vec<Tick> = input.body.try_collect().await.map_err(Failure::internal)?;
        Ok(o::ImportSuccess::Ok(ticks.iter().map(|tick| tick.at).sum()))
    }

    async fn replay(&self, input: s::ReplayInput, _: Context) -> Result<o::ReplaySuccess, Failure<o::ReplayError>> {
        let events: Vec<Event<Tick>> = input.body.try_collect().await.map_err(Failure::internal)?;
        Ok(o::ReplaySuccess::Ok(events.iter().map(|event| event.data.at).sum()))
    }

    async fn note(&self, input: s::NoteInput, _: Context) -> Result<o::NoteSuccess, Failure<o::NoteError>> {
        let Some(events) = input.body else { return Ok(o::NoteSuccess::Ok(Vec::new())) };
        let events: Vec<Event<String>> = events.try_collect().await.map_err(Failure::internal)?;
        let said = events.into_iter().map(|event| [event.id.as_deref().unwrap_or_default(), &event.data].concat());
        Ok(o::NoteSuccess::Ok(said.collect()))
    }
}

#[tokio::test]
async fn events_arrive_while_the_server_continues() {
    let served = Served::start(s::router(Clock)).await;
    let client = Client::builder(served.url()).build().unwrap();
    let mut events = client.watch().await.unwrap().into_body();
    for at in 0..3 {
        let event = events.next().await.unwrap().unwrap();
        assert_eq!((event.data, event.event.as_deref()), (Tick::new(at), Some("tick")));
        assert_eq!(event.id.as_deref(), Some(at.to_string().as_str()));
    }
}

#[tokio::test]
async fn lines_arrive_one_by_one_and_end() {
    let served = Served::start(s::router(Clock)).await;
    let client = Client::builder(served.url()).build().unwrap();
    let lines = client.export().await.unwrap().into_body();
    let read: Vec<_> = lines.map(Result::unwrap).collect().await;
    assert_eq!(read, [Tick::new(0), Tick::new(1), Tick::new(2)]);
    let response = raw_request::empty(s::router(Clock), "GET", "/lines").await;
    assert_eq!(response.headers["content-type"], "application/x-ndjson");
    assert_eq!(String::from_utf8(response.body).unwrap(), "{\"at\":0}\n{\"at\":1}\n{\"at\":2}\n");
}

#[tokio::test]
async fn an_invalid_item_is_an_error_at_its_position() {
    let body = "data: {\"at\":1}\n\ndata: nonsense\n\n";
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let listener = Listener::start(head).await;
    let client = Client::builder(listener.url()).build().unwrap();
    let mut events = client.watch().await.unwrap().into_body();
    assert_eq!(events.next().await.unwrap().unwrap().data, Tick::new(1));
    assert!(events.next().await.unwrap().is_err());
    assert_eq!(listener.only().header("accept"), Some("text/event-stream, */*;q=0.1"));
}

#[tokio::test]
async fn a_body_of_lines_is_streamed() {
    let served = Served::start(s::router(Clock)).await;
    let client = Client::builder(served.url()).build().unwrap();
    let response = client.import(Lines::new(ticks().take(4))).await.unwrap();
    assert_eq!(response.into_body(), 6);
    let (client, sent) = connect!(streams, Clock);
    client.import([Tick::new(1), Tick::new(2)].into_iter().collect()).await.unwrap();
    let request = &sent.requests()[0];
    assert_eq!(request.header("content-type"), Some("application/x-ndjson"));
    assert_eq!(&request.body[..], b"{\"at\":1}\n{\"at\":2}\n");
}

#[tokio::test]
async fn an_invalid_line_is_refused_with_its_pointer() {
    for (body, status, pointer) in [
        ("{\"at\":1}\n{\"at\":-1}\n", 422, "/body/1/at"),
        ("{\"at\":1}\n\n{\"at\":\"now\"}\n", 422, "/body/1/at"),
        ("{\"at\":1}\n{\"at\":2}\n{}\n", 422, "/body/2/at"),
        ("{\"at\":1}\nnonsense\n", 400, "/body/1"),
    ] {
        let response = raw_request::body(s::router(Clock), "POST", "/imports", "application/x-ndjson", body).await;
        assert_eq!(response.violations(), (status, vec![pointer.to_owned()]), "{body}");
    }
    let response =
        raw_request::body(s::router(Clock), "POST", "/imports", "application/x-ndjson", "{\"at\":1.0}").await;
    assert_eq!((response.status, response.json()), (200, 1.into()));
}

#[tokio::test]
async fn a_body_of_events_is_streamed() {
    let served = Served::start(s::router(Clock)).await;
    let client = Client::builder(served.url()).build().unwrap();
    let events = Events::new(ticks().take(4).map(|tick| tick.map(Event::from)));
    assert_eq!(client.replay(events).await.unwrap().into_body(), 6);
    let (client, sent) = connect!(streams, Clock);
    let first = Event { event: None, data: "a\nb".to_owned(), id: Some("1".into()), retry: None };
    let events = [Ok(first), Ok(Event::from("7".to_owned()))];
    let response = client.note().body(Events::new(stream::iter(events))).await.unwrap();
    assert_eq!(response.into_body(), ["1a\nb", "17"]);
    let request = &sent.requests()[0];
    assert_eq!(request.header("content-type"), Some("text/event-stream"));
    assert_eq!(&request.body[..], b"id: 1\ndata: a\ndata: b\n\ndata: 7\n\n");
    let response = client.note().await.unwrap();
    assert_eq!(response.into_body(), [""; 0], "the body is optional");
}

#[tokio::test]
async fn an_invalid_event_is_refused_with_its_pointer() {
    for (body, status, pointer) in [
        ("data: {\"at\":1}\n\ndata: {\"at\":-1}\n\n", 422, "/body/1/at"),
        (": a remark\n\nid: 1\ndata: {\"at\":\"now\"}\n\n", 422, "/body/0/at"),
        ("data: nonsense\n\n", 400, "/body/0"),
    ] {
        let response = raw_request::body(s::router(Clock), "POST", "/replays", "text/event-stream", body).await;
        assert_eq!(response.violations(), (status, vec![pointer.to_owned()]), "{body}");
    }
    let body = "data: {\"at\":2}\n\ndata: [DONE]\n\ndata: nonsense\n\n";
    let response = raw_request::body(s::router(Clock), "POST", "/replays", "text/event-stream", body).await;
    assert_eq!((response.status, response.json()), (200, 2.into()), "many services end a stream like this");
}
