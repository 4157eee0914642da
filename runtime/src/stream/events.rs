//! Server-sent events (`text/event-stream`), as in the HTML standard.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt as _, stream};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::event::Event;
use super::form::{ByName, DataOnly, EventForm};
use super::{ItemCheck, Items, LineBuffer, Pace, apart, bounded, json_or_text, within_limit};
use crate::body::{ByteStream, StreamError};
use crate::future::MaybeSend;
use crate::limits::EVENT_ID_BYTES;

/// A stream of server-sent events. The data of an event is read as JSON, or as plain text if `T` is
/// a `String`. As in many APIs, an event with the data `[DONE]` ends the stream, unless this text
/// is a `T`. `F` is [`ByName`] if the name of an event decides what its data is.
pub struct Events<T, F = DataOnly>(Items<Event<T>>, PhantomData<fn() -> F>);

impl<T> Events<T> {
    /// A stream of events to send.
    pub fn new<S>(events: S) -> Self
    where
        S: Stream<Item = Result<Event<T>, StreamError>> + MaybeSend + 'static,
    {
        Self::of(events)
    }

    /// Reads events from bytes. An unreadable event is an error item, and the stream continues. The
    /// stream ends if the bytes break off.
    #[must_use]
    pub fn read(bytes: ByteStream) -> Self
    where
        T: DeserializeOwned + MaybeSend + 'static,
    {
        Self::decode(bytes)
    }
}

impl<T> Events<T, ByName> {
    /// A stream of events to send. The type of each has its name and its data.
    pub fn by_name<S>(events: S) -> Self
    where
        S: Stream<Item = Result<Event<T>, StreamError>> + MaybeSend + 'static,
    {
        Self::of(events)
    }
}

impl<T, F> Events<T, F> {
    fn of<S>(events: S) -> Self
    where
        S: Stream<Item = Result<Event<T>, StreamError>> + MaybeSend + 'static,
    {
        Self(Box::pin(events), PhantomData)
    }
}

impl<T, F: EventForm> Events<T, F> {
    /// Reads events from bytes, in either form.
    pub(crate) fn decode(bytes: ByteStream) -> Self
    where
        T: DeserializeOwned + MaybeSend + 'static,
    {
        Self::read_with(bytes, bounded(json_or_text))
    }

    /// Reads events from bytes; `make` converts the data of each.
    pub(crate) fn read_with(
        bytes: ByteStream,
        mut make: impl FnMut(String) -> Result<T, StreamError> + MaybeSend + 'static,
    ) -> Self
    where
        T: MaybeSend + 'static,
    {
        let make = move |event: &mut Event<String>| F::read(event, &mut make);
        let state = (bytes, LineBuffer::default(), Draft::default(), Pace::default(), make);
        let events = stream::try_unfold(state, |(mut bytes, mut buffer, mut draft, mut pace, mut make)| async move {
            loop {
                if let Some(line) = buffer.line(true)? {
                    pace.read(line.len()).await;
                    if let Some(event) = draft.line(&line)? {
                        let event = apart(event.data.len(), || typed(event, &mut make)).await.transpose();
                        return Ok(event.map(|event| (event, (bytes, buffer, draft, pace, make))));
                    }
                    continue;
                }
                match (bytes.next().await, bytes.take_reopen()) {
                    (Some(Ok(chunk)), reopen) => {
                        buffer.push(&chunk);
                        bytes = bytes.with_reopen(reopen);
                    }
                    (Some(Err(error)), None) => return Err(error),
                    // The standard says that an event without a final empty line is dropped.
                    (None, None) => return Ok(None),
                    (Some(Err(_)) | None, Some(mut reopen)) => {
                        let next = reopen.reopen(draft.last.as_deref(), draft.pause, draft.progressed).await?;
                        let Some(next) = next else { return Ok(None) };
                        (bytes, buffer, draft) =
                            (next.with_reopen(Some(reopen)), LineBuffer::default(), draft.behind());
                    }
                }
            }
        });
        Self::of(events.map(|event| event?))
    }
}

/// Converts the data of an event; `None` for the `[DONE]` with which some services end a stream.
fn typed<T>(
    mut event: Event<String>,
    make: impl FnOnce(&mut Event<String>) -> Result<T, StreamError>,
) -> Result<Option<Event<T>>, StreamError> {
    let ends = event.data.trim() == "[DONE]";
    match make(&mut event) {
        Err(_) if ends => Ok(None),
        data => Ok(Some(Event { data: data?, event: event.event, id: event.id, retry: event.retry })),
    }
}

impl<T: Serialize + 'static, F: EventForm + 'static> Events<T, F> {
    /// Writes the events as bytes.
    #[must_use]
    pub fn write(self) -> ByteStream {
        self.write_checked(ItemCheck::default())
    }

    /// [`write`](Self::write), with a check of the data of each event.
    pub(crate) fn write_checked(self, check: ItemCheck) -> ByteStream {
        ByteStream::new(self.0.map(move |event| {
            let event = event?;
            check.next(&event.data)?;
            F::write(event).map(|event| encode(&event))
        }))
    }
}

fn encode(event: &Event<Value>) -> Bytes {
    let data = match &event.data {
        // Text that looks like a JSON string would be read without its quotes, so it is written as
        // JSON.
        Value::String(text) if serde_json::from_str::<String>(text).is_err() => text.clone(),
        other => other.to_string(),
    };
    let mut out = String::with_capacity(data.len() + 16);
    let mut field = |name: &str, text: &str| {
        for line in text.split(['\n', '\r']) {
            out.extend([name, ": ", line, "\n"]);
        }
    };
    if let Some(kind) = &event.event {
        field("event", &kind.replace(['\n', '\r'], " "));
    }
    if let Some(id) = &event.id {
        field("id", &id.replace(['\n', '\r', '\0'], " "));
    }
    if let Some(retry) = event.retry {
        field("retry", &retry.as_millis().to_string());
    }
    field("data", &data.replace("\r\n", "\n"));
    out.push('\n');
    out.into()
}

/// An event whose final empty line has not arrived.
#[derive(Default)]
struct Draft {
    event: Option<String>,
    data: String,
    has_data: bool,
    id: Option<Arc<str>>,
    /// The length of all lines so far.
    length: usize,
    retry: Option<Duration>,
    /// The ID of the last complete event.
    last: Option<Arc<str>>,
    /// The pause that the server asks for.
    pause: Option<Duration>,
    /// Whether this connection had an event.
    progressed: bool,
}

impl Draft {
    /// The draft of a stream that continues after the last complete event.
    fn behind(self) -> Self {
        Self { id: self.last.clone(), last: self.last, pause: self.pause, ..Self::default() }
    }

    /// Adds a line; returns the event if the line is empty and there is data.
    fn line(&mut self, line: &str) -> Result<Option<Event<String>>, StreamError> {
        if line.is_empty() {
            return Ok(self.dispatch());
        }
        self.length += line.len();
        within_limit(self.length)?;
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => self.event = Some(value.to_owned()),
            "data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.data.push_str(value);
                self.has_data = true;
            }
            "id" if value.len() > EVENT_ID_BYTES => {
                return Err(StreamError::TooLarge { limit: EVENT_ID_BYTES as u64 });
            }
            "id" if !value.contains('\0') => self.id = Some(value.into()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
                self.pause = self.retry;
            }
            _ => {}
        }
        Ok(None)
    }

    fn dispatch(&mut self) -> Option<Event<String>> {
        self.length = 0;
        self.last.clone_from(&self.id);
        self.progressed |= self.has_data;
        let event = self.event.take();
        let data = std::mem::take(&mut self.data);
        // The last ID also applies to later events.
        std::mem::take(&mut self.has_data).then(|| Event { event, data, id: self.id.clone(), retry: self.retry.take() })
    }
}

impl<T, F> Stream for Events<T, F> {
    type Item = Result<Event<T>, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}

impl<T, F> fmt::Debug for Events<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events(..)")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use bytes::Bytes;
    use futures::executor::block_on;
    use futures::{StreamExt as _, TryStreamExt as _, stream};
    use serde::de::DeserializeOwned;

    use super::{Event, Events};
    use crate::body::{ByteStream, StreamError};

    fn read<T: DeserializeOwned + Send + 'static>(
        chunks: &'static [&'static str],
    ) -> Result<Vec<Event<T>>, StreamError> {
        let chunks = stream::iter(chunks).map(|chunk| Ok(Bytes::from_static(chunk.as_bytes())));
        block_on(Events::read(ByteStream::new(chunks)).try_collect())
    }

    #[test]
    fn events_follow_the_html_standard() {
        let events: Vec<Event<String>> = read(&[
            "\u{FEFF}: comment\ndata: a\ndata:b\nevent: x\nid: 7\nretry: 1500\r",
            "\n\r\n",
            "data\n\nevent: none\n\ndata: cut",
        ])
        .unwrap();
        assert_eq!(
            events,
            [
                Event {
                    event: Some("x".into()),
                    data: "a\nb".into(),
                    id: Some("7".into()),
                    retry: Some(Duration::from_millis(1500))
                },
                Event { event: None, data: String::new(), id: Some("7".into()), retry: None },
            ]
        );
    }

    #[test]
    fn data_is_json_and_done_ends_the_stream() {
        let events: Vec<Event<u32>> = read(&["data: 1\n\ndata: [DONE]\n\ndata: 2\n\n"]).unwrap();
        assert_eq!(events, [Event::from(1)]);
        assert!(matches!(read::<u32>(&["data: x\n\n"]), Err(StreamError::Item(_))));
    }

    fn read_bytes(text: String) -> Result<Vec<Event<String>>, StreamError> {
        block_on(Events::read(ByteStream::new(stream::iter([Ok(Bytes::from(text))]))).try_collect())
    }

    #[test]
    fn an_id_is_shared_and_bounded() {
        let events = read_bytes(format!("id: {}\n{}", "7".repeat(65_536), "data: x\n\n".repeat(1_000))).unwrap();
        assert_eq!(events.len(), 1_000);
        assert!(events.iter().all(|event| Arc::ptr_eq(event.id.as_ref().unwrap(), events[0].id.as_ref().unwrap())));
        let refused = read_bytes(format!("id: {}\n\n", "7".repeat(65_537))).unwrap_err();
        assert!(matches!(refused, StreamError::TooLarge { limit: 65_536 }), "{refused:?}");
    }

    #[test]
    fn an_event_is_bounded_as_a_whole_and_in_one_chunk_too() {
        let half = "a".repeat(9 << 20);
        let name = format!("event: {half}\ndata: {half}\n\n");
        for text in [name, format!("data: {half}\n").repeat(2), format!("data: {half}{half}\n\n")] {
            let refused = read_bytes(text).unwrap_err();
            assert!(matches!(refused, StreamError::TooLarge { limit: 16_777_216 }), "{refused:?}");
        }
        assert_eq!(read_bytes(format!("data: {half}\n\n").repeat(2)).unwrap().len(), 2);
    }

    #[test]
    fn text_of_every_kind_round_trips() {
        for text in ["", " a", "\"a\"", "1", "null", "{\"a\":1}", "a\nb", "data: x\n\n", ":", "\u{FEFF}"] {
            let written = Events::new(stream::iter([Ok(Event::from(text.to_owned()))])).write();
            let back: Vec<Event<String>> = block_on(Events::read(written).try_collect()).unwrap();
            assert_eq!(back, [Event::from(text.to_owned())]);
        }
    }

    #[test]
    fn items_round_trip() {
        let event = Event { event: Some("x".into()), data: "a\r\nb".to_owned(), id: Some("1\n2".into()), retry: None };
        let back: Vec<Event<String>> =
            block_on(Events::read(Events::new(stream::iter([Ok(event)])).write()).try_collect()).unwrap();
        assert_eq!(back, [Event { event: Some("x".into()), data: "a\nb".into(), id: Some("1 2".into()), retry: None }]);
    }
}
