//! User attributes.

use generated_client::looker::types::{UserAttribute, UserAttributeRequest};
use serde_json::{Value, json};

use super::error::{FieldError, LookerError, OperationError};
use super::service::{Service, fields};
use super::{ATTRIBUTES, USERS, unique, validate, values_of_groups, values_of_user};
use crate::providers::make;
use crate::store::{Transaction, transaction};

/// Members that are kept in a response whatever fields are requested.
const REQUIRED: &[&str] = &["name", "label", "type"];

impl Service {
    pub(super) async fn attribute_record(&self, id: &str) -> Result<Value, OperationError> {
        let record = self.database.get(ATTRIBUTES, id).await?;
        Ok(record.ok_or(LookerError::Missing)?)
    }

    pub(super) async fn read_attribute(&self, id: &str, names: Option<&str>) -> Result<UserAttribute, OperationError> {
        to_attribute(id, self.attribute_record(id).await?, names)
    }

    pub(super) async fn list_attributes(
        &self,
        names: Option<&str>,
        sorts: Option<&str>,
    ) -> Result<Vec<UserAttribute>, OperationError> {
        let mut records = self.sorted_attributes().await?;
        if sorts.is_some_and(|sorts| sorts.trim_start().starts_with("label")) {
            records.sort_by(|(_, left), (_, right)| make::text(left, "label").cmp(make::text(right, "label")));
        }
        records.into_iter().map(|(id, record)| to_attribute(&id, record, names)).collect()
    }

    /// All attributes, in the numeric order of their IDs.
    pub(super) async fn sorted_attributes(&self) -> Result<Vec<(String, Value)>, OperationError> {
        let mut records = self.database.list(ATTRIBUTES).await?;
        records.sort_by_key(|(id, _)| (id.len(), id.clone()));
        Ok(records)
    }

    pub(super) async fn create_attribute(
        &self,
        body: &UserAttributeRequest,
        names: Option<&str>,
    ) -> Result<UserAttribute, OperationError> {
        let given = serde_json::to_value(body)?;
        validate_attribute(&given)?;
        transaction!(self.database, "looker/next", |tx| -> Result<UserAttribute, OperationError> {
            let id = Self::next_id(tx, "attribute", ATTRIBUTES).await?;
            reserve(tx, &id, &given).await?;
            let mut record = json!({
                "is_system": false, "is_permanent": false, "value_is_hidden": false,
                "user_can_view": true, "user_can_edit": true, "default_value": null,
            });
            merge(&mut record, &given);
            tx.put(ATTRIBUTES, &id, record.clone()).await?;
            to_attribute(&id, record, names)
        })
    }

    pub(super) async fn update_attribute(
        &self,
        id: &str,
        body: &UserAttributeRequest,
        names: Option<&str>,
    ) -> Result<UserAttribute, OperationError> {
        let given = serde_json::to_value(body)?;
        validate_attribute(&given)?;
        transaction!(self.database, id, |tx| -> Result<UserAttribute, OperationError> {
            let mut record = tx.get(ATTRIBUTES, id).await?.ok_or(LookerError::Missing)?;
            refuse_system(&record)?;
            reserve(tx, id, &given).await?;
            for field in ["name", "label"] {
                if record[field] != given[field] {
                    let old = unique(field, make::text(&record, field));
                    tx.delete(&old.collection, &old.id).await?;
                }
            }
            merge(&mut record, &given);
            tx.put(ATTRIBUTES, id, record.clone()).await?;
            to_attribute(id, record, names)
        })
    }

    pub(super) async fn delete_attribute(&self, id: &str) -> Result<(), OperationError> {
        transaction!(self.database, id, |tx| -> Result<(), OperationError> {
            let record = tx.get(ATTRIBUTES, id).await?.ok_or(LookerError::Missing)?;
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

fn refuse_system(record: &Value) -> Result<(), LookerError> {
    if record["is_system"] == json!(true) {
        return Err(LookerError::Forbidden("system attributes cannot be changed"));
    }
    Ok(())
}

fn validate_attribute(given: &Value) -> Result<(), LookerError> {
    for field in ["name", "label"] {
        let length = make::text(given, field).len();
        if length == 0 {
            return Err(LookerError::invalid(field, "missing_field", format!("{field} cannot be empty")));
        }
        if length > 255 {
            return Err(LookerError::invalid(field, "invalid", format!("{field} has more than 255 bytes")));
        }
    }
    validate::validate("default_value", make::text(given, "type"), given["default_value"].as_str())
}

/// Reserves name and label for this attribute, unless another attribute has them.
async fn reserve(tx: &mut Transaction<'_>, id: &str, given: &Value) -> Result<(), OperationError> {
    let mut taken = Vec::new();
    for field in ["name", "label"] {
        let key = unique(field, make::text(given, field));
        match tx.get(&key.collection, &key.id).await? {
            Some(owner) if owner != json!(id) => taken.push(FieldError {
                field,
                code: "already_exists",
                message: format!("{field} is taken by another user attribute"),
            }),
            _ => tx.put(&key.collection, &key.id, json!(id)).await?,
        }
    }
    if taken.is_empty() { Ok(()) } else { Err(LookerError::Invalid(taken).into()) }
}

fn merge(record: &mut Value, given: &Value) {
    for (name, value) in make::members(Some(given)) {
        record[name] = value;
    }
}

fn to_attribute(id: &str, mut record: Value, names: Option<&str>) -> Result<UserAttribute, OperationError> {
    record["id"] = json!(id);
    if record["value_is_hidden"] == json!(true) {
        record["default_value"] = Value::Null;
    }
    fields(record, names, REQUIRED)
}
