//! The memory that all records may take.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use tokio::sync::OnceCell;

use super::{Key, Store, StoreError};
use crate::limits::RECORD_BYTES;
use crate::size;

/// The room of a store. Its content is measured at the first write.
#[derive(Debug)]
pub(super) struct Room {
    most: usize,
    used: OnceCell<AtomicUsize>,
}

impl Room {
    pub(super) fn new(most: usize) -> Self {
        Self { most, used: OnceCell::new() }
    }

    /// Exchanges `old` bytes for `new` ones. A change that needs no more room always fits.
    pub(super) async fn exchange(&self, store: &dyn Store, old: usize, new: usize) -> Result<(), StoreError> {
        let measure = || async { Ok::<_, StoreError>(AtomicUsize::new(total(&store.dump().await?))) };
        let used = self.used.get_or_try_init(measure).await?;
        let fits = |used: usize| {
            let after = used.saturating_sub(old).saturating_add(new);
            (new <= old || after <= self.most).then_some(after)
        };
        let exchanged = used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits);
        exchanged.map(|_| ()).map_err(|_| StoreError::full(self.most))
    }

    /// Undoes an exchange, because the store did not make the changes.
    pub(super) fn undo(&self, old: usize, new: usize) {
        if let Some(used) = self.used.get() {
            used.fetch_add(old, Ordering::Relaxed);
            used.fetch_sub(new, Ordering::Relaxed);
        }
    }

    /// Fills the room with these records instead of all others.
    pub(super) async fn refill(&self, store: &dyn Store, records: Vec<(Key, Value)>) -> Result<(), StoreError> {
        let new = total(&records);
        if new > self.most {
            return Err(StoreError::full(self.most));
        }
        store.replace(records).await?;
        match self.used.get() {
            Some(used) => used.store(new, Ordering::Relaxed),
            // If another thread is measuring, it measures this.
            None => drop(self.used.set(AtomicUsize::new(new))),
        }
        Ok(())
    }
}

impl Default for Room {
    fn default() -> Self {
        Self::new(RECORD_BYTES)
    }
}

/// The bytes of a record.
pub(super) fn bytes(key: &Key, body: &Value) -> usize {
    size_of::<Key>() + key.collection.len() + key.id.len() + size::of(body)
}

fn total(records: &[(Key, Value)]) -> usize {
    records.iter().map(|(key, body)| bytes(key, body)).sum()
}
