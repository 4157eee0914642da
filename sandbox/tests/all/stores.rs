//! The behaviour that every store must have.

use std::path::Path;
use std::sync::Arc;

use sandbox::store::{Action, Change, Database, Key, MemoryStore, Outcome, SqliteStore, Store};
use sandbox::{Data, Sandbox};
use serde_json::{Value, json};

use crate::TestResult;

fn change(id: &str, expected: Option<i64>, action: Action) -> Change {
    Change { key: Key::new("stateset/users", id), expected, action }
}

async fn version(store: &dyn Store, id: &str) -> Result<Option<i64>, sandbox::store::StoreError> {
    let record = store.get(&Key::new("stateset/users", id)).await?;
    Ok(record.map(|record| record.version))
}

/// Tests the behaviour of a store, which must be empty.
pub async fn suite(store: Arc<dyn Store>) -> TestResult {
    commits_are_atomic(&*store).await?;
    versions_are_never_reused(&*store).await?;
    ids_can_be_any_text(&*store).await?;
    no_update_is_lost(Arc::clone(&store)).await?;
    store.replace(vec![(Key::new("stateset/users", "only"), json!({"a": 1}))]).await?;
    assert_eq!(store.dump().await?, [(Key::new("stateset/users", "only"), json!({"a": 1}))]);
    Ok(())
}

async fn commits_are_atomic(store: &dyn Store) -> TestResult {
    let put = || Action::Put(json!({"n": 1}));
    let made = store.commit(vec![change("a", None, put()), change("b", None, put())]).await?;
    assert_eq!(made, Outcome::Committed);
    let clash = store.commit(vec![change("c", None, put()), change("a", None, put())]).await?;
    assert_eq!(clash, Outcome::Conflict);
    assert_eq!(version(store, "c").await?, None);
    let seen = version(store, "a").await?;
    let kept = store.commit(vec![change("a", seen, Action::Keep), change("b", Some(-1), Action::Delete)]).await?;
    assert_eq!(kept, Outcome::Conflict);
    assert_eq!(store.list("stateset/users").await?.len(), 2);
    Ok(())
}

async fn versions_are_never_reused(store: &dyn Store) -> TestResult {
    let first = version(store, "a").await?;
    store.commit(vec![change("a", first, Action::Delete)]).await?;
    store.commit(vec![change("a", None, Action::Put(json!({"n": 1})))]).await?;
    let stale = store.commit(vec![change("a", first, Action::Delete)]).await?;
    assert_eq!(stale, Outcome::Conflict, "a new record with the same content has another version");
    Ok(())
}

async fn ids_can_be_any_text(store: &dyn Store) -> TestResult {
    for id in ["", "nul\0nul", "back\\0slash\\", "';--", "\u{10ffff}", "Ünï/%00?", "a\nb"] {
        let body = json!({"text": id});
        store.commit(vec![change(id, None, Action::Put(body.clone()))]).await?;
        let record = store.get(&Key::new("stateset/users", id)).await?;
        assert_eq!(record.map(|record| record.body), Some(body), "{id:?}");
        assert!(store.dump().await?.iter().any(|(key, _)| key.id == id), "{id:?}");
        let seen = version(store, id).await?;
        store.commit(vec![change(id, seen, Action::Delete)]).await?;
    }
    Ok(())
}

/// 64 writers increment one record through two databases with separate locks, as two processes
/// would.
async fn no_update_is_lost(store: Arc<dyn Store>) -> TestResult {
    const WRITERS: usize = 64;
    const EACH: usize = 5;
    let databases = [Database::new(Arc::clone(&store)), Database::new(Arc::clone(&store))];
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let database = databases[writer % 2].clone();
        writers.push(tokio::spawn(async move {
            for _ in 0..EACH {
                let mut attempts = database.attempts("counter").await;
                loop {
                    let mut tx = attempts.next().await?;
                    let count = tx.get("stateset/users", "counter").await?;
                    let count = count.as_ref().and_then(|body| body["n"].as_u64()).unwrap_or_default();
                    tx.put("stateset/users", "counter", json!({"n": count + 1})).await?;
                    if tx.commit().await? == Outcome::Committed {
                        break;
                    }
                }
            }
            Ok::<_, sandbox::store::StoreError>(())
        }));
    }
    for writer in writers {
        writer.await??;
    }
    let count = databases[0].get("stateset/users", "counter").await?;
    assert_eq!(count, Some(json!({"n": WRITERS * EACH})));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_behaves_like_every_store() -> TestResult {
    suite(Arc::new(MemoryStore::new())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_behaves_like_every_store() -> TestResult {
    let folder = tempfile::tempdir()?;
    suite(Arc::new(SqliteStore::open(&folder.path().join("state.db"))?)).await
}

#[tokio::test]
async fn two_sandboxes_can_share_a_file() -> TestResult {
    let folder = tempfile::tempdir()?;
    let data = Data::File(folder.path().join("state.db"));
    let one = Sandbox::builder().data(data.clone()).start().await?;
    let two = Sandbox::builder().data(data).start().await?;
    let body = generated_client::stateset::types::User::new().title("Dr");
    one.stateset()?.update_user("user_1", &body).await?;
    let user = two.stateset()?.get_user("user_1").await?.into_body();
    assert_eq!(user.title.as_deref(), Some("Dr"));
    Ok(())
}

#[tokio::test]
async fn state_survives_a_restart() -> TestResult {
    let folder = tempfile::tempdir()?;
    let data = Data::File(folder.path().join("state.db"));
    let sandbox = Sandbox::builder().data(data.clone()).start().await?;
    let body = generated_client::stateset::types::User::new().bio("kept");
    sandbox.stateset()?.update_user("user_1", &body).await?;
    let before = sandbox.export().await?;
    sandbox.stop().await;
    let sandbox = Sandbox::builder().data(data).start().await?;
    assert_eq!(sandbox.export().await?, before);
    let user = sandbox.stateset()?.get_user("user_1").await?.into_body();
    assert_eq!(user.bio.as_deref(), Some("kept"));
    Ok(())
}

fn open_error(path: &Path) -> Result<String, Value> {
    match SqliteStore::open(path) {
        Ok(_) => Err(json!("it was opened")),
        Err(error) => Ok(error.to_string()),
    }
}

#[test]
fn a_file_of_a_newer_sandbox_or_another_program_is_refused() -> TestResult {
    let folder = tempfile::tempdir()?;
    let newer = folder.path().join("newer.db");
    rusqlite::Connection::open(&newer)?.pragma_update(None, "user_version", 99)?;
    assert!(open_error(&newer).map_err(|error| error.to_string())?.contains("99"));
    let text = folder.path().join("text.db");
    std::fs::write(&text, "not a database, but long enough to be taken for one".repeat(100))?;
    assert!(open_error(&text).map_err(|error| error.to_string())?.contains("not a database"));
    Ok(())
}

#[tokio::test]
async fn records_beyond_the_room_of_a_store_are_refused() -> TestResult {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    store.replace(vec![(Key::new("a", "kept"), json!("x".repeat(600)))]).await?;
    let database = Database::new(Arc::clone(&store)).with_room(1_000);
    let put = async |id: &str, length: usize| {
        let mut attempts = database.attempts("a").await;
        let mut transaction = attempts.next().await?;
        transaction.put("a", id, json!("x".repeat(length))).await?;
        transaction.commit().await
    };
    let refused = put("b", 500).await.unwrap_err();
    assert!(refused.is_full() && refused.to_string().contains("delete some"), "{refused}");
    assert_eq!(put("kept", 500).await?, Outcome::Committed, "less room than before");
    assert_eq!(put("b", 100).await?, Outcome::Committed);
    assert!(put("kept", 2_000).await.is_err_and(|error| error.is_full()));

    let many = |length: usize| vec![(Key::new("a", "c"), json!("x".repeat(length)))];
    assert!(database.replace(many(2_000)).await.is_err_and(|error| error.is_full()));
    assert_eq!(store.dump().await?.len(), 2);
    database.replace(many(800)).await?;
    assert!(put("d", 400).await.is_err_and(|error| error.is_full()));
    Ok(())
}
