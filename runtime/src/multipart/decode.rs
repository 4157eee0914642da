//! Multipart bodies → parts as sent; the inverse of [`Multipart`](super::Multipart). **Invariant:**
//! parts and bytes are counted as they arrive. The declared length of a part is never trusted.

use std::marker::PhantomData;

use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt as _, stream};
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::File;
use super::disposition::parameter;
use crate::body::Body;
use crate::limits::CHUNK_BYTES;

/// A received part. `Debug` hides its content.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    /// All other headers.
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
}

/// The headers of a part.
pub(crate) struct Head {
    pub(crate) name: Option<String>,
    pub(crate) file_name: Option<String>,
    content_type: Option<String>,
    /// All other headers.
    headers: HeaderMap,
}

/// The parts of a multipart body, one after the other.
pub(crate) struct Parts<E> {
    inner: multer::Multipart<'static>,
    left: usize,
    most: usize,
    error: PhantomData<fn() -> E>,
}

/// A multipart body cannot be read.
#[derive(Debug)]
pub(crate) enum ReadError<E> {
    /// The stream of bytes failed.
    Source(E),
    /// The bytes are not a multipart body. The text says what they must be.
    Malformed(String),
    /// There are more parts than this.
    TooMany(usize),
}

impl std::fmt::Debug for Received {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Received")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("bytes", &format_args!("[{} bytes]", self.bytes.len()))
            .finish()
    }
}

impl Head {
    fn of(field: &multer::Field<'static>) -> Self {
        let disposition = field.headers().get(CONTENT_DISPOSITION);
        let disposition = disposition.and_then(|value| std::str::from_utf8(value.as_bytes()).ok()).unwrap_or_default();
        // The header is read as sent, because `mime` would refuse unusual content types.
        let content_type = field.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.map(ToOwned::to_owned);
        let mut headers = field.headers().clone();
        headers.remove(CONTENT_DISPOSITION);
        headers.remove(CONTENT_TYPE);
        Self {
            name: parameter(disposition, "name").as_deref().map(unescape),
            file_name: parameter(disposition, "filename").as_deref().map(unescape),
            content_type,
            headers,
        }
    }

    /// The part with its content; `None` if it has no name.
    pub(crate) fn received(self, bytes: Bytes) -> Option<Received> {
        let Self { name, file_name, content_type, headers } = self;
        Some(Received { name: name?, file_name, content_type, headers, bytes })
    }

    pub(crate) fn into_file(self, body: Body) -> File {
        let file = match self.file_name {
            Some(name) => File::new(name, body),
            None => File::from(body),
        };
        let file = file.with_all_headers(self.headers);
        match self.content_type {
            Some(content_type) => file.with_content_type(content_type),
            None => file,
        }
    }
}

impl<E: std::error::Error + Send + Sync + 'static> Parts<E> {
    /// Up to `most` parts.
    pub(crate) fn new(
        bytes: impl Stream<Item = Result<Bytes, E>> + Send + 'static,
        boundary: &str,
        most: usize,
    ) -> Self {
        Self { inner: multer::Multipart::new(bytes, boundary), left: most, most, error: PhantomData }
    }

    /// The next part. The content of the one before must have been read or dropped.
    pub(crate) async fn next(&mut self) -> Result<Option<(Head, multer::Field<'static>)>, ReadError<E>> {
        let Some(field) = self.inner.next_field().await.map_err(read_error)? else { return Ok(None) };
        self.left = self.left.checked_sub(1).ok_or(ReadError::TooMany(self.most))?;
        Ok(Some((Head::of(&field), field)))
    }
}

impl Received {
    pub(crate) fn into_file(self) -> File {
        let Self { name, file_name, content_type, headers, bytes } = self;
        Head { name: Some(name), file_name, content_type, headers }.into_file(bytes.into())
    }

    /// Whether it stands for no file: it is empty and has no name.
    pub(crate) fn is_no_file(&self) -> bool {
        self.bytes.is_empty() && self.file_name.as_deref().is_none_or(str::is_empty)
    }

    /// Whether its content type is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.content_type.as_deref().is_some_and(crate::media::is_json)
    }
}

/// Reads all parts, up to `most`. Parts without a name are counted and then ignored, because no
/// field can refer to them.
pub(crate) async fn read<E>(
    bytes: impl Stream<Item = Result<Bytes, E>> + Send + 'static,
    boundary: &str,
    most: usize,
) -> Result<Vec<Received>, ReadError<E>>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let mut parts = Parts::new(joined(bytes), boundary, most);
    let mut received = Vec::new();
    while let Some((head, field)) = parts.next().await? {
        received.extend(head.received(field.bytes().await.map_err(read_error)?));
    }
    Ok(received)
}

/// The bytes in chunks of at least [`CHUNK_BYTES`], except for the last. The parser searches all
/// its bytes again whenever more arrive, so the cost of very small chunks would grow with the
/// square of the length.
fn joined<E>(
    bytes: impl Stream<Item = Result<Bytes, E>> + Send + 'static,
) -> impl Stream<Item = Result<Bytes, E>> + Send + 'static
where
    E: Send + 'static,
{
    stream::try_unfold(Box::pin(bytes), |mut bytes| async move {
        let mut chunk = BytesMut::new();
        while chunk.len() < CHUNK_BYTES {
            match bytes.next().await.transpose()? {
                Some(next) if chunk.is_empty() && next.len() >= CHUNK_BYTES => return Ok(Some((next, bytes))),
                Some(next) => chunk.extend_from_slice(&next),
                None if chunk.is_empty() => return Ok(None),
                None => break,
            }
        }
        Ok(Some((chunk.freeze(), bytes)))
    })
}

pub(crate) fn read_error<E: std::error::Error + Send + Sync + 'static>(error: multer::Error) -> ReadError<E> {
    let malformed = |error: &dyn std::fmt::Display| ReadError::Malformed(format!("must be a multipart body: {error}"));
    match error {
        multer::Error::StreamReadFailed(source) => match source.downcast::<E>() {
            Ok(source) => ReadError::Source(*source),
            Err(other) => malformed(&other),
        },
        other => malformed(&other),
    }
}

/// Reverses the escapes that browsers use for quotes and line breaks in names.
fn unescape(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use bytes::Bytes;
    use futures::executor::block_on;
    use futures::{TryStreamExt as _, stream};

    use super::{CHUNK_BYTES, joined};

    #[test]
    fn small_chunks_are_joined_and_large_ones_are_passed_on() {
        let read = |length: usize, size: usize| -> Vec<usize> {
            let chunks: Vec<Result<Bytes, Infallible>> =
                vec![b'a'; length].chunks(size).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
            let chunks = block_on(joined(stream::iter(chunks)).try_collect::<Vec<Bytes>>());
            chunks.unwrap_or_default().iter().map(Bytes::len).collect()
        };
        assert_eq!(read(4 * CHUNK_BYTES + 1, 16), [CHUNK_BYTES, CHUNK_BYTES, CHUNK_BYTES, CHUNK_BYTES, 1]);
        assert_eq!(read(3 * CHUNK_BYTES, 3 * CHUNK_BYTES), [3 * CHUNK_BYTES]);
        assert!(read(0, 1).is_empty());
    }
}
