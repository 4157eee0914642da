//! Streams of bytes.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt as _, stream};

use crate::future::{BoxFuture, MaybeSend};

/// The size of the pieces between which progress is reported.
const PIECE: usize = 64 << 10;

/// The error of a stream that ends early.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The connection failed or was closed early.
    Transport(Box<dyn std::error::Error + Send + Sync>),
    /// The stream exceeds the limit.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// A one-time stream was used a second time, by a retry or a clone.
    AlreadyTaken,
    /// Nothing arrived for longer than the idle timeout.
    Idle {
        /// The timeout.
        after: Duration,
        /// The call that the stream belongs to: its operation, method and host. `None` if it belongs
        /// to none.
        call: Option<Arc<str>>,
    },
    /// The content changed during the download, so the rest does not belong to the beginning.
    Changed,
    /// An event or line cannot be read.
    Item(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(_) => f.write_str("the stream broke off"),
            Self::TooLarge { limit } => write!(f, "the body is larger than the limit of {limit} bytes"),
            Self::AlreadyTaken => f.write_str(
                "the stream has been sent once and cannot be sent again; create the body with `Body::from_source` to allow it",
            ),
            Self::Idle { after, call } => {
                write!(f, "nothing arrived for {after:?}")?;
                if let Some(call) = call {
                    write!(f, " ({call})")?;
                }
                f.write_str("; raise the setting `idle_timeout` to wait longer")
            }
            Self::Changed => f.write_str("the content changed while it was downloaded; start again"),
            Self::Item(_) => f.write_str("an item of the stream cannot be read"),
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(source) | Self::Item(source) => Some(&**source),
            Self::TooLarge { .. } | Self::AlreadyTaken | Self::Idle { .. } | Self::Changed => None,
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
type ChunkStream = Pin<Box<dyn Stream<Item = Result<Bytes, StreamError>> + Send>>;
#[cfg(target_arch = "wasm32")]
type ChunkStream = Pin<Box<dyn Stream<Item = Result<Bytes, StreamError>>>>;

/// Opens a stream of events again after a lost connection.
pub(crate) trait Reopen: MaybeSend {
    /// The stream after the event with this ID; `None` if there is nothing more. `pause` is the
    /// pause that the server asks for, and `progressed` is whether an event has arrived since the
    /// last time.
    fn reopen<'a>(
        &'a mut self,
        last: Option<&'a str>,
        pause: Option<Duration>,
        progressed: bool,
    ) -> BoxFuture<'a, Result<Option<ByteStream>, StreamError>>;
}

/// A stream of bytes.
pub struct ByteStream {
    inner: ChunkStream,
    length: Option<u64>,
    /// Only streams of events use it.
    reopen: Option<Box<dyn Reopen>>,
}

impl ByteStream {
    /// Wraps a stream of chunks.
    pub fn new<S>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, StreamError>> + MaybeSend + 'static,
    {
        Self { inner: Box::pin(stream), length: None, reopen: None }
    }

    /// Lets a stream of events continue after a lost connection.
    pub(crate) fn with_reopen(self, reopen: Option<Box<dyn Reopen>>) -> Self {
        Self { reopen, ..self }
    }

    /// What opens the stream again, if anything does.
    pub(crate) fn take_reopen(&mut self) -> Option<Box<dyn Reopen>> {
        self.reopen.take()
    }

    /// Calls `report` after each chunk with the bytes so far and, if it is known, the length.
    #[must_use]
    pub fn with_progress(self, mut report: impl FnMut(u64, Option<u64>) + MaybeSend + 'static) -> Self {
        let Self { inner, length, reopen } = self;
        let mut done = 0;
        let inner = inner.map(move |chunk| {
            if let Ok(chunk) = &chunk {
                done += chunk.len() as u64;
                report(done, length);
            }
            chunk
        });
        Self { inner: Box::pin(inner), length, reopen }
    }

    /// Sets the length in bytes.
    #[must_use]
    pub fn with_length(self, length: u64) -> Self {
        Self { length: Some(length), ..self }
    }

    /// The length in bytes, if it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Changes the errors of the stream.
    #[cfg(feature = "client")]
    pub(crate) fn map_error(self, mut change: impl FnMut(StreamError) -> StreamError + MaybeSend + 'static) -> Self {
        Self { inner: Box::pin(self.inner.map(move |chunk| chunk.map_err(&mut change))), ..self }
    }

    /// Limits the stream: it ends with [`StreamError::TooLarge`] once it exceeds `limit` bytes.
    #[must_use]
    pub fn limited(self, limit: u64) -> Self {
        let length = self.length;
        let mut left = limit;
        let inner = self.inner.map(move |chunk| {
            let chunk = chunk?;
            let size = chunk.len() as u64;
            left = left.checked_sub(size).ok_or(StreamError::TooLarge { limit })?;
            Ok(chunk)
        });
        // The stream ends after the first error.
        let inner = inner.scan(false, |failed, chunk| {
            let item = (!*failed).then_some(chunk);
            *failed = matches!(item, Some(Err(_)));
            futures::future::ready(item)
        });
        Self { inner: Box::pin(inner), length, reopen: self.reopen }
    }

    /// Reads all bytes, up to `limit`.
    ///
    /// # Errors
    /// If the stream breaks off or has more than `limit` bytes.
    pub async fn collect(mut self, limit: u64) -> Result<Bytes, StreamError> {
        self.read(limit).await
    }

    /// [`Self::collect`] by reference. A future that already owns the stream would otherwise hold
    /// it twice.
    pub(crate) async fn read(&mut self, limit: u64) -> Result<Bytes, StreamError> {
        if self.length.is_some_and(|length| length > limit) {
            return Err(StreamError::TooLarge { limit });
        }
        let (mut first, mut all) = (Bytes::new(), BytesMut::new());
        while let Some(chunk) = self.inner.next().await.transpose()? {
            if (first.len() + all.len() + chunk.len()) as u64 > limit {
                return Err(StreamError::TooLarge { limit });
            }
            // A single chunk is not copied.
            if first.is_empty() && all.is_empty() {
                first = chunk;
                continue;
            }
            if all.is_empty() {
                all.reserve(first.len() + chunk.len());
                all.extend_from_slice(&std::mem::take(&mut first));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(if all.is_empty() { first } else { all.freeze() })
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.inner.as_mut().poll_next(cx)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("length", &self.length).finish_non_exhaustive()
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        let length = bytes.len() as u64;
        Self::new(stream::iter((!bytes.is_empty()).then_some(Ok(bytes)))).with_length(length)
    }
}

/// Bytes in memory as a stream of pieces.
pub(super) fn pieces(bytes: Bytes) -> ByteStream {
    let length = bytes.len() as u64;
    let pieces = stream::unfold(bytes, |mut rest| async move {
        (!rest.is_empty()).then(|| (Ok(rest.split_to(rest.len().min(PIECE))), rest))
    });
    ByteStream::new(pieces).with_length(length)
}
