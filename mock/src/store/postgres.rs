//! Records in a `PostgreSQL` database that several sandboxes share.
//!
//! **Invariant:** a commit is one serializable transaction, so everything that it read is still
//! valid. The server acknowledges it after writing it to disk. Lost connections are replaced.

use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use specwright_runtime::BoxFuture;
use tokio::sync::Semaphore;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, IsolationLevel, NoTls, Row, Transaction};

use super::{Action, Change, Key, Outcome, Record, Store, StoreError};

/// The migrations of the schema, one for each version. Only append to them.
const MIGRATIONS: &[&str] = &["CREATE SEQUENCE sandbox_clock;
     CREATE TABLE sandbox_records (
        collection TEXT COLLATE \"C\" NOT NULL,
        id TEXT COLLATE \"C\" NOT NULL,
        version BIGINT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (collection, id)
     );"];

/// The maximum number of connections of one sandbox.
const CONNECTIONS: usize = 8;

const PUT: &str = "INSERT INTO sandbox_records (collection, id, version, body)
    VALUES ($1, $2, nextval('sandbox_clock'), $3)
    ON CONFLICT (collection, id) DO UPDATE SET version = excluded.version, body = excluded.body";

/// Records in a shared database.
pub struct PostgresStore {
    config: Config,
    idle: Mutex<Vec<Client>>,
    free: Semaphore,
}

impl std::fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresStore").finish_non_exhaustive()
    }
}

fn failed(doing: &'static str) -> impl Fn(tokio_postgres::Error) -> StoreError {
    move |error| StoreError::new(doing, error)
}

impl PostgresStore {
    /// Connects to `postgres://user@host/name` and migrates the schema. The connection is not
    /// encrypted.
    ///
    /// # Errors
    /// If the database cannot be reached, or a newer version of the sandbox has migrated it.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let config: Config = url.parse().map_err(failed("reading the URL of the database"))?;
        let store = Self { config, idle: Mutex::default(), free: Semaphore::new(CONNECTIONS) };
        let mut client = store.open().await?;
        migrate(&mut client).await?;
        store.keep(client);
        Ok(store)
    }

    async fn open(&self) -> Result<Client, StoreError> {
        let (client, connection) = self.config.connect(NoTls).await.map_err(failed("connecting"))?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "a connection to the database ended");
            }
        });
        Ok(client)
    }

    async fn client(&self) -> Result<Client, StoreError> {
        loop {
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match idle {
                Some(client) if client.is_closed() => {}
                Some(client) => return Ok(client),
                None => return self.open().await,
            }
        }
    }

    fn keep(&self, client: Client) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(client);
    }

    /// Runs a statement that reads.
    async fn query(&self, statement: &str, parameters: &[&str]) -> Result<Vec<Row>, StoreError> {
        let _turn = self.free.acquire().await.map_err(|error| StoreError::new("waiting", error))?;
        let client = self.client().await?;
        let parameters: Vec<_> =
            parameters.iter().map(|one| one as &(dyn tokio_postgres::types::ToSql + Sync)).collect();
        let statement = client.prepare_typed(statement, &[]).await.map_err(failed("reading"))?;
        let rows = client.query(&statement, &parameters).await.map_err(failed("reading"))?;
        self.keep(client);
        Ok(rows)
    }

    async fn commit_once(&self, changes: &[Change]) -> Result<Outcome, StoreError> {
        let _turn = self.free.acquire().await.map_err(|error| StoreError::new("waiting", error))?;
        let mut client = self.client().await?;
        let outcome = apply(&mut client, changes).await;
        // The connection rolls back an uncommitted transaction before it is used again.
        self.keep(client);
        match outcome {
            Err(error) if error.code().is_some_and(is_conflict) => Ok(Outcome::Conflict),
            outcome => outcome.map_err(failed("committing")),
        }
    }
}

/// Whether the server reports that another transaction came first.
fn is_conflict(code: &SqlState) -> bool {
    [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::UNIQUE_VIOLATION].contains(code)
}

async fn migrate(client: &mut Client) -> Result<(), StoreError> {
    let failed = failed("migrating");
    let transaction = client.transaction().await.map_err(&failed)?;
    // The lock serializes the migrations of sandboxes that start at the same time.
    let lock = "SELECT pg_advisory_xact_lock(7021);
        CREATE TABLE IF NOT EXISTS sandbox_schema (version INT NOT NULL);";
    transaction.batch_execute(lock).await.map_err(&failed)?;
    let rows = transaction.query("SELECT version FROM sandbox_schema", &[]).await.map_err(&failed)?;
    let version = rows.first().map_or(0, |row| row.get::<_, i32>(0));
    let done = usize::try_from(version).unwrap_or_default();
    if done > MIGRATIONS.len() {
        let error = format!("its schema has version {done}, but this sandbox supports {}", MIGRATIONS.len());
        return Err(StoreError::new("opening a database of a newer sandbox", error));
    }
    let mut steps = MIGRATIONS.iter().skip(done).copied().collect::<String>();
    let _ = write!(steps, "DELETE FROM sandbox_schema; INSERT INTO sandbox_schema VALUES ({});", MIGRATIONS.len());
    transaction.batch_execute(&steps).await.map_err(&failed)?;
    transaction.commit().await.map_err(&failed)
}

async fn apply(client: &mut Client, changes: &[Change]) -> Result<Outcome, tokio_postgres::Error> {
    let transaction = client.build_transaction().isolation_level(IsolationLevel::Serializable).start().await?;
    for Change { key, expected, .. } in changes {
        let select = "SELECT version FROM sandbox_records WHERE collection = $1 AND id = $2";
        let row = transaction.query_opt(select, &[&text(&key.collection), &text(&key.id)]).await?;
        if row.map(|row| row.get::<_, i64>(0)) != *expected {
            return Ok(Outcome::Conflict);
        }
    }
    for Change { key, action, .. } in changes {
        match action {
            Action::Keep => {}
            Action::Put(body) => put(&transaction, key, body).await?,
            Action::Delete => {
                let delete = "DELETE FROM sandbox_records WHERE collection = $1 AND id = $2";
                transaction.execute(delete, &[&text(&key.collection), &text(&key.id)]).await?;
            }
        }
    }
    transaction.commit().await?;
    Ok(Outcome::Committed)
}

async fn put(transaction: &Transaction<'_>, key: &Key, body: &Value) -> Result<(), tokio_postgres::Error> {
    let (collection, id) = (text(&key.collection), text(&key.id));
    transaction.execute(PUT, &[&collection, &id, &body.to_string()]).await?;
    Ok(())
}

/// Escapes NUL, which `PostgreSQL` does not allow in text, as `\0`, and a backslash as two.
fn text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\0', "\\0")
}

/// The inverse of [`text`].
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        plain.push(match character {
            '\\' if characters.next() == Some('0') => '\0',
            character => character,
        });
    }
    plain
}

fn body(text: &str) -> Result<Value, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::new("reading a body", error))
}

impl Store for PostgresStore {
    fn describe(&self) -> String {
        let name = self.config.get_dbname().unwrap_or_default();
        format!("PostgreSQL database {name}")
    }

    fn get<'s>(&'s self, key: &'s Key) -> BoxFuture<'s, Result<Option<Record>, StoreError>> {
        Box::pin(async move {
            let select = "SELECT version, body FROM sandbox_records WHERE collection = $1 AND id = $2";
            let (collection, id) = (text(&key.collection), text(&key.id));
            let rows = self.query(select, &[&collection, &id]).await?;
            let record = rows.first().map(|row| Ok(Record { version: row.get(0), body: body(row.get(1))? }));
            record.transpose()
        })
    }

    fn list<'s>(&'s self, collection: &'s str) -> BoxFuture<'s, Result<Vec<(String, Record)>, StoreError>> {
        Box::pin(async move {
            let select = "SELECT id, version, body FROM sandbox_records WHERE collection = $1 ORDER BY id";
            let rows = self.query(select, &[&text(collection)]).await?;
            let records = rows.iter().map(|row| {
                let record = Record { version: row.get(1), body: body(row.get(2))? };
                Ok((plain(row.get(0)), record))
            });
            records.collect()
        })
    }

    fn dump(&self) -> BoxFuture<'_, Result<Vec<(Key, Value)>, StoreError>> {
        Box::pin(async move {
            let select = "SELECT collection, id, body FROM sandbox_records ORDER BY collection, id";
            let rows = self.query(select, &[]).await?;
            let records = rows.iter().map(|row| {
                let key = Key::new(plain(row.get(0)), plain(row.get(1)));
                Ok((key, body(row.get(2))?))
            });
            records.collect()
        })
    }

    fn commit(&self, mut changes: Vec<Change>) -> BoxFuture<'_, Result<Outcome, StoreError>> {
        Box::pin(async move {
            // A fixed order makes deadlocks less likely.
            changes.sort_by(|left, right| left.key.cmp(&right.key));
            self.commit_once(&changes).await
        })
    }

    fn replace(&self, records: Vec<(Key, Value)>) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let failed = failed("replacing");
            let _turn = self.free.acquire().await.map_err(|error| StoreError::new("waiting", error))?;
            let mut client = self.client().await?;
            let transaction = client.transaction().await.map_err(&failed)?;
            transaction
                .batch_execute("LOCK TABLE sandbox_records; DELETE FROM sandbox_records")
                .await
                .map_err(&failed)?;
            for (key, body) in &records {
                put(&transaction, key, body).await.map_err(&failed)?;
            }
            transaction.commit().await.map_err(&failed)?;
            self.keep(client);
            Ok(())
        })
    }
}
