//! The idle timeout of streamed responses. A stalled stream ends with an error.

use std::time::Duration;

use futures::{StreamExt as _, stream};

use super::time::{self, Instant};
use crate::body::{ByteStream, StreamError};

/// The stream, but it ends with [`StreamError::Idle`] if nothing arrives for this long.
pub(super) fn limited(body: ByteStream, after: Duration) -> ByteStream {
    let length = body.length();
    let chunks = stream::unfold(Some(body), move |body| async move {
        let mut body = body?;
        let chunk = match Instant::now().checked_add(after) {
            Some(end) => {
                time::until(end, body.next()).await.unwrap_or(Some(Err(StreamError::Idle { after, call: None })))
            }
            None => body.next().await,
        }?;
        let rest = chunk.is_ok().then_some(body);
        Some((chunk, rest))
    });
    let limited = ByteStream::new(chunks);
    match length {
        Some(length) => limited.with_length(length),
        None => limited,
    }
}
