//! What `DELETE` has removed: neither it nor what is below its path is found again, whether or not its
//! path was recognised as that of a resource.

use serde_json::Value;
use specwright_runtime::descriptor::{Operation, Piece};

use super::resource::{Resource, Role};
use super::settings::{ResourceSettings, StateSettings};
use crate::call::Call;
use crate::document::Document;
use crate::limits::COLLECTION_ITEMS;
use crate::store::{Database, StoreError};
use crate::transaction;

/// The collection of the removed paths in the store.
pub(super) const REMOVED: &str = "removed";

/// What has been removed.
#[derive(Debug)]
pub(super) struct Removals {
    /// What each operation has to do with it, by the index of the operation.
    operations: Vec<Removable>,
    database: Database,
}

/// What an operation has to do with paths of which something can be removed.
#[derive(Debug)]
struct Removable {
    operation: &'static Operation,
    /// Whether it has a role for a resource, whose items say themselves whether they exist.
    is_recognised: bool,
    /// The paths above its own whose items can be deleted.
    above: Vec<&'static str>,
    /// Whether the items at its own path can be deleted.
    is_item: bool,
    /// Whether it may create items at the paths below its own.
    creates: bool,
}

impl Removals {
    pub(super) fn new(
        document: &'static Document,
        resources: &[Resource],
        settings: &StateSettings,
        database: Database,
    ) -> Self {
        let all = document.operations.iter().map(|operation| operation.descriptor);
        let deletable: Vec<&'static Operation> =
            all.clone().filter(|one| one.method == "DELETE" && removes(one, settings)).collect();
        let operations = all.enumerate().map(|(index, operation)| {
            let is_recognised = resources.iter().any(|resource| resource.role(index).is_some());
            let above = deletable.iter().filter(|item| is_below(operation.path, item.path));
            Removable {
                operation,
                is_recognised,
                above: above.map(|item| item.path).collect(),
                is_item: deletable.iter().any(|item| item.path == operation.path),
                creates: operation.method == "POST"
                    && !is_recognised
                    && deletable.iter().any(|item| collection(item.path) == operation.path),
            }
        });
        Self { operations: operations.collect(), database }
    }

    /// The operations that remove what is no resource.
    pub(super) fn unrecognised(&self) -> impl Iterator<Item = &'static Operation> {
        let removing = self.operations.iter().filter(|one| one.operation.method == "DELETE" && one.is_item);
        removing.filter(|one| !one.is_recognised).map(|one| one.operation)
    }

    /// Notes what a request removes or makes again. Whether what it concerns had been removed.
    pub(super) async fn concern(&self, operation: usize, call: &Call) -> Result<bool, StoreError> {
        let Some(known) = self.operations.get(operation) else { return Ok(false) };
        for path in known.above.iter().filter_map(|path| filled(path, call)) {
            if self.database.get(REMOVED, &path).await?.is_some() {
                return Ok(true);
            }
        }
        let Some(own) = filled(known.operation.path, call).filter(|_| known.is_item || known.creates) else {
            return Ok(false);
        };
        if known.creates {
            self.restore_items(&own).await?;
        }
        if !known.is_item {
            return Ok(false);
        }
        let is_removed = self.database.get(REMOVED, &own).await?.is_some();
        match known.operation.method {
            "DELETE" if !is_removed => self.remove(&own).await?,
            "PUT" | "POST" if !known.is_recognised => self.restore(&own).await?,
            _ => return Ok(is_removed && !known.is_recognised),
        }
        Ok(false)
    }

    async fn remove(&self, path: &str) -> Result<(), StoreError> {
        transaction!(self.database, REMOVED, |tx| -> Result<(), StoreError> {
            let known = tx.list(REMOVED).await?;
            if known.len() >= COLLECTION_ITEMS
                && let Some((first, _)) = known.first()
            {
                tx.delete(REMOVED, first).await?;
            }
            tx.put(REMOVED, path, Value::Bool(true)).await?;
            Ok(())
        })
    }

    /// Forgets that an item was removed, if it was.
    pub(super) async fn restore(&self, path: &str) -> Result<(), StoreError> {
        if self.database.get(REMOVED, path).await?.is_none() {
            return Ok(());
        }
        transaction!(self.database, REMOVED, |tx| -> Result<(), StoreError> {
            tx.delete(REMOVED, path).await?;
            Ok(())
        })
    }

    /// What a `POST` creates in a collection is not known if the collection is that of no resource, so any
    /// of its items may exist again.
    async fn restore_items(&self, collection: &str) -> Result<(), StoreError> {
        for (path, _) in self.database.list(REMOVED).await? {
            if self::collection(&path) == collection {
                self.restore(&path).await?;
            }
        }
        Ok(())
    }
}

/// Whether an operation removes an item: its path ends in a whole parameter, and the settings do not say
/// otherwise.
fn removes(operation: &Operation, settings: &StateSettings) -> bool {
    let Some([Piece::Parameter(_)]) = operation.segments.last() else { return false };
    let keeps = |chosen: &ResourceSettings| {
        chosen.ignore || chosen.roles.as_ref().is_some_and(|roles| !roles.contains(&Role::Delete))
    };
    !settings.resource(collection(operation.path)).is_some_and(keeps)
}

/// Whether a path is below another one. Their parameters must have the same names, as those of a
/// document nearly always have: only then do their values name the same item.
fn is_below(path: &str, item: &str) -> bool {
    path.strip_prefix(item).is_some_and(|rest| rest.starts_with('/'))
}

/// The path of the collection of an item.
fn collection(item: &str) -> &str {
    item.rsplit_once('/').map_or("", |(collection, _)| collection)
}

/// A path with the values of a request; `None` if it lacks one.
fn filled(path: &str, call: &Call) -> Option<String> {
    let mut filled = String::new();
    for segment in path.split('/').skip(1) {
        filled.push('/');
        match segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            // A value cannot imitate another path.
            Some(name) => filled.push_str(&specwright_runtime::params::encode_component(&call.text(name)?)),
            None => filled.push_str(segment),
        }
    }
    Some(filled)
}
