//! Calls that block the thread, for programs that are not asynchronous: the same calls, on one
//! runtime in the background.

use std::fmt;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::OnceLock;
use std::sync::mpsc;

use futures::{FutureExt as _, Stream, StreamExt as _};
use tokio::runtime::{Builder, Runtime};

/// The runtime of all blocking calls. Connections stay open between calls, so it is never stopped.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("specwright").enable_all().build();
        runtime.expect("the system starts a thread for blocking calls")
    })
}

/// Waits for a call. Every request builder is a call.
///
/// ```
/// use specwright_runtime::client::Blocking as _;
///
/// assert_eq!(async { 7 }.wait(), 7);
/// ```
pub trait Blocking: Future {
    /// Blocks the thread until the call ends. The call runs on a thread of the background runtime,
    /// so this also works within another asynchronous runtime, but blocks one of its threads.
    ///
    /// # Panics
    /// If the call panics, or the system cannot start a thread.
    fn wait(self) -> Self::Output;
}

impl<F> Blocking for F
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    fn wait(self) -> F::Output {
        let (send, receive) = mpsc::sync_channel(1);
        runtime().spawn(async move {
            // It fails only if the waiting thread has gone.
            let _ = send.send(AssertUnwindSafe(self).catch_unwind().await);
        });
        let outcome = receive.recv().expect("the runtime of blocking calls is never stopped");
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
    }
}

/// Iterates over a stream: of items, pages, events, lines or bytes.
///
/// ```
/// use specwright_runtime::client::BlockingStream as _;
///
/// let numbers: Vec<u8> = futures::stream::iter([1, 2]).wait_each().collect();
/// assert_eq!(numbers, [1, 2]);
/// ```
pub trait BlockingStream: Stream + Sized {
    /// An iterator that blocks the thread until the next item arrives.
    fn wait_each(self) -> Waiting<Self>;
}

impl<S> BlockingStream for S
where
    S: Stream + Send + Unpin + 'static,
    S::Item: Send + 'static,
{
    fn wait_each(self) -> Waiting<S> {
        Waiting(Some(self))
    }
}

/// An iterator over a stream.
#[must_use = "iterators do nothing before they are used"]
pub struct Waiting<S>(Option<S>);

impl<S> Iterator for Waiting<S>
where
    S: Stream + Send + Unpin + 'static,
    S::Item: Send + 'static,
{
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let mut stream = self.0.take()?;
        let (item, stream) = async move { (stream.next().await, stream) }.wait();
        // After its end, a stream is not polled again.
        self.0 = item.is_some().then_some(stream);
        item
    }
}

impl<S> fmt::Debug for Waiting<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiting").finish_non_exhaustive()
    }
}
