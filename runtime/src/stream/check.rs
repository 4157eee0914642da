//! With the feature `validate`, a check of each item of a stream before it is written. Whoever sends
//! the stream sets it, once it is known what happens to items that violate the document.

#[cfg(feature = "validate")]
use std::sync::atomic::{AtomicUsize, Ordering};
#[cfg(feature = "validate")]
use std::sync::{Arc, OnceLock};

#[cfg(feature = "validate")]
use serde::Serialize;

use crate::body::StreamError;

#[cfg(feature = "validate")]
type Check = Box<dyn Fn(usize, &serde_json::Value) -> Result<(), StreamError> + Send + Sync>;

/// The check of a stream; clones share it.
#[derive(Clone, Default)]
pub(crate) struct ItemCheck {
    #[cfg(feature = "validate")]
    inner: Arc<(OnceLock<Check>, AtomicUsize)>,
}

#[cfg(feature = "validate")]
impl ItemCheck {
    /// Sets what is done with each item, by its index.
    pub(crate) fn set(
        &self,
        check: impl Fn(usize, &serde_json::Value) -> Result<(), StreamError> + Send + Sync + 'static,
    ) {
        // The first check stays if a request is sent again.
        let _ = self.inner.0.set(Box::new(check));
    }

    /// Checks the next item. Without a check, it is not even converted.
    pub(super) fn next<T: Serialize>(&self, item: &T) -> Result<(), StreamError> {
        let (check, index) = &*self.inner;
        let Some(check) = check.get() else { return Ok(()) };
        let index = index.fetch_add(1, Ordering::Relaxed);
        match serde_json::to_value(item) {
            Ok(json) => check(index, &json),
            // Writing the item reports this.
            Err(_) => Ok(()),
        }
    }
}

#[cfg(not(feature = "validate"))]
#[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the feature `validate` uses them")]
impl ItemCheck {
    pub(super) fn next<T>(&self, _: &T) -> Result<(), StreamError> {
        Ok(())
    }
}
