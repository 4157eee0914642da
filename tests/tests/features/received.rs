//! Records the inputs of a service, for assertions.

use std::sync::{Arc, Mutex, PoisonError};

/// The inputs of a service; clones share them.
#[derive(Debug)]
pub struct Inputs<T>(Arc<Mutex<Vec<T>>>);

impl<T> Clone for Inputs<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Inputs<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Inputs<T> {
    /// Records an input.
    pub fn record(&self, input: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(input);
    }

    /// All inputs since the last call.
    pub fn all(&self) -> Vec<T> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The only input since the last call.
    pub fn only(&self) -> T {
        let mut all = self.all();
        assert_eq!(all.len(), 1, "exactly one input");
        all.remove(0)
    }
}
