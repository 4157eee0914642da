//! The exchanges that are not checked yet, and the memory for their bodies.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

use crate::limits::{COPIED_BODY, COPIED_BYTES};

/// Counts exchanges and the bytes that are copied for them.
#[derive(Debug, Default)]
pub(super) struct InFlight {
    exchanges: AtomicUsize,
    bytes: AtomicUsize,
    checked: Notify,
}

/// One exchange, until it is dropped.
#[derive(Debug)]
pub(super) struct Ticket(Arc<InFlight>);

/// Bytes that are copied, until they are dropped.
#[derive(Debug)]
pub(super) struct Share {
    owner: Arc<InFlight>,
    taken: usize,
}

impl InFlight {
    pub(super) fn enter(self: &Arc<Self>) -> Ticket {
        self.exchanges.fetch_add(1, Ordering::SeqCst);
        Ticket(Arc::clone(self))
    }

    pub(super) fn share(self: &Arc<Self>) -> Share {
        Share { owner: Arc::clone(self), taken: 0 }
    }

    /// Waits until all exchanges are checked.
    pub(super) async fn settle(&self) {
        loop {
            let checked = self.checked.notified();
            if self.exchanges.load(Ordering::SeqCst) == 0 {
                return;
            }
            checked.await;
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if self.0.exchanges.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.checked.notify_waiters();
        }
    }
}

impl Share {
    /// Takes more bytes. Returns whether they were available.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        if self.taken + bytes > COPIED_BODY {
            return false;
        }
        let before = self.owner.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.taken += bytes;
        before + bytes <= COPIED_BYTES
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.owner.bytes.fetch_sub(self.taken, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::InFlight;
    use crate::limits::{COPIED_BODY, COPIED_BYTES};

    #[tokio::test]
    async fn copies_are_limited_and_given_back() {
        let flights = Arc::new(InFlight::default());
        let mut first = flights.share();
        assert!(first.take(COPIED_BODY));
        assert!(!first.take(1), "one body has a limit");
        let mut others: Vec<_> = (1..COPIED_BYTES / COPIED_BODY).map(|_| flights.share()).collect();
        assert!(others.iter_mut().all(|share| share.take(COPIED_BODY)));
        assert!(!flights.share().take(1), "all bodies together have a limit");
        drop(first);
        assert!(flights.share().take(1));
        let ticket = flights.enter();
        assert!(tokio::time::timeout(std::time::Duration::from_millis(5), flights.settle()).await.is_err());
        drop(ticket);
        flights.settle().await;
    }
}
