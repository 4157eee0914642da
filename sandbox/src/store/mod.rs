//! Where the state is kept: records under a collection and an id, and commits that happen as a
//! whole or not at all.
//!
//! The rules kept here: a commit takes place only if everything it read is still as it was (so no
//! update is lost, whoever else writes), and it is on stable storage before it is acknowledged, in
//! the stores that have one.

mod memory;
#[cfg(feature = "postgres")]
mod postgres;
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
pub(crate) use self::transaction::transaction;
pub use self::transaction::{Attempts, Database, Transaction};

/// The name of a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// A folder of records, such as `rownd/users/app_sandbox`.
    pub collection: String,
    /// The record in it.
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
    /// No two contents of one key ever have the same version, even if the record was deleted in
    /// between.
    pub version: i64,
    /// What it says.
    pub body: Value,
}

/// What a commit expects of a record, and what it makes of it.
#[derive(Clone, Debug)]
pub struct Change {
    /// The record.
    pub key: Key,
    /// The version that was read; `None` if there was no record.
    pub expected: Option<i64>,
    /// What becomes of it.
    pub action: Action,
}

/// What a commit makes of a record.
#[derive(Clone, Debug)]
pub enum Action {
    /// Nothing: it was only read.
    Keep,
    /// It says this from now on.
    Put(Value),
    /// It is gone.
    Delete,
}

/// What became of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It took place, and outlasts the process if the store does.
    Committed,
    /// Someone else was faster; nothing was changed. Read again and try again.
    Conflict,
}

/// A place for records. Implementations differ in where, never in what can be seen.
pub trait Store: fmt::Debug + Send + Sync + 'static {
    /// What it is, for the log: `memory`, `SQLite …`.
    fn describe(&self) -> String;
    /// One record.
    fn get<'s>(&'s self, key: &'s Key) -> BoxFuture<'s, Result<Option<Record>, StoreError>>;
    /// The records of a collection with their ids, in the order of their ids (by bytes).
    fn list<'s>(&'s self, collection: &'s str) -> BoxFuture<'s, Result<Vec<(String, Record)>, StoreError>>;
    /// Everything, in the order of the keys.
    fn dump(&self) -> BoxFuture<'_, Result<Vec<(Key, Value)>, StoreError>>;
    /// All of the changes, or none.
    fn commit(&self, changes: Vec<Change>) -> BoxFuture<'_, Result<Outcome, StoreError>>;
    /// Puts these records in the place of everything there is.
    fn replace(&self, records: Vec<(Key, Value)>) -> BoxFuture<'_, Result<(), StoreError>>;
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
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
