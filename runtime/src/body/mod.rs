//! Bodies, in memory or streamed, and byte streams.

mod stream;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use futures::{StreamExt as _, stream as streams};

#[cfg(feature = "client")]
pub(crate) use self::stream::Reopen;
use self::stream::pieces;
pub use self::stream::{ByteStream, StreamError};
use crate::future::{MaybeSend, MaybeSync};

impl From<Body> for ByteStream {
    fn from(body: Body) -> Self {
        body.into_stream()
    }
}

/// A body to send: nothing, bytes, or a stream. Cheap to clone.
#[derive(Clone, Default)]
pub struct Body(Content);

#[derive(Clone, Default)]
enum Content {
    #[default]
    Empty,
    Bytes(Bytes),
    Once(Arc<Mutex<Option<ByteStream>>>, Option<u64>),
    Source(Arc<dyn Source>, Option<u64>),
}

/// A source that opens the same stream repeatedly.
trait Source: MaybeSend + MaybeSync {
    fn open(&self) -> ByteStream;
}

impl<F: Fn() -> ByteStream + MaybeSend + MaybeSync> Source for F {
    fn open(&self) -> ByteStream {
        self()
    }
}

impl Body {
    /// No body at all.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// A stream that can be sent once. A call with such a body is not retried once sending has
    /// begun.
    #[must_use]
    pub fn from_stream(stream: ByteStream) -> Self {
        let length = stream.length();
        #[cfg_attr(target_arch = "wasm32", expect(clippy::arc_with_non_send_sync, reason = "there are no threads"))]
        let shared = Arc::new(Mutex::new(Some(stream)));
        Self(Content::Once(shared, length))
    }

    /// A stream that is reopened for each attempt, such as a file.
    #[must_use]
    pub fn from_source(length: Option<u64>, source: impl Fn() -> ByteStream + MaybeSend + MaybeSync + 'static) -> Self {
        Self(Content::Source(Arc::new(source), length))
    }

    /// The bytes, if they are in memory. An empty body has none.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Empty | Content::Once(..) | Content::Source(..) => None,
        }
    }

    /// Whether there is no body.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self.0, Content::Empty)
    }

    /// The length in bytes, if it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Content::Empty => Some(0),
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Once(_, length) | Content::Source(_, length) => *length,
        }
    }

    /// Whether the body can be sent more than once.
    #[must_use]
    pub fn can_repeat(&self) -> bool {
        !matches!(self.0, Content::Once(..))
    }

    /// The body as a stream. A second stream of a one-time body fails with
    /// [`StreamError::AlreadyTaken`].
    #[must_use]
    pub fn into_stream(self) -> ByteStream {
        match self.0 {
            Content::Empty => Bytes::new().into(),
            Content::Bytes(bytes) => bytes.into(),
            Content::Once(stream, _) => stream
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take()
                .unwrap_or_else(|| ByteStream::new(streams::iter([Err(StreamError::AlreadyTaken)]))),
            Content::Source(source, _) => source.open(),
        }
    }

    /// Calls `report` while the body is sent, with the bytes so far and, if it is known, the length.
    /// Each attempt begins at 0.
    #[must_use]
    pub fn with_progress(self, report: impl Fn(u64, Option<u64>) + MaybeSend + MaybeSync + 'static) -> Self {
        let length = self.length();
        let report = Arc::new(report);
        let watched = move |body: Self| {
            let report = Arc::clone(&report);
            let stream = match body.0 {
                // In pieces, because progress is between them.
                Content::Bytes(bytes) => pieces(bytes),
                content => Self(content).into_stream(),
            };
            let stream = stream.with_progress(move |done, length| report(done, length));
            match length {
                Some(length) => stream.with_length(length),
                None => stream,
            }
        };
        match self.0 {
            Content::Empty => Self::empty(),
            Content::Once(..) => Self::from_stream(watched(self)),
            Content::Bytes(_) | Content::Source(..) => Self::from_source(length, move || watched(self.clone())),
        }
    }

    /// Reads all bytes, up to `limit`.
    ///
    /// # Errors
    /// If the body is a stream that breaks off, has already been taken, or has more bytes than
    /// that.
    pub async fn collect(self, limit: u64) -> Result<Bytes, StreamError> {
        match self.0 {
            Content::Bytes(bytes) if bytes.len() as u64 <= limit => Ok(bytes),
            kind => Self(kind).into_stream().collect(limit).await,
        }
    }

    /// Concatenates bodies.
    #[must_use]
    pub fn concat(bodies: Vec<Self>) -> Self {
        let whole = |body: &Self| matches!(body.0, Content::Empty | Content::Bytes(_));
        if bodies.iter().all(whole) {
            let mut all = BytesMut::with_capacity(bodies.iter().filter_map(Self::as_bytes).map(Bytes::len).sum());
            bodies.iter().filter_map(Self::as_bytes).for_each(|bytes| all.extend_from_slice(bytes));
            return all.freeze().into();
        }
        let length = bodies.iter().map(Self::length).try_fold(0u64, |sum, length| sum.checked_add(length?));
        let chain = move |bodies: Vec<Self>| {
            let stream = ByteStream::new(streams::iter(bodies).flat_map(Self::into_stream));
            match length {
                Some(length) => stream.with_length(length),
                None => stream,
            }
        };
        if bodies.iter().all(Self::can_repeat) {
            return Self::from_source(length, move || chain(bodies.clone()));
        }
        Self::from_stream(chain(bodies))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Empty => f.write_str("Body(empty)"),
            Content::Bytes(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Content::Once(_, Some(length)) | Content::Source(_, Some(length)) => {
                write!(f, "Body(stream of {length} bytes)")
            }
            Content::Once(_, None) | Content::Source(_, None) => f.write_str("Body(stream)"),
        }
    }
}

/// Bodies are equal if their bytes in memory are, or if they are clones of one stream.
impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Content::Empty, Content::Empty) => true,
            (Content::Bytes(a), Content::Bytes(b)) => a == b,
            (Content::Once(a, _), Content::Once(b, _)) => Arc::ptr_eq(a, b),
            (Content::Source(a, _), Content::Source(b, _)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl Eq for Body {}

macro_rules! from_bytes {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Body {
            fn from(bytes: $ty) -> Self {
                Self(Content::Bytes(bytes.into()))
            }
        }
    )*};
}

from_bytes!(Bytes, Vec<u8>, String, &'static str, &'static [u8]);

impl From<ByteStream> for Body {
    fn from(stream: ByteStream) -> Self {
        Self::from_stream(stream)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures::{executor::block_on, stream};

    use super::{Body, ByteStream, StreamError};

    fn chunks(count: usize) -> ByteStream {
        ByteStream::new(stream::iter(vec![(); count]).map(|()| Ok(Bytes::from_static(b"ab"))))
    }

    use futures::StreamExt as _;

    #[test]
    fn a_stream_is_cut_off_at_the_limit() {
        assert_eq!(block_on(chunks(3).collect(6)).unwrap(), "ababab");
        assert!(matches!(block_on(chunks(1000).collect(5)), Err(StreamError::TooLarge { limit: 5 })));
        assert!(matches!(block_on(Body::from("abc").collect(2)), Err(StreamError::TooLarge { limit: 2 })));
    }

    #[test]
    fn a_one_time_stream_is_sent_once_and_a_source_repeatedly() {
        let once = Body::from_stream(chunks(1));
        assert!(!once.can_repeat());
        assert_eq!(block_on(once.clone().collect(9)).unwrap(), "ab");
        assert!(matches!(block_on(once.collect(9)), Err(StreamError::AlreadyTaken)));
        let source = Body::from_source(Some(2), || chunks(1));
        for _ in 0..2 {
            assert_eq!(block_on(source.clone().collect(9)).unwrap(), "ab");
        }
    }

    #[test]
    fn concatenated_bodies_stay_in_memory_if_possible() {
        assert_eq!(Body::concat(vec!["a".into(), Body::empty(), "b".into()]), Body::from("ab"));
        let mixed = Body::concat(vec!["a".into(), Body::from_source(Some(2), || chunks(1))]);
        assert_eq!(mixed.length(), Some(3));
        assert!(mixed.can_repeat());
        assert_eq!(block_on(mixed.collect(9)).unwrap(), "aab");
    }
}
