//! Stores records by collection and ID, with atomic commits.
//!
//! **Invariant:** a commit succeeds only if no record that it read has changed since, so that
//! concurrent writers lose no update. Stores with stable storage acknowledge a commit only after it
//! is written there.

mod memory;
#[cfg(feature = "postgres")]
mod postgres;
mod room;
#[cfg(feature = "sqlite")]
mod sqlite;
mod transaction;

use std::error::Error;
use std::fmt;

use serde_json::Value;
use specwright_runtime::BoxFuture;

pub use self::memory::MemoryStore;
#[cfg(feature = "postgres")]
pub use self::postgres::PostgresStore;
#[cfg(feature = "sqlite")]
pub use self::sqlite::SqliteStore;
pub use self::transaction::{Attempts, Database, Transaction};

/// The key of a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The collection, such as `rownd/users/app_sandbox`.
    pub collection: String,
    /// The id in the collection.
    pub id: String,
}

impl Key {
    /// The record `id` in `collection`.
    pub fn new(collection: impl Into<String>, id: impl Into<String>) -> Self {
        Self { collection: collection.into(), id: id.into() }
    }
}

/// A record as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The version changes with every write. It is never reused for a key, not even after a
    /// deletion.
    pub version: i64,
    /// The content.
    pub body: Value,
}

/// What a commit expects of a record, and how it changes the record.
#[derive(Clone, Debug)]
pub struct Change {
    /// The key of the record.
    pub key: Key,
    /// The version that was read; `None` if there was no record.
    pub expected: Option<i64>,
    /// How it changes.
    pub action: Action,
}

/// How a commit changes a record.
#[derive(Clone, Debug)]
pub enum Action {
    /// It was only read.
    Keep,
    /// It gets this content.
    Put(Value),
    /// It is deleted.
    Delete,
}

/// The outcome of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The changes were made.
    Committed,
    /// Another commit came first, and nothing was changed. Read again and retry.
    Conflict,
}

/// A store of records. All implementations behave in the same way.
pub trait Store: fmt::Debug + Send + Sync + 'static {
    /// Describes the store for the log: `memory`, `SQLite …`.
    fn describe(&self) -> String;
    /// Reads a record.
    fn get<'s>(&'s self, key: &'s Key) -> BoxFuture<'s, Result<Option<Record>, StoreError>>;
    /// Reads the records of a collection with their ids, in the byte order of the ids.
    fn list<'s>(&'s self, collection: &'s str) -> BoxFuture<'s, Result<Vec<(String, Record)>, StoreError>>;
    /// Reads all records, in the order of their keys.
    fn dump(&self) -> BoxFuture<'_, Result<Vec<(Key, Value)>, StoreError>>;
    /// Makes all of the changes, or none.
    fn commit(&self, changes: Vec<Change>) -> BoxFuture<'_, Result<Outcome, StoreError>>;
    /// Replaces all records with these.
    fn replace(&self, records: Vec<(Key, Value)>) -> BoxFuture<'_, Result<(), StoreError>>;
    /// Moves what is stored next to the store's file into that file. Returns whether the file is
    /// then complete by itself, or `None` if there is no such file.
    fn complete(&self) -> BoxFuture<'_, Result<Option<bool>, StoreError>> {
        Box::pin(async { Ok(None) })
    }
    /// Completes the store on disk. This is the last call.
    fn close(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async { Ok(()) })
    }
}

/// The store failed.
#[derive(Debug)]
pub struct StoreError {
    doing: &'static str,
    source: Box<dyn Error + Send + Sync>,
}

impl StoreError {
    /// A failure while `doing` something.
    pub fn new(doing: &'static str, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { doing, source: source.into() }
    }

    fn full(most: usize) -> Self {
        Self::new("committing", Full { most })
    }

    /// Whether the store works, but has no room for more.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.source.is::<Full>()
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_full() {
            return self.source.fmt(f);
        }
        write!(f, "the store failed while {}: {}", self.doing, self.source)?;
        let mut cause = self.source.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl Error for StoreError {}

/// There is no room for more records.
#[derive(Debug)]
struct Full {
    most: usize,
}

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "all records together may take {} MiB of memory: delete some, or reset the server", self.most >> 20)
    }
}

impl Error for Full {}
