//! Bytes as they arrive → pieces that a parser of parts gets one at a time. **Invariant:** the
//! memory for a form, apart from the contents of its files, has a limit.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::Stream;

use crate::body::StreamError;
use crate::limits::CHUNK_BYTES;

/// The bytes that have arrived and have not been passed on as content of a file: fields, headers,
/// ignored parts, and bytes that the parser has not searched.
#[derive(Clone, Debug)]
pub(crate) struct Held(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    bytes: AtomicU64,
    most: u64,
    /// Whether the parser may have another piece.
    is_open: AtomicBool,
}

impl Held {
    /// Up to `most` bytes, apart from the pieces that the parser is searching.
    pub(crate) fn up_to(most: u64) -> Self {
        Self(Arc::new(Inner { bytes: AtomicU64::new(0), most, is_open: AtomicBool::new(false) }))
    }

    /// Polls the parser. It gets another piece only if it cannot continue without it.
    pub(crate) fn poll_parser<T>(&self, mut poll: impl FnMut() -> Poll<T>) -> Poll<T> {
        let is_open = &self.0.is_open;
        is_open.store(false, Ordering::Relaxed);
        loop {
            let parsed = poll();
            // If the piece was not taken, nothing has arrived, and the source wakes the task.
            if parsed.is_ready() || is_open.swap(true, Ordering::Relaxed) {
                return parsed;
            }
        }
    }

    fn arrived(&self, bytes: usize) -> Result<(), StreamError> {
        let Inner { bytes: held, most, .. } = &*self.0;
        let held = held.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        let is_too_much = held > most.saturating_add(2 * CHUNK_BYTES as u64);
        if is_too_much { Err(StreamError::TooLarge { limit: *most }) } else { Ok(()) }
    }

    /// Bytes have left as content of a file.
    pub(crate) fn passed_on(&self, bytes: usize) {
        self.0.bytes.fetch_sub(bytes as u64, Ordering::Relaxed);
    }
}

/// Pieces of at most [`CHUNK_BYTES`]. The parser takes all that is ready whenever it is polled, and
/// would keep a whole file in memory that has already arrived. So it gets a piece only when
/// [`Held::poll_parser`] allows it.
pub(crate) struct Paced<S> {
    bytes: S,
    rest: Bytes,
    held: Held,
}

impl<S> Paced<S> {
    pub(crate) fn new(bytes: S, held: Held) -> Self {
        Self { bytes, rest: Bytes::new(), held }
    }
}

impl<S> Stream for Paced<S>
where
    S: Stream<Item = Result<Bytes, StreamError>> + Unpin,
{
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.held.0.is_open.load(Ordering::Relaxed) {
            return Poll::Pending;
        }
        while self.rest.is_empty() {
            match Pin::new(&mut self.bytes).poll_next(cx) {
                Poll::Ready(Some(Ok(bytes))) => self.rest = bytes,
                end => {
                    let is_over = end.is_ready();
                    self.held.0.is_open.store(!is_over, Ordering::Relaxed);
                    return end;
                }
            }
        }
        let length = self.rest.len().min(CHUNK_BYTES);
        let piece = self.rest.split_to(length);
        self.held.0.is_open.store(false, Ordering::Relaxed);
        Poll::Ready(Some(self.held.arrived(length).map(|()| piece)))
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Poll, Waker};

    use bytes::Bytes;
    use futures::{Stream as _, StreamExt as _, stream};

    use super::{Held, Paced};
    use crate::body::StreamError;
    use crate::limits::CHUNK_BYTES;

    /// What a parser gets that takes all that is ready, and needs `wanted` bytes.
    fn parsed<S>(held: &Held, paced: &mut Paced<S>, wanted: usize) -> Poll<Result<usize, StreamError>>
    where
        S: futures::Stream<Item = Result<Bytes, StreamError>> + Unpin,
    {
        let (mut cx, mut got) = (Context::from_waker(Waker::noop()), 0);
        held.poll_parser(|| {
            while let Poll::Ready(Some(piece)) = Pin::new(&mut *paced).poll_next(&mut cx) {
                match piece {
                    Ok(piece) => got += piece.len(),
                    Err(error) => return Poll::Ready(Err(error)),
                }
            }
            if got >= wanted { Poll::Ready(Ok(got)) } else { Poll::Pending }
        })
    }

    #[test]
    fn a_parser_gets_no_more_than_it_needs_and_what_is_held_is_limited() {
        let held = Held::up_to(10);
        let bytes = stream::iter([Ok::<_, StreamError>(Bytes::from(vec![0; 5 * CHUNK_BYTES]))]);
        let mut paced = Paced::new(bytes.chain(stream::pending()), held.clone());
        let mut next = |wanted| parsed(&held, &mut paced, wanted);
        assert!(matches!(next(0), Poll::Ready(Ok(0))));
        assert!(matches!(next(1), Poll::Ready(Ok(CHUNK_BYTES))));
        held.passed_on(CHUNK_BYTES);
        assert!(matches!(next(CHUNK_BYTES + 1), Poll::Ready(Ok(got)) if got == 2 * CHUNK_BYTES));
        let limit = next(1);
        assert!(matches!(limit, Poll::Ready(Err(StreamError::TooLarge { limit: 10 }))), "{limit:?}");
        held.passed_on(3 * CHUNK_BYTES);
        assert!(next(2 * CHUNK_BYTES).is_pending(), "the last piece arrives, and no other");
    }
}
