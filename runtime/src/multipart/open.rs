//! Bodies from files on disk: their length is known, and each attempt reads them again.

use std::io;
use std::path::Path;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures::stream;
use tokio::io::AsyncReadExt as _;

use super::file::File;
use crate::body::{Body, ByteStream, StreamError};

/// Bytes that are read together.
const CHUNK: usize = 64 << 10;

impl Body {
    /// A file, which is read when the request is sent and again for each attempt.
    ///
    /// # Errors
    /// If the file cannot be read. If its length changes before it is sent, the request fails.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path: Arc<Path> = path.as_ref().into();
        let about = tokio::fs::File::open(&path).await?.metadata().await?;
        if !about.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a body can only be a regular file"));
        }
        let length = about.len();
        Ok(Self::from_source(Some(length), move || read(Arc::clone(&path), length).with_length(length)))
    }
}

impl File {
    /// A file with its name, and with the media type that its extension suggests. It is read when
    /// the request is sent and again for each attempt.
    ///
    /// # Errors
    /// As [`Body::open`].
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let body = Body::open(path).await?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let file = name.map_or_else(|| Self::from(body.clone()), |name| Self::new(name, body.clone()));
        Ok(match mime_guess::from_path(path).first_raw() {
            Some(media) => file.with_content_type(media),
            None => file,
        })
    }
}

/// An open file from its position. It can be sent once, and its length is not known.
impl From<tokio::fs::File> for Body {
    fn from(file: tokio::fs::File) -> Self {
        Self::from_stream(ByteStream::new(stream::try_unfold(file, |file| async move { next(file).await })))
    }
}

/// The next bytes of a file; `None` at its end.
async fn next(mut file: tokio::fs::File) -> Result<Option<(Bytes, tokio::fs::File)>, StreamError> {
    let mut chunk = BytesMut::with_capacity(CHUNK);
    let count = file.read_buf(&mut chunk).await.map_err(broken)?;
    Ok((count > 0).then(|| (chunk.freeze(), file)))
}

fn read(path: Arc<Path>, length: u64) -> ByteStream {
    ByteStream::new(stream::try_unfold((None, length), move |(file, left)| {
        let path = Arc::clone(&path);
        async move {
            let file = match file {
                Some(file) => file,
                None => tokio::fs::File::open(&path).await.map_err(broken)?,
            };
            match next(file).await? {
                None if left == 0 => Ok(None),
                Some((chunk, file)) if chunk.len() as u64 <= left => {
                    let left = left - chunk.len() as u64;
                    Ok(Some((chunk, (Some(file), left))))
                }
                _ => Err(broken(io::Error::other("the length of the file changed before it was sent"))),
            }
        }
    }))
}

fn broken(error: io::Error) -> StreamError {
    StreamError::Transport(Box::new(error))
}
