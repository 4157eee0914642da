//! Streamed responses.

use futures::StreamExt as _;
use specwright_runtime::client::{Decoded, Error, FromResponse, RawResponse};
use specwright_runtime::{Events, StreamError};

use crate::api::{Act, Failed, Server, User, WATCH, builder, json, response};

#[derive(Debug)]
enum Watched {
    Events(Events<User>),
    Json(User),
}

impl FromResponse for Watched {
    fn from_response(response: &mut RawResponse) -> Decoded<Self> {
        match response.status() {
            200 if response.is("text/event-stream") => response.events(Self::Events),
            200 => response.json(Self::Json),
            _ => Decoded::Undocumented,
        }
    }
}

async fn watch(server: &Server) -> Result<Watched, Error<Failed>> {
    let core = builder(&server.url).max_body(100).build().unwrap();
    Ok(core.call(&WATCH).send::<Watched, Failed>().await?.into_inner())
}

#[tokio::test]
async fn events_arrive_one_by_one_until_the_connection_breaks() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 9999\r\n\r\n";
    let server = Server::start([Act::Say(format!("{head}data: {{\"id\":1}}\n\ndata: {{\"id\":2}}\n\ndata: {{"))]).await;
    let Watched::Events(mut events) = watch(&server).await.unwrap() else { panic!("not a stream") };
    assert_eq!(events.next().await.unwrap().unwrap().data, User { id: 1 });
    assert_eq!(events.next().await.unwrap().unwrap().data, User { id: 2 });
    assert!(matches!(events.next().await, Some(Err(StreamError::Transport(_)))));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn json_and_errors_of_a_streaming_operation_are_buffered() {
    let server =
        Server::start([json("200 OK", "{\"id\":3}"), json("404 Not Found", "{}"), response("404 X", "", "")]).await;
    assert!(matches!(watch(&server).await.unwrap(), Watched::Json(User { id: 3 })));
    assert!(matches!(watch(&server).await.unwrap_err().api(), Some(Failed::NotFound(_))));
    let error = watch(&server).await.unwrap_err();
    let expected = "the response (404) cannot be decoded: it is empty where JSON was expected (";
    assert!(error.to_string().starts_with(expected), "{error}");
}

#[tokio::test]
async fn an_unreadable_event_does_not_end_the_stream() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
    let server = Server::start([Act::Say(format!("{head}data: {{\"id\":[]}}\n\ndata: {{\"id\":2}}\n\n"))]).await;
    let Watched::Events(mut events) = watch(&server).await.unwrap() else { panic!("not a stream") };
    assert!(matches!(events.next().await, Some(Err(StreamError::Item(_)))));
    assert_eq!(events.next().await.unwrap().unwrap().data, User { id: 2 });
    assert!(events.next().await.is_none());
}
