//! Long bodies, and long items of streams, are read on separate threads: reading one may take most
//! of a second, and the thread that responds to a request also responds to others.
//!
//! The handler of a request is one boxed future. When it has received a long text, it asks its
//! caller to continue [apart](enter), and comes [back](leave) when the text has become a value. So
//! no type has to be `'static` for this, and the service runs where it always does.

use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tracing::Span;

use crate::future::{BoxFuture, pending_once};
use crate::limits::APART_BYTES;

/// Where a handler is polled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Outside of [`run`], which alone can move it.
    Unknown,
    /// On a thread that responds to requests.
    Here,
    /// On such a thread, and it asks to continue on a separate one.
    Leaving,
    /// On a separate thread.
    Apart,
}

thread_local! {
    static PLACE: Cell<Place> = const { Cell::new(Place::Unknown) };
}

/// Restores the place of a future that polls another one.
struct Outer(Place);

impl Drop for Outer {
    fn drop(&mut self) {
        PLACE.set(self.0);
    }
}

/// Asks to continue on a separate thread, if that is worth it for this number of bytes.
pub(super) async fn enter(bytes: usize) {
    if bytes >= APART_BYTES {
        once(Place::Here, Place::Leaving).await;
    }
}

/// Continues on a thread that responds to requests.
pub(super) async fn leave() {
    once(Place::Apart, Place::Apart).await;
}

/// Is pending once, if it is polled at one place, and sets another.
async fn once(at: Place, next: Place) {
    if PLACE.get() == at {
        PLACE.set(next);
        pending_once().await;
    }
}

/// Runs a future, and moves it to another thread and back when it asks for that.
pub(super) async fn run<T: Send + 'static>(mut future: BoxFuture<'static, T>) -> T {
    loop {
        let done = poll_fn(|context| match poll_at(Place::Here, future.as_mut(), context) {
            (Poll::Ready(value), _) => Poll::Ready(Some(value)),
            (Poll::Pending, Place::Leaving) => Poll::Ready(None),
            (Poll::Pending, _) => Poll::Pending,
        });
        if let Some(value) = done.await {
            return value;
        }
        match apart(future).await {
            (_, Poll::Ready(value)) => return value,
            (back, Poll::Pending) => future = back,
        }
    }
}

/// Polls a future on a separate thread, if there are such threads.
async fn apart<T: Send + 'static>(mut future: BoxFuture<'static, T>) -> (BoxFuture<'static, T>, Poll<T>) {
    let Ok(threads) = Handle::try_current() else { return (future, Poll::Pending) };
    let (waker, span) = (poll_fn(|context| Poll::Ready(context.waker().clone())).await, Span::current());
    let poll = move || {
        let (poll, _) = span.in_scope(|| poll_at(Place::Apart, future.as_mut(), &mut Context::from_waker(&waker)));
        (future, poll)
    };
    match threads.spawn_blocking(poll).await.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(polled) => polled,
        Err(Ok(panic)) => resume_unwind(panic),
        // The runtime shuts down, and drops this future, too.
        Err(Err(_)) => pending().await,
    }
}

/// Polls a future at a place, and returns what it made of the place.
fn poll_at<T>(
    place: Place,
    future: Pin<&mut (dyn Future<Output = T> + Send)>,
    context: &mut Context<'_>,
) -> (Poll<T>, Place) {
    let _outer = Outer(PLACE.replace(place));
    let poll = future.poll(context);
    (poll, PLACE.get())
}

#[cfg(test)]
mod tests {
    use std::thread::{self, ThreadId};

    use futures::executor::block_on;

    use super::{enter, leave, run};
    use crate::limits::APART_BYTES;

    /// The threads before, while and after something is read.
    async fn threads(bytes: usize) -> [ThreadId; 3] {
        let before = thread::current().id();
        enter(bytes).await;
        let reading = thread::current().id();
        leave().await;
        [before, reading, thread::current().id()]
    }

    #[tokio::test]
    async fn long_bodies_are_read_apart_and_short_ones_here() {
        let [before, reading, after] = run(Box::pin(threads(APART_BYTES))).await;
        assert_ne!(before, reading);
        assert_eq!(before, after);
        let [before, reading, after] = run(Box::pin(threads(APART_BYTES - 1))).await;
        assert_eq!([before, before], [reading, after]);
    }

    #[tokio::test]
    async fn one_run_within_another_moves_itself_alone() {
        let inner = run(Box::pin(async { run(Box::pin(threads(APART_BYTES))).await })).await;
        assert_ne!(inner[0], inner[1]);
        assert_eq!(inner[0], inner[2]);
    }

    #[test]
    fn without_threads_or_a_run_everything_stays_here() {
        let here = [thread::current().id(); 3];
        assert_eq!(block_on(run(Box::pin(threads(APART_BYTES)))), here);
        assert_eq!(block_on(threads(APART_BYTES)), here);
    }

    #[tokio::test]
    async fn the_service_keeps_its_task() {
        tokio::task_local!(static OUTER: u8);
        let reading = async {
            let [before, reading, _] = threads(APART_BYTES).await;
            (before != reading, OUTER.get())
        };
        assert_eq!(OUTER.scope(7, run(Box::pin(reading))).await, (true, 7));
    }

    #[tokio::test]
    async fn a_panic_apart_is_one_of_the_request() {
        let reading = run(Box::pin(async {
            enter(APART_BYTES).await;
            std::panic::resume_unwind(Box::new("broken"));
        }));
        let task: tokio::task::JoinHandle<()> = tokio::spawn(reading);
        assert!(task.await.unwrap_err().is_panic());
    }
}
