//! Transactions: the reads and writes of a request as one commit, which is retried on conflict.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{Mutex, MutexGuard};

use super::room::{self, Room};
use super::{Action, Change, Key, Outcome, Record, Store, StoreError};

/// The maximum number of attempts at a commit. Only commits of other processes cause conflicts, so
/// every failed attempt means progress elsewhere.
const ATTEMPTS: u32 = 200;

/// The number of locks. Requests that concern the same subject take the same lock, so that they
/// wait in order instead of conflicting.
const LOCKS: usize = 256;

/// A store, and transactions on it.
#[derive(Clone, Debug)]
pub struct Database {
    store: Arc<dyn Store>,
    locks: Arc<Vec<Mutex<()>>>,
    room: Arc<Room>,
}

impl Database {
    /// Transactions on this store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        let locks = std::iter::repeat_with(Mutex::default).take(LOCKS).collect();
        Self { store, locks: Arc::new(locks), room: Arc::default() }
    }

    /// Sets the memory, roughly in bytes, that all records may take.
    #[must_use]
    pub fn with_room(self, bytes: usize) -> Self {
        Self { room: Arc::new(Room::new(bytes)), ..self }
    }

    /// The store itself.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// The content of a record.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn get(&self, collection: &str, id: &str) -> Result<Option<Value>, StoreError> {
        let record = self.store.get(&Key::new(collection, id)).await?;
        Ok(record.map(|record| record.body))
    }

    /// The contents of the records of a collection, in the order of their ids.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn list(&self, collection: &str) -> Result<Vec<(String, Value)>, StoreError> {
        let records = self.store.list(collection).await?;
        Ok(records.into_iter().map(|(id, record)| (id, record.body)).collect())
    }

    /// Replaces all records with these.
    ///
    /// # Errors
    /// If the store fails, or has no room for them.
    pub async fn replace(&self, records: Vec<(Key, Value)>) -> Result<(), StoreError> {
        self.room.refill(&*self.store, records).await
    }

    /// Attempts at a transaction that concerns `subject`. Transactions with the same subject run
    /// one after another.
    pub async fn attempts(&self, subject: &str) -> Attempts<'_> {
        let mut hasher = DefaultHasher::new();
        subject.hash(&mut hasher);
        let lock = usize::try_from(hasher.finish() % LOCKS as u64).unwrap_or_default();
        Attempts { store: &*self.store, room: &self.room, _guard: self.locks[lock].lock().await, count: 0 }
    }
}

/// Attempts at one transaction, made by [`Database::attempts`].
#[derive(Debug)]
pub struct Attempts<'d> {
    store: &'d dyn Store,
    room: &'d Room,
    _guard: MutexGuard<'d, ()>,
    count: u32,
}

impl<'d> Attempts<'d> {
    /// The next attempt.
    ///
    /// # Errors
    /// If there were too many attempts.
    pub async fn next(&mut self) -> Result<Transaction<'d>, StoreError> {
        self.count += 1;
        if self.count > ATTEMPTS {
            return Err(StoreError::new("committing", "too many conflicting commits"));
        }
        if self.count > 1 {
            // The pause is up to about 20 ms, and differs between processes, so that two of them do
            // not collide again.
            let spread = u64::from(std::process::id().wrapping_mul(self.count) % 7);
            tokio::time::sleep(Duration::from_millis(spread + u64::from(self.count.min(14)))).await;
        }
        Ok(Transaction { store: self.store, room: self.room, entries: BTreeMap::new() })
    }
}

/// An attempt at a transaction. It fails to commit if a record that it read has changed.
#[derive(Debug)]
pub struct Transaction<'d> {
    store: &'d dyn Store,
    room: &'d Room,
    entries: BTreeMap<Key, Entry>,
}

#[derive(Debug)]
struct Entry {
    record: Option<Record>,
    action: Action,
}

impl Transaction<'_> {
    /// The content of a record, including writes of this transaction.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn get(&mut self, collection: &str, id: &str) -> Result<Option<Value>, StoreError> {
        let entry = self.entry(Key::new(collection, id)).await?;
        Ok(match &entry.action {
            Action::Keep => entry.record.as_ref().map(|record| record.body.clone()),
            Action::Put(body) => Some(body.clone()),
            Action::Delete => None,
        })
    }

    /// The contents of the records of a collection in the store. They do not include writes of this
    /// transaction, and the commit does not check them.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn list(&self, collection: &str) -> Result<Vec<(String, Value)>, StoreError> {
        let records = self.store.list(collection).await?;
        Ok(records.into_iter().map(|(id, record)| (id, record.body)).collect())
    }

    /// Writes a record.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn put(&mut self, collection: &str, id: &str, body: Value) -> Result<(), StoreError> {
        self.entry(Key::new(collection, id)).await?.action = Action::Put(body);
        Ok(())
    }

    /// Deletes a record, if it exists.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn delete(&mut self, collection: &str, id: &str) -> Result<(), StoreError> {
        self.entry(Key::new(collection, id)).await?.action = Action::Delete;
        Ok(())
    }

    /// Commits the writes, unless a record that was read has changed.
    ///
    /// # Errors
    /// If the store fails, or has no room for what is written.
    pub async fn commit(self) -> Result<Outcome, StoreError> {
        let writes = |entry: &Entry| !matches!(entry.action, Action::Keep);
        if !self.entries.values().any(writes) {
            return Ok(Outcome::Committed);
        }
        let (old, new) = self.sizes();
        self.room.exchange(self.store, old, new).await?;
        let changes = self.entries.into_iter().map(|(key, entry)| Change {
            key,
            expected: entry.record.map(|record| record.version),
            action: entry.action,
        });
        let outcome = self.store.commit(changes.collect()).await;
        if !matches!(outcome, Ok(Outcome::Committed)) {
            self.room.undo(old, new);
        }
        outcome
    }

    /// The bytes of the records that are overwritten or deleted, and of those that are written.
    fn sizes(&self) -> (usize, usize) {
        let mut sizes = (0, 0);
        for (key, entry) in self.entries.iter().filter(|(_, entry)| !matches!(entry.action, Action::Keep)) {
            sizes.0 += entry.record.as_ref().map_or(0, |record| room::bytes(key, &record.body));
            if let Action::Put(body) = &entry.action {
                sizes.1 += room::bytes(key, body);
            }
        }
        sizes
    }

    async fn entry(&mut self, key: Key) -> Result<&mut Entry, StoreError> {
        let record = if self.entries.contains_key(&key) { None } else { self.store.get(&key).await? };
        Ok(self.entries.entry(key).or_insert(Entry { record, action: Action::Keep }))
    }
}

/// Runs a block in a transaction that concerns a subject, and repeats it until the commit succeeds.
/// The block returns a `Result`; an error ends the transaction without a commit.
#[macro_export]
#[doc(hidden)]
macro_rules! transaction {
    ($database:expr, $subject:expr, |$transaction:ident| -> $result:ty $body:block) => {{
        let mut attempts = $database.attempts($subject).await;
        loop {
            let mut attempt = attempts.next().await?;
            let outcome: $result = {
                let $transaction = &mut attempt;
                async { $body }.await
            };
            match outcome {
                Err(error) => break Err(error),
                Ok(value) => match attempt.commit().await? {
                    $crate::store::Outcome::Committed => break Ok(value),
                    $crate::store::Outcome::Conflict => {}
                },
            }
        }
    }};
}
