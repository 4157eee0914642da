//! Records in a `SQLite` file.
//!
//! **Invariant:** one thread writes. It combines all waiting commits into one `SQLite` transaction,
//! and acknowledges them after that transaction is on disk (`synchronous = FULL`). Readers see
//! committed data and never wait.

use std::path::Path;
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use serde_json::Value;
use specwright_runtime::BoxFuture;
use tokio::sync::oneshot;

use super::{Action, Change, Key, Outcome, Record, Store, StoreError};

/// The migrations of the schema, one for each version. Only append to them.
const MIGRATIONS: &[&str] = &[
    "CREATE TABLE records (
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (collection, id)
    ) STRICT, WITHOUT ROWID;",
    "CREATE TABLE clock (time INTEGER NOT NULL) STRICT;
     INSERT INTO clock SELECT COALESCE(MAX(version), 0) FROM records;",
];

/// The maximum number of commits in one `SQLite` transaction.
const BATCH: usize = 256;

/// Records in a file.
#[derive(Debug)]
pub struct SqliteStore {
    name: String,
    reader: Mutex<Connection>,
    writer: mpsc::Sender<Job>,
}

/// A job of the writing thread.
enum Job {
    Commit(Vec<Change>, oneshot::Sender<Result<Outcome, StoreError>>),
    Replace(Vec<(Key, Value)>, oneshot::Sender<Result<(), StoreError>>),
    /// Moves the log of writes into the file, and returns whether all of it could be moved.
    Checkpoint(Checkpoint, oneshot::Sender<Result<bool, StoreError>>),
}

/// Additional behaviour of a checkpoint.
enum Checkpoint {
    /// It does not wait for others.
    Passive,
    /// It waits for other readers, and empties the log.
    Truncate,
}

fn failed(doing: &'static str) -> impl Fn(rusqlite::Error) -> StoreError {
    move |error| StoreError::new(doing, error)
}

impl SqliteStore {
    /// Opens or creates a file and migrates its schema.
    ///
    /// # Errors
    /// If it cannot be opened, is not a `SQLite` file, or a newer version of the sandbox has
    /// migrated it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut writer = connect(path)?;
        migrate(&mut writer)?;
        let reader = connect(path)?;
        reader.pragma_update(None, "query_only", true).map_err(failed("opening"))?;
        let (jobs, queue) = mpsc::channel();
        let work = move || write(&mut writer, &queue);
        thread::Builder::new()
            .name("sqlite".to_owned())
            .spawn(work)
            .map_err(|error| StoreError::new("starting its thread", error))?;
        Ok(Self { name: format!("SQLite {}", path.display()), reader: Mutex::new(reader), writer: jobs })
    }

    /// Reads on the calling thread, because a read takes microseconds.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        read(&reader).map_err(failed("reading"))
    }

    async fn job<T>(&self, job: impl FnOnce(oneshot::Sender<Result<T, StoreError>>) -> Job) -> Result<T, StoreError> {
        let (sender, receiver) = oneshot::channel();
        let gone = || StoreError::new("writing", "the writing thread has ended");
        self.writer.send(job(sender)).map_err(|_| gone())?;
        receiver.await.map_err(|_| gone())?
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let open = || {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.set_prepared_statement_cache_capacity(32);
        Ok(connection)
    };
    open().map_err(failed("opening"))
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let newest = MIGRATIONS.len();
    let migrated = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate);
    let transaction = migrated.map_err(failed("migrating"))?;
    let read = transaction.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0));
    let version = usize::try_from(read.map_err(failed("migrating"))?).unwrap_or(usize::MAX);
    if version > newest {
        let error = format!("its schema has version {version}, but this sandbox supports {newest}");
        return Err(StoreError::new("opening a file of a newer sandbox", error));
    }
    for step in MIGRATIONS.iter().skip(version) {
        transaction.execute_batch(step).map_err(failed("migrating"))?;
    }
    transaction.pragma_update(None, "user_version", newest).map_err(failed("migrating"))?;
    transaction.commit().map_err(failed("migrating"))
}

/// The writing thread. It runs until all senders of jobs are gone.
fn write(connection: &mut Connection, queue: &mpsc::Receiver<Job>) {
    while let Ok(first) = queue.recv() {
        let mut commits = Vec::new();
        let mut next = Some(first);
        while let Some(job) = next.take() {
            match job {
                Job::Commit(changes, response) => commits.push((changes, response)),
                Job::Replace(records, response) => {
                    commit_all(connection, std::mem::take(&mut commits));
                    // The receiver may be gone, but the work is done all the same.
                    let _ = response.send(replace(connection, records).map_err(failed("replacing")));
                }
                Job::Checkpoint(kind, response) => {
                    commit_all(connection, std::mem::take(&mut commits));
                    let _ = response.send(checkpoint(connection, &kind).map_err(failed("completing its file")));
                }
            }
            if commits.len() < BATCH {
                next = queue.try_recv().ok();
            }
        }
        commit_all(connection, commits);
    }
}

/// Moves the log of writes into the file, and returns whether all of it could be moved.
fn checkpoint(connection: &Connection, kind: &Checkpoint) -> rusqlite::Result<bool> {
    let pragma = match kind {
        Checkpoint::Passive => "PRAGMA wal_checkpoint(PASSIVE)",
        Checkpoint::Truncate => "PRAGMA wal_checkpoint(TRUNCATE)",
    };
    connection.query_row(pragma, [], |row| {
        let (is_busy, logged, moved): (bool, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(!is_busy && logged == moved)
    })
}

type Commits = Vec<(Vec<Change>, oneshot::Sender<Result<Outcome, StoreError>>)>;

fn commit_all(connection: &mut Connection, commits: Commits) {
    if commits.is_empty() {
        return;
    }
    let (changes, responses): (Vec<_>, Vec<_>) = commits.into_iter().unzip();
    match apply_all(connection, &changes) {
        Ok(outcomes) => {
            for (response, outcome) in responses.into_iter().zip(outcomes) {
                let _ = response.send(Ok(outcome));
            }
        }
        Err(error) => {
            let text = error.to_string();
            for response in responses {
                let _ = response.send(Err(StoreError::new("committing", text.clone())));
            }
        }
    }
}

fn apply_all(connection: &mut Connection, commits: &[Vec<Change>]) -> rusqlite::Result<Vec<Outcome>> {
    // The transaction is immediate, so that no other process writes between a check and a change.
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let mut outcomes = Vec::with_capacity(commits.len());
    for changes in commits {
        outcomes.push(apply(&transaction, changes)?);
    }
    transaction.commit()?;
    Ok(outcomes)
}

fn apply(transaction: &Transaction<'_>, changes: &[Change]) -> rusqlite::Result<Outcome> {
    let mut check = transaction.prepare_cached("SELECT version FROM records WHERE collection = ?1 AND id = ?2")?;
    for Change { key, expected, .. } in changes {
        let version = check.query_row(params![key.collection, key.id], |row| row.get::<_, i64>(0));
        if version.optional()? != *expected {
            return Ok(Outcome::Conflict);
        }
    }
    for Change { key, action, .. } in changes {
        match action {
            Action::Keep => {}
            Action::Put(body) => put(transaction, key, body)?,
            Action::Delete => {
                let mut delete = transaction.prepare_cached("DELETE FROM records WHERE collection = ?1 AND id = ?2")?;
                delete.execute(params![key.collection, key.id])?;
            }
        }
    }
    Ok(Outcome::Committed)
}

fn put(transaction: &Transaction<'_>, key: &Key, body: &Value) -> rusqlite::Result<()> {
    let mut tick = transaction.prepare_cached("UPDATE clock SET time = time + 1 RETURNING time")?;
    let version = tick.query_row([], |row| row.get(0))?;
    insert(transaction, key, version, body)
}

fn insert(transaction: &Transaction<'_>, key: &Key, version: i64, body: &Value) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO records (collection, id, version, body) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (collection, id) DO UPDATE SET version = excluded.version, body = excluded.body",
    )?;
    insert.execute(params![key.collection, key.id, version, body.to_string()])?;
    Ok(())
}

fn replace(connection: &mut Connection, records: Vec<(Key, Value)>) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    transaction.execute("DELETE FROM records", [])?;
    let time: i64 = transaction.query_row("SELECT time FROM clock", [], |row| row.get(0))?;
    let mut records: Vec<(i64, (Key, Value))> = (time + 1..).zip(records).collect();
    let last = records.last().map_or(time, |(version, _)| *version);
    // Pages of the table are then filled one after another.
    records.sort_unstable_by(|(_, (one, _)), (_, (other, _))| {
        (&one.collection, &one.id).cmp(&(&other.collection, &other.id))
    });
    for (version, (key, body)) in records {
        insert(&transaction, &key, version, &body)?;
    }
    transaction.execute("UPDATE clock SET time = ?1", [last])?;
    transaction.commit()
}

/// Parses the body of a record. Text that is not JSON was not written by a sandbox.
fn body(text: &str) -> rusqlite::Result<Value> {
    serde_json::from_str(text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into()))
}

fn read_one(reader: &Connection, key: &Key) -> rusqlite::Result<Option<Record>> {
    let mut select = reader.prepare_cached("SELECT version, body FROM records WHERE collection = ?1 AND id = ?2")?;
    let record = select.query_row(params![key.collection, key.id], |row| {
        Ok(Record { version: row.get(0)?, body: body(row.get_ref(1)?.as_str()?)? })
    });
    record.optional()
}

fn read_collection(reader: &Connection, collection: &str) -> rusqlite::Result<Vec<(String, Record)>> {
    let mut select =
        reader.prepare_cached("SELECT id, version, body FROM records WHERE collection = ?1 ORDER BY id")?;
    let records = select.query_map([collection], |row| {
        let record = Record { version: row.get(1)?, body: body(row.get_ref(2)?.as_str()?)? };
        Ok((row.get(0)?, record))
    })?;
    records.collect()
}

fn read_all(reader: &Connection) -> rusqlite::Result<Vec<(Key, Value)>> {
    let mut select = reader.prepare_cached("SELECT collection, id, body FROM records ORDER BY collection, id")?;
    let records = select.query_map([], |row| {
        let key = Key::new(row.get::<_, String>(0)?, row.get::<_, String>(1)?);
        Ok((key, body(row.get_ref(2)?.as_str()?)?))
    })?;
    records.collect()
}

impl Store for SqliteStore {
    fn describe(&self) -> String {
        self.name.clone()
    }

    fn get<'s>(&'s self, key: &'s Key) -> BoxFuture<'s, Result<Option<Record>, StoreError>> {
        Box::pin(async move { self.read(|reader| read_one(reader, key)) })
    }

    fn list<'s>(&'s self, collection: &'s str) -> BoxFuture<'s, Result<Vec<(String, Record)>, StoreError>> {
        Box::pin(async move { self.read(|reader| read_collection(reader, collection)) })
    }

    fn dump(&self) -> BoxFuture<'_, Result<Vec<(Key, Value)>, StoreError>> {
        Box::pin(async move { self.read(read_all) })
    }

    fn commit(&self, changes: Vec<Change>) -> BoxFuture<'_, Result<Outcome, StoreError>> {
        Box::pin(self.job(|response| Job::Commit(changes, response)))
    }

    fn complete(&self) -> BoxFuture<'_, Result<Option<bool>, StoreError>> {
        Box::pin(async move { self.job(|response| Job::Checkpoint(Checkpoint::Passive, response)).await.map(Some) })
    }

    fn close(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let busy =
                "another program is reading it; the newest records are in the file next to it that ends in `-wal`";
            let is_whole = self.job(|response| Job::Checkpoint(Checkpoint::Truncate, response)).await?;
            is_whole.then_some(()).ok_or_else(|| StoreError::new("closing its file", busy))
        })
    }

    fn replace(&self, records: Vec<(Key, Value)>) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(self.job(|response| Job::Replace(records, response)))
    }
}
