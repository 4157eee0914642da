//! What reached a service, for assertions.

use std::sync::{Arc, Mutex, PoisonError};

/// The inputs of a service's methods. Clones share them.
#[derive(Debug)]
pub struct Seen<T>(Arc<Mutex<Vec<T>>>);

impl<T> Clone for Seen<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Seen<T> {
    /// Keeps one more.
    pub fn keep(&self, input: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(input);
    }

    /// All that came since the last time.
    pub fn all(&self) -> Vec<T> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The only one that came since the last time.
    pub fn only(&self) -> T {
        let mut all = self.all();
        assert_eq!(all.len(), 1, "exactly one input");
        all.remove(0)
    }
}
