//! Reads and writes of one request → a commit, tried again while others are faster.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{Mutex, MutexGuard};

use super::{Action, Change, Key, Outcome, Record, Store, StoreError};

/// How often a commit is tried before it is given up. Only other processes on the same database can
/// get in the way, each time with a commit of their own.
const ATTEMPTS: u32 = 200;

/// Requests about the same thing wait for each other here, in order, instead of running into each
/// other's commits.
const LANES: usize = 256;

/// A store, and transactions on it.
#[derive(Clone, Debug)]
pub struct Database {
    store: Arc<dyn Store>,
    lanes: Arc<Vec<Mutex<()>>>,
}

impl Database {
    /// Transactions on this store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        let lanes = std::iter::repeat_with(Mutex::default).take(LANES).collect();
        Self { store, lanes: Arc::new(lanes) }
    }

    /// The store itself.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// What a record says.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn get(&self, collection: &str, id: &str) -> Result<Option<Value>, StoreError> {
        let record = self.store.get(&Key::new(collection, id)).await?;
        Ok(record.map(|record| record.body))
    }

    /// What the records of a collection say, in the order of their ids.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn list(&self, collection: &str) -> Result<Vec<(String, Value)>, StoreError> {
        let records = self.store.list(collection).await?;
        Ok(records.into_iter().map(|(id, record)| (id, record.body)).collect())
    }

    /// Attempts at a transaction about `subject`; those about the same subject are made one after
    /// the other.
    pub async fn attempts(&self, subject: &str) -> Attempts<'_> {
        let mut hasher = DefaultHasher::new();
        subject.hash(&mut hasher);
        let lane = usize::try_from(hasher.finish() % LANES as u64).unwrap_or_default();
        Attempts { store: &*self.store, _turn: self.lanes[lane].lock().await, made: 0 }
    }
}

/// Attempts at one transaction; made by [`Database::attempts`].
#[derive(Debug)]
pub struct Attempts<'d> {
    store: &'d dyn Store,
    _turn: MutexGuard<'d, ()>,
    made: u32,
}

impl<'d> Attempts<'d> {
    /// The next attempt.
    ///
    /// # Errors
    /// If there were too many.
    pub async fn next(&mut self) -> Result<Transaction<'d>, StoreError> {
        self.made += 1;
        if self.made > ATTEMPTS {
            return Err(StoreError::new("committing", "others were always faster"));
        }
        if self.made > 1 {
            // Up to about 20 ms, different for each process, so that two of them do not keep step.
            let spread = u64::from(std::process::id().wrapping_mul(self.made) % 7);
            tokio::time::sleep(Duration::from_millis(spread + u64::from(self.made.min(14)))).await;
        }
        Ok(Transaction { store: self.store, seen: BTreeMap::new() })
    }
}

/// One attempt: what it reads stays the same until its commit, or the commit does not take place.
#[derive(Debug)]
pub struct Transaction<'d> {
    store: &'d dyn Store,
    seen: BTreeMap<Key, Seen>,
}

#[derive(Debug)]
struct Seen {
    record: Option<Record>,
    action: Action,
}

impl Transaction<'_> {
    /// What a record says, with what this transaction has written.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn get(&mut self, collection: &str, id: &str) -> Result<Option<Value>, StoreError> {
        let seen = self.see(Key::new(collection, id)).await?;
        Ok(match &seen.action {
            Action::Keep => seen.record.as_ref().map(|record| record.body.clone()),
            Action::Put(body) => Some(body.clone()),
            Action::Delete => None,
        })
    }

    /// What the records of a collection say, as the store has them: writes of this transaction are
    /// not among them, and the commit does not look at them again.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn list(&self, collection: &str) -> Result<Vec<(String, Value)>, StoreError> {
        let records = self.store.list(collection).await?;
        Ok(records.into_iter().map(|(id, record)| (id, record.body)).collect())
    }

    /// Makes a record say this.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn put(&mut self, collection: &str, id: &str, body: Value) -> Result<(), StoreError> {
        self.see(Key::new(collection, id)).await?.action = Action::Put(body);
        Ok(())
    }

    /// Removes a record, if it is there.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn delete(&mut self, collection: &str, id: &str) -> Result<(), StoreError> {
        self.see(Key::new(collection, id)).await?.action = Action::Delete;
        Ok(())
    }

    /// Makes it all happen, unless someone else has written what was read here.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn commit(self) -> Result<Outcome, StoreError> {
        let writes = |seen: &Seen| !matches!(seen.action, Action::Keep);
        if !self.seen.values().any(writes) {
            return Ok(Outcome::Committed);
        }
        let changes = self.seen.into_iter().map(|(key, seen)| Change {
            key,
            expected: seen.record.map(|record| record.version),
            action: seen.action,
        });
        self.store.commit(changes.collect()).await
    }

    async fn see(&mut self, key: Key) -> Result<&mut Seen, StoreError> {
        let record = if self.seen.contains_key(&key) { None } else { self.store.get(&key).await? };
        Ok(self.seen.entry(key).or_insert(Seen { record, action: Action::Keep }))
    }
}

/// Runs a block in a transaction about a subject, again and again until its commit takes place; its
/// value is that of the block. The block's type is a `Result`, and an error ends it without a
/// commit.
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

pub(crate) use transaction;
