//! What the type of a stream of events describes: the data of an event, or the event with its name.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value};

use super::event::Event;
use crate::body::StreamError;

/// What the type of an event is read from.
pub trait EventForm: sealed::Sealed {
    /// Reads the type with `make`, which takes JSON or text.
    #[doc(hidden)]
    fn read<T>(event: &mut Event<String>, make: impl FnMut(String) -> Result<T, StreamError>)
    -> Result<T, StreamError>;

    /// The event with the data that is sent.
    #[doc(hidden)]
    fn write<T: Serialize>(event: Event<T>) -> Result<Event<Value>, StreamError>;
}

/// The type is that of the data.
#[derive(Clone, Copy, Debug)]
pub enum DataOnly {}

/// The type is that of the whole event, an object with `event` and `data`, because the name of an
/// event decides what its data is. Its name on the wire is that of the object.
#[derive(Clone, Copy, Debug)]
pub enum ByName {}

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::DataOnly {}
    impl Sealed for super::ByName {}
}

impl EventForm for DataOnly {
    fn read<T>(
        event: &mut Event<String>,
        mut make: impl FnMut(String) -> Result<T, StreamError>,
    ) -> Result<T, StreamError> {
        make(std::mem::take(&mut event.data))
    }

    fn write<T: Serialize>(event: Event<T>) -> Result<Event<Value>, StreamError> {
        let data = json(&event.data)?;
        Ok(Event { event: event.event, data, id: event.id, retry: event.retry })
    }
}

impl EventForm for ByName {
    fn read<T>(
        event: &mut Event<String>,
        mut make: impl FnMut(String) -> Result<T, StreamError>,
    ) -> Result<T, StreamError> {
        let data = std::mem::take(&mut event.data);
        let mut whole = Map::new();
        // Without a name, an event is a `message` in the HTML standard.
        whole.insert("event".to_owned(), event.event.as_deref().unwrap_or("message").into());
        if let Some(id) = event.id.as_deref() {
            whole.insert("id".to_owned(), id.into());
        }
        if let Some(retry) = event.retry {
            whole.insert("retry".to_owned(), milliseconds(retry));
        }
        let mut read = |data: Value| {
            whole.insert("data".to_owned(), data);
            make(text(&whole)?)
        };
        // Only the member knows whether its data is JSON or text.
        match serde_json::from_str(&data) {
            Ok(json) => read(json).or_else(|error| read(Value::String(data)).map_err(|_| error)),
            Err(_) => read(Value::String(data)),
        }
    }

    fn write<T: Serialize>(event: Event<T>) -> Result<Event<Value>, StreamError> {
        let mut whole = match json(&event.data)? {
            Value::Object(whole) => whole,
            data => return Ok(Event { event: event.event, data, id: event.id, retry: event.retry }),
        };
        let text = |value: Option<Value>| value.and_then(|value| value.as_str().map(ToOwned::to_owned));
        let retry = whole.remove("retry").and_then(|value| value.as_u64()).map(Duration::from_millis);
        Ok(Event {
            event: text(whole.remove("event")).or(event.event),
            id: event.id.or_else(|| text(whole.remove("id")).map(Arc::from)),
            retry: event.retry.or(retry),
            data: whole.remove("data").unwrap_or_else(|| Value::String(String::new())),
        })
    }
}

fn milliseconds(retry: Duration) -> Value {
    u64::try_from(retry.as_millis()).map_or(Value::Null, Value::from)
}

fn text(whole: &Map<String, Value>) -> Result<String, StreamError> {
    serde_json::to_string(whole).map_err(|error| StreamError::Item(Box::new(error)))
}

fn json<T: Serialize>(value: &T) -> Result<Value, StreamError> {
    serde_json::to_value(value).map_err(|error| StreamError::Item(Box::new(error)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use futures::executor::block_on;
    use futures::{TryStreamExt as _, stream};
    use serde_json::{Value, json};

    use crate::body::ByteStream;
    use crate::stream::{ByName, Event, Events};

    fn read(text: &'static str) -> Vec<Event<Value>> {
        let bytes = ByteStream::from(bytes::Bytes::from_static(text.as_bytes()));
        block_on(Events::<Value, ByName>::decode(bytes).try_collect()).unwrap()
    }

    #[test]
    fn a_whole_event_has_its_name_and_its_data() {
        let events = read("event: a\nid: 7\nretry: 1500\ndata: {\"x\": 1}\n\ndata: plain\n\n");
        assert_eq!(events[0].data, json!({"event": "a", "id": "7", "retry": 1500, "data": {"x": 1}}));
        assert_eq!(events[0].event.as_deref(), Some("a"));
        assert_eq!(events[1].data, json!({"event": "message", "id": "7", "data": "plain"}));
    }

    #[test]
    fn whole_events_round_trip() {
        let data = json!({"event": "a", "id": "7", "retry": 1500, "data": {"x": 1}});
        let sent = Events::by_name(stream::iter([Ok(Event::from(data.clone()))]));
        let back: Vec<Event<Value>> = block_on(Events::<Value, ByName>::decode(sent.write()).try_collect()).unwrap();
        let (id, retry) = (Some(Arc::from("7")), Some(Duration::from_millis(1500)));
        assert_eq!(back, [Event { event: Some("a".into()), data, id, retry }]);
    }
}
