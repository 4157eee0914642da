//! Observes whether a request body is read to its end.
//!
//! A response before the end of the body closes the connection, so it must have `Connection:
//! close`; otherwise, the next request of the caller is lost. A caller that is still sending would
//! find the connection broken and not see the response. Therefore, the rest of the body is drained
//! for a while.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use futures::StreamExt as _;
use hyper::body::{Body as _, Frame, SizeHint};

use crate::limits::{DRAIN_BYTES, DRAIN_TIMEOUT};

/// Whether a body was read to its end.
#[derive(Clone, Debug)]
pub struct WasRead(Arc<AtomicBool>);

impl WasRead {
    /// Whether the body was read to its end.
    #[must_use]
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Wraps a body, and also returns a handle that says whether it was read.
pub fn watch(inner: Body) -> (Body, WasRead) {
    let was_read = WasRead(Arc::new(AtomicBool::new(inner.is_end_stream())));
    (Body::new(Watched { inner, was_read: was_read.clone() }), was_read)
}

struct Watched {
    inner: Body,
    was_read: WasRead,
}

impl hyper::body::Body for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.inner).poll_frame(context);
        if matches!(polled, Poll::Ready(None)) || self.inner.is_end_stream() {
            self.was_read.0.store(true, Ordering::Relaxed);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if self.was_read.get() {
            return;
        }
        let rest = std::mem::take(&mut self.inner);
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(tokio::time::timeout(DRAIN_TIMEOUT, drain(rest)));
        }
    }
}

async fn drain(rest: Body) {
    let mut left = DRAIN_BYTES;
    let mut chunks = rest.into_data_stream();
    while let Some(Ok(chunk)) = chunks.next().await {
        left = left.saturating_sub(chunk.len());
        if left == 0 {
            return;
        }
    }
}
