//! Records in memory.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use serde_json::Value;
use specwright_runtime::BoxFuture;

use super::{Action, Change, Key, Outcome, Record, Store, StoreError};

/// Records in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    state: RwLock<State>,
}

#[derive(Debug, Default)]
struct State {
    clock: i64,
    collections: BTreeMap<String, BTreeMap<String, Record>>,
}

impl State {
    fn get(&self, key: &Key) -> Option<&Record> {
        self.collections.get(&key.collection)?.get(&key.id)
    }

    fn put(&mut self, key: Key, body: Value) {
        self.clock += 1;
        let record = Record { version: self.clock, body };
        let collection = self.collections.entry(key.collection).or_default();
        collection.insert(key.id, record);
    }

    fn apply(&mut self, changes: Vec<Change>) -> Outcome {
        let is_current = |change: &Change| self.get(&change.key).map(|record| record.version) == change.expected;
        if !changes.iter().all(is_current) {
            return Outcome::Conflict;
        }
        for change in changes {
            match change.action {
                Action::Keep => {}
                Action::Put(body) => self.put(change.key, body),
                Action::Delete => {
                    if let Some(collection) = self.collections.get_mut(&change.key.collection) {
                        collection.remove(&change.key.id);
                    }
                }
            }
        }
        Outcome::Committed
    }
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, write: impl FnOnce(&mut State) -> T) -> T {
        write(&mut self.state.write().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A future that is ready.
fn ready<'s, T: Send + 's>(value: T) -> BoxFuture<'s, Result<T, StoreError>> {
    Box::pin(std::future::ready(Ok(value)))
}

impl Store for MemoryStore {
    fn describe(&self) -> String {
        "memory".to_owned()
    }

    fn get<'s>(&'s self, key: &'s Key) -> BoxFuture<'s, Result<Option<Record>, StoreError>> {
        ready(self.read(|state| state.get(key).cloned()))
    }

    fn list<'s>(&'s self, collection: &'s str) -> BoxFuture<'s, Result<Vec<(String, Record)>, StoreError>> {
        ready(self.read(|state| {
            let records = state.collections.get(collection).into_iter().flatten();
            records.map(|(id, record)| (id.clone(), record.clone())).collect()
        }))
    }

    fn dump(&self) -> BoxFuture<'_, Result<Vec<(Key, Value)>, StoreError>> {
        ready(self.read(|state| {
            let mut all = Vec::new();
            for (collection, records) in &state.collections {
                for (id, record) in records {
                    all.push((Key::new(collection, id), record.body.clone()));
                }
            }
            all
        }))
    }

    fn commit(&self, changes: Vec<Change>) -> BoxFuture<'_, Result<Outcome, StoreError>> {
        ready(self.write(|state| state.apply(changes)))
    }

    fn replace(&self, records: Vec<(Key, Value)>) -> BoxFuture<'_, Result<(), StoreError>> {
        // Other requests wait for the lock, so it is not held while the records are sorted and the old
        // ones are dropped.
        let count = i64::try_from(records.len()).unwrap_or_default();
        let first = self.write(|state| {
            state.clock += count;
            state.clock - count + 1
        });
        let mut collections: BTreeMap<String, BTreeMap<String, Record>> = BTreeMap::new();
        for (version, (key, body)) in (first..).zip(records) {
            collections.entry(key.collection).or_default().insert(key.id, Record { version, body });
        }
        let old = self.write(|state| std::mem::replace(&mut state.collections, collections));
        drop(old);
        ready(())
    }
}
