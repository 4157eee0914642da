//! Converts records from and to YAML, for seeds, exports and imports.
//!
//! ```yaml
//! rownd/apps:
//!   app_sandbox: { name: Sandbox, credentials: [{ key: …, secret: … }] }
//! rownd/users/app_sandbox:
//!   user_gary: { data: { email: gary@foo.com } }
//! ```
//!
//! **Invariant:** a file is validated as a whole before any record changes.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::providers::{INDEX, Provider, index};
use crate::store::{Database, Key, StoreError};
use crate::yaml;

/// The default initial records.
pub const DEFAULT_SEED: &str = include_str!("../seeds/default.yaml");

/// Why a file of records is invalid.
#[derive(Debug)]
pub struct SeedError(String);

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SeedError {}

/// Records by collection and ID.
type Collections = BTreeMap<String, BTreeMap<String, Value>>;

/// Members that must be objects if they are present, because operations write into them.
const OBJECTS: [&str; 5] = ["data", "attributes", "verified_data", "meta", "profile"];

/// The records of a file, and their index records.
///
/// # Errors
/// If the file is not YAML in this format, or if a value that must be unique occurs twice.
pub(crate) fn parse(yaml: &str) -> Result<Vec<(Key, Value)>, SeedError> {
    let collections = collections(yaml)?;
    let mut records = BTreeMap::new();
    for (collection, entries) in collections {
        let provider = collection.split('/').next().unwrap_or_default();
        if provider.parse::<Provider>().is_err() {
            return Err(SeedError(format!(
                "`{collection}` is not a collection; its name must begin with the name of a provider and a slash"
            )));
        }
        for (id, body) in entries {
            let key = Key::new(&collection, id);
            validate(&key, &body)?;
            for (key, body) in index(&key, &body) {
                if let Some(other) = records.insert(key.clone(), body) {
                    return Err(SeedError(format!("`{}` occurs twice, first in {other}", key.id)));
                }
            }
            records.insert(key, body);
        }
    }
    Ok(records.into_iter().collect())
}

fn collections(yaml: &str) -> Result<Collections, SeedError> {
    let not_an_object = |what: String| SeedError(format!("{what} are not an object"));
    let value = yaml::read(yaml).map_err(|error| SeedError(format!("the records cannot be read: {error}")))?;
    let Value::Object(all) = value else { return Err(not_an_object("the records".to_owned())) };
    let mut collections = Collections::new();
    for (name, entries) in all {
        let Value::Object(entries) = entries else { return Err(not_an_object(format!("the records of `{name}`"))) };
        collections.insert(name, entries.into_iter().collect());
    }
    Ok(collections)
}

fn validate(key: &Key, body: &Value) -> Result<(), SeedError> {
    if key.collection == "looker/next" && body.is_i64() {
        return Ok(());
    }
    let at = || format!("`{}` in `{}`", key.id, key.collection);
    let Some(members) = body.as_object() else {
        return Err(SeedError(format!("{} is not an object", at())));
    };
    if key.collection == "stateset/users" {
        return Ok(());
    }
    let is_invalid = |name: &&str| members.get(*name).is_some_and(|value| !value.is_object());
    match OBJECTS.into_iter().find(is_invalid) {
        Some(name) => Err(SeedError(format!("`{name}` of {} is not an object", at()))),
        None => Ok(()),
    }
}

/// The remark in an export about the file of the store, so that nobody copies only half of it.
fn remark(is_whole: Option<bool>) -> &'static str {
    match is_whole {
        None => "",
        Some(true) => {
            "# The file of the store contains all of these records. It has later changes only after a clean stop.\n"
        }
        Some(false) => {
            "# The file of the store lacks some of these records, because another program is reading it. The newest are\n\
             # in the file next to it that ends in `-wal`. Copy both after a stop, or keep this export instead.\n"
        }
    }
}

/// All records as YAML, without index records. A remark says whether the file of the store alone
/// contains them.
///
/// # Errors
/// If the store fails.
pub(crate) async fn export(database: &Database) -> Result<String, StoreError> {
    let mut collections = Collections::new();
    for (key, body) in database.store().dump().await? {
        if !key.collection.starts_with(INDEX) {
            collections.entry(key.collection).or_default().insert(key.id, body);
        }
    }
    let yaml = serde_yaml::to_string(&collections).map_err(|error| StoreError::new("exporting", error))?;
    Ok(format!("{}{yaml}", remark(database.store().complete().await?)))
}
