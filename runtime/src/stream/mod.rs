//! Streams of items: server-sent events and JSON lines, read from and written to bytes.

mod check;
mod event;
mod events;
mod form;
mod lines;

use std::pin::Pin;

use bytes::{Buf as _, BytesMut};
pub(crate) use check::ItemCheck;
pub use event::Event;
pub use events::Events;
pub use form::{ByName, DataOnly, EventForm};
use futures::Stream;
pub use lines::Lines;
use serde::de::DeserializeOwned;
use serde::de::value::StrDeserializer;
// That of tokio also lets it notice what has arrived meanwhile, but it is available only with the
// server.
#[cfg(feature = "server")]
use tokio::task::yield_now;

use crate::body::StreamError;
use crate::budget::Budget;
use crate::confidential::without_values;
#[cfg(not(feature = "server"))]
use crate::future::pending_once as yield_now;
use crate::limits::{ITEM_BYTES, PACE_BYTES};

#[cfg(not(target_arch = "wasm32"))]
type Items<T> = Pin<Box<dyn Stream<Item = Result<T, StreamError>> + Send>>;
#[cfg(target_arch = "wasm32")]
type Items<T> = Pin<Box<dyn Stream<Item = Result<T, StreamError>>>>;

/// Reads text as JSON. The error repeats no values, which may be confidential.
pub(crate) fn json<T: DeserializeOwned>(text: &str) -> Result<T, StreamError> {
    crate::json::read_text(text).map_err(|error| StreamError::Item(without_values(&error.error.to_string()).into()))
}

/// Reads items with `read`; those of a stream share one budget.
fn bounded<T>(mut read: impl FnMut(&str) -> Result<T, StreamError>) -> impl FnMut(String) -> Result<T, StreamError> {
    let mut left = Budget::RESPONSE;
    move |text| left.spend(|| read(&text))
}

/// Reads text as JSON, or as a plain string if the type is one, because events often contain plain
/// text.
fn json_or_text<T: DeserializeOwned>(text: &str) -> Result<T, StreamError> {
    json(text).or_else(|error| T::deserialize(StrDeserializer::<serde::de::value::Error>::new(text)).map_err(|_| error))
}

/// Reads an item of so many bytes, a long one on a separate thread if it belongs to a request.
async fn apart<T>(bytes: usize, read: impl FnOnce() -> T) -> T {
    #[cfg(feature = "server")]
    crate::long_bodies::enter(bytes).await;
    #[cfg(not(feature = "server"))]
    let _ = bytes;
    let item = read();
    #[cfg(feature = "server")]
    crate::long_bodies::leave().await;
    item
}

/// How much a stream has read since it last let other tasks run: one that is always ready would keep
/// them waiting until its end.
#[derive(Default)]
struct Pace {
    read: usize,
}

impl Pace {
    /// Reads so many bytes, after other tasks had their turn if there were many before.
    async fn read(&mut self, bytes: usize) {
        if self.read >= PACE_BYTES {
            self.read = 0;
            yield_now().await;
        }
        self.read += bytes;
    }
}

/// Refuses an item that is too long.
fn within_limit(length: usize) -> Result<(), StreamError> {
    if length > ITEM_BYTES { Err(StreamError::TooLarge { limit: ITEM_BYTES as u64 }) } else { Ok(()) }
}

/// Received bytes that are not yet part of a complete line.
#[derive(Default)]
struct LineBuffer {
    bytes: BytesMut,
    /// The length of the prefix that is known to contain no line end.
    searched: usize,
    /// Whether a carriage return ended the last line, so that a line feed right after it is
    /// skipped.
    after_return: bool,
    started: bool,
}

impl LineBuffer {
    /// Adds a chunk.
    fn push(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(chunk);
    }

    /// The next complete line without its end, which is `\n`, `\r\n` or, if `returns`, a lone `\r`.
    /// A line longer than [`ITEM_BYTES`] is an error, however it is divided into chunks.
    fn line(&mut self, returns: bool) -> Result<Option<String>, StreamError> {
        if self.after_return && !self.bytes.is_empty() {
            self.after_return = false;
            if self.bytes.starts_with(b"\n") {
                self.bytes.advance(1);
            }
        }
        let ends = |byte: &u8| *byte == b'\n' || (returns && *byte == b'\r');
        let Some(at) = self.bytes[self.searched..].iter().position(ends) else {
            self.searched = self.bytes.len();
            return within_limit(self.searched).map(|()| None);
        };
        let end = self.searched + at;
        within_limit(end)?;
        self.after_return = self.bytes[end] == b'\r';
        let line = self.text(end);
        self.bytes.advance(end + 1);
        self.searched = 0;
        Ok(Some(line))
    }

    /// The remaining text at the end of the stream.
    fn rest(&mut self) -> Option<String> {
        let line = self.text(self.bytes.len());
        self.bytes.clear();
        self.searched = 0;
        (!line.is_empty()).then_some(line)
    }

    fn text(&mut self, end: usize) -> String {
        let mut bytes = &self.bytes[..end];
        if !std::mem::replace(&mut self.started, true) {
            bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        }
        String::from_utf8_lossy(bytes.strip_suffix(b"\r").unwrap_or(bytes)).into_owned()
    }
}
