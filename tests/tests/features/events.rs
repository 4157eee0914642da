//! Server-sent events whose names decide what their data is.

use futures::{StreamExt as _, TryStreamExt as _, stream};
use specwright_runtime::server::{Context, Failure};
use specwright_runtime::{Event, Events};
use tests::Listener;
use tests::generated::events::types::{
    Added, Change, Removed, ValueType, WatchOkEvent, WatchOkEventAddJson, WatchOkEventAddNumber, WatchOkEventAddString,
};
use tests::generated::events::{Client, operations as o, server as s};

use crate::raw_request;

#[derive(Clone)]
struct Service;

fn values() -> [WatchOkEvent; 3] {
    [
        WatchOkEventAddString::new().data("17").into(),
        WatchOkEventAddNumber::new().data("17").into(),
        WatchOkEventAddJson::new(ValueType::new(3)).retry(1500).into(),
    ]
}

fn changes() -> [Change; 2] {
    [Added::new(ValueType::new(2)).id("a1").into(), Removed::new(7).into()]
}

impl s::Events for Service {
    async fn watch(&self, _: s::WatchInput, _: Context) -> Result<o::WatchSuccess, Failure<o::WatchError>> {
        Ok(o::WatchSuccess::Ok(Events::by_name(stream::iter(values().map(Event::from).map(Ok)))))
    }

    async fn replay(&self, input: s::ReplayInput, _: Context) -> Result<o::ReplaySuccess, Failure<o::ReplayError>> {
        let events: Vec<Event<Change>> = input.body.try_collect().await.map_err(Failure::internal)?;
        let names = events.into_iter().map(|event| match event.data {
            Change::Added(added) => format!("{} {}", event.event.unwrap_or_default(), added.data.size),
            Change::Removed(removed) => format!("{} {}", event.event.unwrap_or_default(), removed.data),
        });
        Ok(o::ReplaySuccess::Ok(names.collect()))
    }

    async fn changes(&self, _: s::ChangesInput, _: Context) -> Result<o::ChangesSuccess, Failure<o::ChangesError>> {
        Ok(o::ChangesSuccess::Ok(Events::by_name(stream::iter(changes().map(Event::from).map(Ok)))))
    }

    async fn latest(&self, _: s::LatestInput, _: Context) -> Result<o::LatestSuccess, Failure<o::LatestError>> {
        Ok(o::LatestSuccess::Ok(Events::new(stream::iter([Ok(Event::from(ValueType::new(4)))]))))
    }
}

#[tokio::test]
async fn the_name_of_an_event_decides_what_its_data_is() {
    let response = raw_request::empty(s::router(Service), "GET", "/values").await;
    let text = String::from_utf8(response.body.to_vec()).unwrap();
    assert_eq!(
        text,
        "event: addString\ndata: 17\n\nevent: addNumber\ndata: 17\n\n\
         event: addJson\nretry: 1500\ndata: {\"size\":3}\n\n"
    );
    let (client, _) = connect!(events, Service);
    let events = client.watch().await.unwrap().into_body();
    let events: Vec<WatchOkEvent> = events.map(|event| event.unwrap().data).collect().await;
    assert_eq!(events, values());
}

#[tokio::test]
async fn events_of_component_schemas_are_told_apart_by_their_names() {
    let (client, _) = connect!(events, Service);
    let events: Vec<Event<Change>> = client.changes().await.unwrap().into_body().try_collect().await.unwrap();
    assert_eq!(events[0].event.as_deref(), Some("added"));
    assert_eq!(events[0].id.as_deref(), Some("a1"));
    let Change::Removed(removed) = &events[1].data else { panic!("{events:?}") };
    assert_eq!(removed.data, 7);
    let latest: Vec<Event<ValueType>> = client.latest().await.unwrap().into_body().try_collect().await.unwrap();
    assert_eq!(latest, [Event::from(ValueType::new(4))]);
}

#[tokio::test]
async fn an_event_of_an_unknown_name_is_an_error_and_the_stream_continues() {
    let body = "event: other\ndata: 1\n\nevent: removed\ndata: 7\n\n";
    let response =
        format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let listener = Listener::start(response).await;
    let client = Client::builder(listener.url()).build().unwrap();
    let mut events = client.changes().await.unwrap().into_body();
    events.next().await.unwrap().unwrap_err();
    let event = events.next().await.unwrap().unwrap();
    assert!(matches!(event.data, Change::Removed(removed) if removed.data == 7));
}

#[tokio::test]
async fn events_of_a_request_are_sent_and_validated() {
    let (client, sent) = connect!(events, Service);
    let body = Events::by_name(stream::iter(changes().map(Event::from).map(Ok)));
    assert_eq!(client.replay(body).await.unwrap().into_body(), ["added 2", "removed 7"]);
    assert_eq!(sent.requests().len(), 1);
    let send = |text: &'static str| raw_request::body(s::router(Service), "POST", "/values", "text/event-stream", text);
    for text in ["event: added\ndata: {\"size\":0}\n\n", "event: removed\ndata: x\n\n", "data: 7\n\n"] {
        assert_eq!(send(text).await.status, 422, "{text}");
    }
}
