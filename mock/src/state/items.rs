//! The items of all resources, and the effects of requests on them.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use super::behaviour::{self, Behaviour};
use super::identity::make;
use super::in_place::{item_at, list_at};
use super::recognize::{body_type, recognize};
use super::removed::{REMOVED, Removals};
use super::resource::{Place, Resource, Role};
use super::response::StateResponse;
use super::settings::{SettingsError, StateSettings};
use super::{list, record};
use crate::call::Call;
use crate::document::Document;
use crate::limits::COLLECTION_ITEMS;
use crate::respond::{Contents, cases, choose_success, success_type};
use crate::store::{Database, Store, StoreError};
use crate::transaction;

/// The maximum number of attempts to find a free ID.
const TRIES: u64 = 100;

/// The collection that records which collections have received their initial items.
const PLANTED: &str = "planted";

/// The items of a mock.
#[derive(Debug)]
pub struct State {
    document: &'static Document,
    resources: Vec<Resource>,
    removals: Removals,
    database: Database,
    seed: u64,
    planted: Mutex<HashSet<String>>,
}

impl State {
    /// The state of a document.
    ///
    /// # Errors
    /// If the settings refer to something that was not recognized.
    pub fn new(
        document: &'static Document,
        settings: &StateSettings,
        path: &str,
        seed: u64,
        database: Database,
    ) -> Result<Self, SettingsError> {
        let resources = recognize(document, settings);
        settings.check(path, &resources)?;
        let removals = Removals::new(document, &resources, settings, database.clone());
        Ok(Self { document, resources, removals, database, seed, planted: Mutex::default() })
    }

    /// The resources.
    #[must_use]
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// The behaviour that was inferred.
    #[must_use]
    pub fn behaviours(&self) -> Vec<Behaviour> {
        let removals = self.removals.unrecognised().map(behaviour::of_removal);
        behaviour::of(self.document, &self.resources).into_iter().chain(removals).collect()
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        self.database.store()
    }

    /// All items by their collections.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn items(&self) -> Result<Vec<(String, Value)>, StoreError> {
        let all = self.database.store().dump().await?.into_iter();
        let items = all.filter(|(key, _)| ![PLANTED, REMOVED].contains(&key.collection.as_str()));
        Ok(items.map(|(key, value)| (key.collection, value["item"].clone())).collect())
    }

    /// Forgets all items. The initial items are created again when they are requested.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn reset(&self) -> Result<(), StoreError> {
        self.database.replace(Vec::new()).await?;
        self.planted.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(())
    }

    /// The effect of a request; `None` if its operation does not concern a resource.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn respond(
        &self,
        operation: usize,
        call: &Call,
    ) -> Result<Option<(&Resource, StateResponse)>, StoreError> {
        let found = self.resources.iter().find_map(|resource| Some((resource, resource.role(operation)?)));
        let Some((resource, role)) = found else { return Ok(None) };
        let scope = scope(resource, call);
        self.plant(resource, &scope).await?;
        let response = match role {
            Role::List => self.list(resource, operation, &scope, call).await?,
            Role::Create => self.create(resource, &scope, call).await?,
            Role::Read | Role::Replace | Role::Patch | Role::Delete => {
                self.item(resource, role, operation, &scope, call).await?
            }
        };
        Ok(response.map(|response| (resource, response)))
    }

    /// Whether what a request concerns has been removed: the item at its path, or one above it. A `DELETE`
    /// removes the item, and a `PUT` or `POST` makes it again.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn is_removed(&self, operation: usize, call: &Call) -> Result<bool, StoreError> {
        self.removals.concern(operation, call).await
    }

    async fn list(
        &self,
        resource: &Resource,
        operation: usize,
        scope: &str,
        call: &Call,
    ) -> Result<Option<StateResponse>, StoreError> {
        let Some(operation) = self.document.operations.get(operation) else { return Ok(None) };
        let all = in_order(self.database.list(scope).await?);
        let (items, total) = list::select(resource, operation, call, all.into_iter().map(|(_, item)| item).collect());
        Ok(Some(StateResponse::List(items, total)))
    }

    async fn create(&self, resource: &Resource, scope: &str, call: &Call) -> Result<Option<StateResponse>, StoreError> {
        // A body that is not read, such as XML, creates an item that is as the document shows it.
        let body = match call.body.clone() {
            Some(Value::Object(body)) => body,
            None => Map::new(),
            Some(_) => return Ok(None),
        };
        let template = self.template(resource);
        let created = transaction!(self.database, scope, |tx| -> Result<Option<StateResponse>, StoreError> {
            let all = in_order(tx.list(scope).await?);
            if all.len() >= COLLECTION_ITEMS {
                return Ok(Some(StateResponse::Full));
            }
            let number = all.last().map_or(0, |(number, _)| *number) + 1;
            let is_free = |id: &Value| !all.iter().any(|(_, item)| item.get(resource.id.name) == Some(id));
            let chosen = call.parameters.get(resource.parameter).cloned();
            let made = || (number..number + TRIES).filter_map(|number| make(resource, self.seed, number)).find(is_free);
            // An item that is created at its own path has the id of this path.
            let Some(id) = chosen.or_else(made) else { return Ok(None) };
            let item = record::created(resource, body.clone(), &template, id);
            let Some(id) = item.get(resource.id.name).and_then(text) else { return Ok(None) };
            if tx.get(scope, &id).await?.is_some() {
                return Ok(Some(StateResponse::Exists));
            }
            tx.put(scope, &id, json!({"number": number, "item": item})).await?;
            let location = location(resource, call, &id);
            Ok(Some(StateResponse::Item(item, Some(location))))
        })?;
        if let Some(StateResponse::Item(_, Some(path))) = &created {
            self.removals.restore(path).await?;
        }
        Ok(created)
    }

    async fn item(
        &self,
        resource: &Resource,
        role: Role,
        operation: usize,
        scope: &str,
        call: &Call,
    ) -> Result<Option<StateResponse>, StoreError> {
        let Some(id) = call.text(resource.parameter) else { return Ok(None) };
        let body = match (&call.body, role) {
            (Some(Value::Object(body)), _) => body.clone(),
            (_, Role::Read | Role::Delete) => Map::new(),
            _ => return Ok(None),
        };
        let request = self.document.operations.get(operation).and_then(body_type);
        transaction!(self.database, scope, |tx| -> Result<Option<StateResponse>, StoreError> {
            let Some(mut stored) = tx.get(scope, &id).await? else { return Ok(Some(StateResponse::Missing)) };
            let Some(old) = stored["item"].as_object().cloned() else { return Ok(Some(StateResponse::Missing)) };
            let item = match role {
                Role::Delete => {
                    tx.delete(scope, &id).await?;
                    return Ok(Some(StateResponse::Removed));
                }
                Role::Replace => record::replaced(resource, &old, body.clone(), request),
                Role::Patch => record::patched(resource, &old, body.clone()),
                Role::Create | Role::List | Role::Read => return Ok(Some(StateResponse::Item(old, None))),
            };
            stored["item"] = Value::Object(item.clone());
            tx.put(scope, &id, stored).await?;
            Ok(Some(StateResponse::Item(item, None)))
        })
    }

    /// Adds the initial items to a collection that has never been requested.
    async fn plant(&self, resource: &Resource, scope: &str) -> Result<(), StoreError> {
        if self.planted.lock().unwrap_or_else(PoisonError::into_inner).contains(scope) {
            return Ok(());
        }
        let template = self.template(resource);
        transaction!(self.database, scope, |tx| -> Result<(), StoreError> {
            if tx.get(PLANTED, scope).await?.is_some() {
                return Ok(());
            }
            tx.put(PLANTED, scope, Value::Bool(true)).await?;
            for number in 1..=resource.seed.min(COLLECTION_ITEMS) as u64 {
                let own = template.get(resource.id.name).filter(|id| number == 1 && is_telling(id)).cloned();
                let Some(id) = own.or_else(|| make(resource, self.seed, number)) else { continue };
                let mut item = template.clone();
                let Some(key) = text(&id) else { continue };
                item.insert(resource.id.name.to_owned(), id);
                tx.put(scope, &key, json!({"number": number, "item": item})).await?;
            }
            Ok(())
        })?;
        let mut planted = self.planted.lock().unwrap_or_else(PoisonError::into_inner);
        if planted.len() < COLLECTION_ITEMS {
            planted.insert(scope.to_owned());
        }
        Ok(())
    }

    /// An item as the document shows it.
    fn template(&self, resource: &Resource) -> Map<String, Value> {
        let sources = [(Role::Read, false), (Role::Create, false), (Role::List, true)];
        let found = sources.into_iter().find_map(|(role, listed)| {
            let index = resource.operation(role)?;
            let operation = self.document.operations.get(index)?;
            let case = choose_success(operation.ir)?;
            let described = cases(operation.ir).nth(case)?;
            let value = Contents::new(self.document).value(operation.ir, described, None, false).ok()??;
            let ty = success_type(self.document, described)?;
            let place = if listed { list_at(resource, ty) } else { item_at(resource, ty) }?;
            let part = match place {
                Place::Whole => &value,
                Place::Within(name) => value.get(name)?,
            };
            let item = if listed { part.get(0)? } else { part };
            item.as_object().cloned()
        });
        found.unwrap_or_default()
    }
}

/// The collection in the store: its path, including the values of the preceding path parameters.
fn scope(resource: &Resource, call: &Call) -> String {
    let mut scope = resource.collection.to_owned();
    for name in &resource.scope {
        let value = call.text(name).unwrap_or_default();
        scope = scope.replace(&format!("{{{name}}}"), &value);
    }
    scope
}

/// The path of an item.
fn location(resource: &Resource, call: &Call, id: &str) -> String {
    let encode = specwright_runtime::params::encode_component;
    let mut path = resource.item.replace(&format!("{{{}}}", resource.parameter), &encode(id));
    for name in &resource.scope {
        path = path.replace(&format!("{{{name}}}"), &encode(&call.text(name).unwrap_or_default()));
    }
    path
}

/// The items in the order of their creation, with their numbers.
fn in_order(records: Vec<(String, Value)>) -> Vec<(u64, Value)> {
    let items =
        records.into_iter().map(|(_, mut record)| (record["number"].as_u64().unwrap_or(0), record["item"].take()));
    let mut items: Vec<(u64, Value)> = items.collect();
    items.sort_by_key(|(number, _)| *number);
    items
}

/// An id as a key.
fn text(id: &Value) -> Option<String> {
    match id {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether an ID carries more information than a value made from a schema.
fn is_telling(id: &Value) -> bool {
    text(id).is_some_and(|id| id != "text")
}
