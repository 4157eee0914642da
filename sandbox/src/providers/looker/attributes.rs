//! User attributes.

use generated_client::looker::types::{UserAttribute, UserAttributeRequest};
use serde_json::{Value, json};

use super::fault::{Fault, Refusal, Wrong};
use super::service::{Service, fields};
use super::{ATTRIBUTES, USERS, unique, validate, values_of_groups, values_of_user};
use crate::providers::make;
use crate::store::{Transaction, transaction};

/// What stays in a response, whichever fields are asked for.
const REQUIRED: &[&str] = &["name", "label", "type"];

impl Service {
    pub(super) async fn attribute_record(&self, id: &str) -> Result<Value, Fault> {
        let record = self.database.get(ATTRIBUTES, id).await?;
        Ok(record.ok_or(Refusal::Missing)?)
    }

    pub(super) async fn read_attribute(&self, id: &str, names: Option<&str>) -> Result<UserAttribute, Fault> {
        shown(id, self.attribute_record(id).await?, names)
    }

    pub(super) async fn list_attributes(
        &self,
        names: Option<&str>,
        sorts: Option<&str>,
    ) -> Result<Vec<UserAttribute>, Fault> {
        let mut records = self.sorted_attributes().await?;
        if sorts.is_some_and(|sorts| sorts.trim_start().starts_with("label")) {
            records.sort_by(|(_, left), (_, right)| make::text(left, "label").cmp(make::text(right, "label")));
        }
        records.into_iter().map(|(id, record)| shown(&id, record, names)).collect()
    }

    /// All attributes in the order of their ids as numbers.
    pub(super) async fn sorted_attributes(&self) -> Result<Vec<(String, Value)>, Fault> {
        let mut records = self.database.list(ATTRIBUTES).await?;
        records.sort_by_key(|(id, _)| (id.len(), id.clone()));
        Ok(records)
    }

    pub(super) async fn create_attribute(
        &self,
        body: &UserAttributeRequest,
        names: Option<&str>,
    ) -> Result<UserAttribute, Fault> {
        let given = serde_json::to_value(body)?;
        validate_attribute(&given)?;
        transaction!(self.database, "looker/next", |tx| -> Result<UserAttribute, Fault> {
            let id = Self::next_id(tx, "attribute", ATTRIBUTES).await?;
            claim(tx, &id, &given).await?;
            let mut record = json!({
                "is_system": false, "is_permanent": false, "value_is_hidden": false,
                "user_can_view": true, "user_can_edit": true, "default_value": null,
            });
            merge(&mut record, &given);
            tx.put(ATTRIBUTES, &id, record.clone()).await?;
            shown(&id, record, names)
        })
    }

    pub(super) async fn update_attribute(
        &self,
        id: &str,
        body: &UserAttributeRequest,
        names: Option<&str>,
    ) -> Result<UserAttribute, Fault> {
        let given = serde_json::to_value(body)?;
        validate_attribute(&given)?;
        transaction!(self.database, id, |tx| -> Result<UserAttribute, Fault> {
            let mut record = tx.get(ATTRIBUTES, id).await?.ok_or(Refusal::Missing)?;
            refuse_system(&record)?;
            claim(tx, id, &given).await?;
            for field in ["name", "label"] {
                if record[field] != given[field] {
                    let old = unique(field, make::text(&record, field));
                    tx.delete(&old.collection, &old.id).await?;
                }
            }
            merge(&mut record, &given);
            tx.put(ATTRIBUTES, id, record.clone()).await?;
            shown(id, record, names)
        })
    }

    pub(super) async fn delete_attribute(&self, id: &str) -> Result<(), Fault> {
        transaction!(self.database, id, |tx| -> Result<(), Fault> {
            let record = tx.get(ATTRIBUTES, id).await?.ok_or(Refusal::Missing)?;
            refuse_system(&record)?;
            for field in ["name", "label"] {
                let key = unique(field, make::text(&record, field));
                tx.delete(&key.collection, &key.id).await?;
            }
            let groups = values_of_groups(id);
            for (group, _) in tx.list(&groups).await? {
                tx.delete(&groups, &group).await?;
            }
            for (user, _) in tx.list(USERS).await? {
                let values = values_of_user(&user);
                if tx.get(&values, id).await?.is_some() {
                    tx.delete(&values, id).await?;
                }
            }
            tx.delete(ATTRIBUTES, id).await?;
            Ok(())
        })
    }
}

fn refuse_system(record: &Value) -> Result<(), Refusal> {
    if record["is_system"] == json!(true) {
        return Err(Refusal::Forbidden("system attributes cannot be changed"));
    }
    Ok(())
}

fn validate_attribute(given: &Value) -> Result<(), Refusal> {
    for field in ["name", "label"] {
        let length = make::text(given, field).len();
        if length == 0 {
            return Err(Refusal::wrong(field, "missing_field", format!("{field} cannot be empty")));
        }
        if length > 255 {
            return Err(Refusal::wrong(field, "invalid", format!("{field} has more than 255 bytes")));
        }
    }
    validate::validate("default_value", make::text(given, "type"), given["default_value"].as_str())
}

/// Takes name and label for this attribute, if no other has them.
async fn claim(tx: &mut Transaction<'_>, id: &str, given: &Value) -> Result<(), Fault> {
    let mut wrong = Vec::new();
    for field in ["name", "label"] {
        let key = unique(field, make::text(given, field));
        match tx.get(&key.collection, &key.id).await? {
            Some(owner) if owner != json!(id) => wrong.push(Wrong {
                field,
                code: "already_exists",
                message: format!("{field} is taken by another user attribute"),
            }),
            _ => tx.put(&key.collection, &key.id, json!(id)).await?,
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong).into()) }
}

fn merge(record: &mut Value, given: &Value) {
    for (name, value) in make::members(Some(given)) {
        record[name] = value;
    }
}

fn shown(id: &str, mut record: Value, names: Option<&str>) -> Result<UserAttribute, Fault> {
    record["id"] = json!(id);
    if record["value_is_hidden"] == json!(true) {
        record["default_value"] = Value::Null;
    }
    fields(record, names, REQUIRED)
}
