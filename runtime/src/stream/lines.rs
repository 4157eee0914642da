//! JSON lines (`application/jsonl`, `application/x-ndjson`) and JSON sequences
//! (`application/json-seq`).

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{BufMut as _, BytesMut};
use futures::{Stream, StreamExt as _, stream};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{ItemCheck, Items, LineBuffer, Pace, apart, bounded, json};
use crate::body::{ByteStream, StreamError};
use crate::future::MaybeSend;

/// The record separator before each item of a JSON sequence.
const RECORD: char = '\u{1E}';

/// A stream of items, one JSON value per line.
pub struct Lines<T>(Items<T>);

impl<T> Lines<T> {
    /// A stream of items to send.
    pub fn new<S>(items: S) -> Self
    where
        S: Stream<Item = Result<T, StreamError>> + MaybeSend + 'static,
    {
        Self(Box::pin(items))
    }

    /// Reads items from bytes. Empty lines are ignored. An unreadable line is an error item, and
    /// the stream continues. The stream ends if the bytes break off.
    #[must_use]
    pub fn read(bytes: ByteStream) -> Self
    where
        T: DeserializeOwned + MaybeSend + 'static,
    {
        Self::read_with(bytes, bounded(json))
    }

    /// Reads items from bytes; `make` converts the text of each line.
    pub(crate) fn read_with(
        bytes: ByteStream,
        make: impl FnMut(String) -> Result<T, StreamError> + MaybeSend + 'static,
    ) -> Self
    where
        T: MaybeSend + 'static,
    {
        let state = (bytes, LineBuffer::default(), Pace::default(), false, make);
        let items = stream::try_unfold(state, |(mut bytes, mut buffer, mut pace, mut ended, mut make)| async move {
            loop {
                let line = if ended { buffer.rest() } else { buffer.line(false)? };
                if let Some(line) = line {
                    let text = line.trim_start_matches(RECORD).trim();
                    if !text.is_empty() {
                        pace.read(text.len()).await;
                        let item = apart(text.len(), || make(text.to_owned())).await;
                        return Ok(Some((item, (bytes, buffer, pace, ended, make))));
                    }
                } else if ended {
                    return Ok(None);
                } else {
                    match bytes.next().await.transpose()? {
                        Some(chunk) => buffer.push(&chunk),
                        None => ended = true,
                    }
                }
            }
        });
        Self(Box::pin(items.map(|item| item?)))
    }
}

/// A stream of items in memory.
impl<T: MaybeSend + 'static> FromIterator<T> for Lines<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let items: Vec<T> = items.into_iter().collect();
        Self::new(stream::iter(items.into_iter().map(Ok)))
    }
}

impl<T: Serialize + 'static> Lines<T> {
    /// Writes the items as bytes: as `application/jsonl`, unless `media` is `application/json-seq`.
    #[must_use]
    pub fn write(self, media: &str) -> ByteStream {
        self.write_checked(media, ItemCheck::default())
    }

    /// [`write`](Self::write), with a check of each item.
    pub(crate) fn write_checked(self, media: &str, check: ItemCheck) -> ByteStream {
        let sequence = crate::media::covers("application/json-seq", media);
        ByteStream::new(self.0.map(move |item| {
            let item = item?;
            check.next(&item)?;
            let mut out = BytesMut::new().writer();
            if sequence {
                out.get_mut().put_u8(0x1E);
            }
            serde_json::to_writer(&mut out, &item).map_err(|error| StreamError::Item(Box::new(error)))?;
            let mut out = out.into_inner();
            out.put_u8(b'\n');
            Ok(out.freeze())
        }))
    }
}

impl<T> Stream for Lines<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}

impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lines(..)")
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures::executor::block_on;
    use futures::{StreamExt as _, TryStreamExt as _, stream};

    use super::Lines;
    use crate::body::{ByteStream, StreamError};

    fn read(chunks: &'static [&'static str]) -> Result<Vec<u32>, StreamError> {
        let chunks = stream::iter(chunks).map(|chunk| Ok(Bytes::from_static(chunk.as_bytes())));
        block_on(Lines::<u32>::read(ByteStream::new(chunks)).try_collect())
    }

    #[test]
    fn lines_are_found_across_chunks() {
        assert_eq!(read(&["1\n2", "3\r", "\n\n", "4"]).unwrap(), [1, 23, 4]);
        assert_eq!(read(&["\u{1E}1\n\u{1E}2\n"]).unwrap(), [1, 2]);
        assert_eq!(read(&[]).unwrap(), Vec::<u32>::new());
    }

    #[test]
    fn an_unreadable_line_is_an_error_item() {
        let lines = Lines::<u32>::read(ByteStream::from(Bytes::from_static(b"1\nx\n2\n")));
        let items: Vec<_> = block_on(lines.collect());
        assert!(matches!(items[..], [Ok(1), Err(StreamError::Item(_)), Ok(2)]), "{items:?}");
    }

    #[test]
    fn a_line_is_json_even_if_its_type_is_text() {
        let lines = Lines::<String>::read(ByteStream::from(Bytes::from_static(b"\"a\"\nb\n7")));
        let items: Vec<_> = block_on(lines.collect());
        assert!(matches!(&items[..], [Ok(a), Err(_), Err(_)] if a == "a"), "{items:?}");
    }

    #[test]
    fn an_error_does_not_repeat_the_line() {
        let error = read(&["\"hunter2\"\n"]).unwrap_err();
        assert!(!format!("{error:?} {error}").contains("hunter2"), "{error:?}");
    }

    /// Notes the thread on which it is read.
    #[cfg(feature = "server")]
    struct Seen(std::thread::ThreadId);

    #[cfg(feature = "server")]
    impl<'de> serde::Deserialize<'de> for Seen {
        fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            serde::de::IgnoredAny::deserialize(from)?;
            Ok(Self(std::thread::current().id()))
        }
    }

    #[cfg(feature = "server")]
    #[tokio::test]
    async fn a_long_line_of_a_request_is_read_apart() {
        let here = std::thread::current().id();
        let text = format!("\"{}\"\n1\n", "a".repeat(crate::limits::APART_BYTES));
        let handler = async move {
            let mut lines = Lines::<Seen>::read(ByteStream::from(Bytes::from(text)));
            let mut threads = Vec::new();
            while let Some(Ok(Seen(reading))) = lines.next().await {
                threads.push((reading == here, std::thread::current().id() == here));
            }
            threads
        };
        assert_eq!(crate::long_bodies::run(Box::pin(handler)).await, [(false, true), (true, true)]);
    }

    #[test]
    fn items_round_trip() {
        for media in ["application/jsonl", "application/json-seq"] {
            let lines: Lines<u32> = [1, 2].into_iter().collect();
            let back = Lines::<u32>::read(lines.write(media));
            assert_eq!(block_on(back.try_collect::<Vec<_>>()).unwrap(), [1, 2]);
        }
    }
}
