//! A body that passes through while it is copied. Each part is passed on as soon as it arrives.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Body as _, Frame, SizeHint};

use super::in_flight::Share;

/// Receives the copy: `None` if it is not whole.
type Finish = Box<dyn FnOnce(Option<Bytes>, Share) + Send>;

struct Tee {
    inner: Body,
    /// `None` once the copy is too large.
    copy: Option<Vec<u8>>,
    share: Option<Share>,
    /// The length, if it is known. hyper does not read on after the last byte.
    length: Option<u64>,
    passed: u64,
    finish: Option<Finish>,
}

/// A body that is copied. `finish` receives the copy when the body has passed or is dropped.
pub(super) fn tee(inner: Body, share: Share, finish: impl FnOnce(Option<Bytes>, Share) + Send + 'static) -> Body {
    let length = inner.size_hint().exact();
    let finish: Finish = Box::new(finish);
    let copy = Some(Vec::new());
    Body::new(Tee { inner, copy, share: Some(share), length, passed: 0, finish: Some(finish) })
}

impl Tee {
    fn add(&mut self, bytes: &Bytes) {
        self.passed += bytes.len() as u64;
        let fits = self.share.as_mut().is_some_and(|share| share.take(bytes.len()));
        match &mut self.copy {
            Some(copy) if fits => copy.extend_from_slice(bytes),
            _ => self.copy = None,
        }
    }

    fn finish(&mut self, is_whole: bool) {
        if let (Some(finish), Some(share)) = (self.finish.take(), self.share.take()) {
            finish(self.copy.take().filter(|_| is_whole).map(Bytes::from), share);
        }
    }
}

impl hyper::body::Body for Tee {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.inner).poll_frame(context);
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(bytes) = frame.data_ref() {
                    let bytes = bytes.clone();
                    self.add(&bytes);
                }
            }
            Poll::Ready(Some(Err(_))) => self.finish(false),
            Poll::Ready(None) => self.finish(true),
            Poll::Pending => {}
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

impl Drop for Tee {
    fn drop(&mut self) {
        let is_whole = self.inner.is_end_stream() || self.length == Some(self.passed);
        self.finish(is_whole);
    }
}
