//! Values of user attributes: those of users, those of groups, and which of them applies.

use generated_client::looker::server::UserAttributeUserValuesInput;
use generated_client::looker::types::{
    GroupId, UserAttributeGroupValue, UserAttributeGroupValueRequest, UserAttributeWithValue,
};
use serde_json::{Value, json};

use super::error::{LookerError, OperationError};
use super::service::{Service, fields};
use super::{ATTRIBUTES, GROUPS, USERS, validate, values_of_groups, values_of_user};
use crate::store::transaction;

/// A value on the search path.
struct PathEntry {
    source: &'static str,
    rank: Option<i64>,
    value: Value,
}

impl Service {
    /// The values of a user: one for each attribute, or the whole search path of each.
    pub(super) async fn user_values(
        &self,
        input: &UserAttributeUserValuesInput,
    ) -> Result<Vec<UserAttributeWithValue>, OperationError> {
        let user = input.user_id.as_str();
        let record = self.user_record(user).await?;
        let mut shown = Vec::new();
        for (id, attribute) in self.sorted_attributes().await? {
            let listed = |ids: &Vec<_>| {
                ids.iter().any(|one: &generated_client::looker::types::UserAttributeId| one.as_str() == id)
            };
            if !input.user_attribute_ids.as_ref().is_none_or(listed) {
                continue;
            }
            let mut path = self.search_path(user, &record, &id, &attribute).await?;
            if path.is_empty() && input.include_unset == Some(true) {
                path.push(PathEntry { source: "default", rank: None, value: Value::Null });
            }
            if input.all_values != Some(true) {
                path.truncate(1);
            }
            for entry in path {
                shown.push(with_value(user, &id, &attribute, &entry, input.fields.as_deref())?);
            }
        }
        Ok(shown)
    }

    /// The candidates for a user's value. The one that applies comes first.
    async fn search_path(
        &self,
        user: &str,
        record: &Value,
        attribute_id: &str,
        attribute: &Value,
    ) -> Result<Vec<PathEntry>, OperationError> {
        let mut path = Vec::new();
        if let Some(entry) = self.database.get(&values_of_user(user), attribute_id).await? {
            path.push(PathEntry { source: "user", rank: None, value: entry["value"].clone() });
        }
        let mut of_groups = Vec::new();
        for (group, _) in self.groups(record).await? {
            if let Some(entry) = self.database.get(&values_of_groups(attribute_id), &group).await? {
                let rank = entry["rank"].as_i64();
                of_groups.push((rank.unwrap_or(i64::MAX), group, rank, entry["value"].clone()));
            }
        }
        of_groups.sort_by(|left, right| (left.0, &left.1).cmp(&(right.0, &right.1)));
        let steps = of_groups.into_iter();
        path.extend(steps.map(|(_, _, rank, value)| PathEntry { source: "group", rank, value }));
        if !attribute["default_value"].is_null() {
            path.push(PathEntry { source: "default", rank: None, value: attribute["default_value"].clone() });
        }
        Ok(path)
    }

    pub(super) async fn set_user_value(
        &self,
        user: &str,
        attribute: &str,
        value: Option<&str>,
    ) -> Result<UserAttributeWithValue, OperationError> {
        let values = values_of_user(user);
        transaction!(self.database, user, |tx| -> Result<(), OperationError> {
            tx.get(USERS, user).await?.ok_or(LookerError::Missing)?;
            let settings = tx.get(ATTRIBUTES, attribute).await?.ok_or(LookerError::Missing)?;
            validate::value(&settings, value)?;
            match value {
                Some(text) => tx.put(&values, attribute, json!({"value": text})).await?,
                None => tx.delete(&values, attribute).await?,
            }
            Ok(())
        })?;
        let (record, settings) = (self.user_record(user).await?, self.attribute_record(attribute).await?);
        let path = self.search_path(user, &record, attribute, &settings).await?;
        let unset = PathEntry { source: "default", rank: None, value: Value::Null };
        with_value(user, attribute, &settings, path.first().unwrap_or(&unset), None)
    }

    pub(super) async fn delete_user_value(&self, user: &str, attribute: &str) -> Result<(), OperationError> {
        let values = values_of_user(user);
        transaction!(self.database, user, |tx| -> Result<(), OperationError> {
            tx.get(USERS, user).await?.ok_or(LookerError::Missing)?;
            tx.get(ATTRIBUTES, attribute).await?.ok_or(LookerError::Missing)?;
            tx.delete(&values, attribute).await?;
            Ok(())
        })
    }

    pub(super) async fn group_values(
        &self,
        attribute: &str,
        names: Option<&str>,
    ) -> Result<Vec<UserAttributeGroupValue>, OperationError> {
        let settings = self.attribute_record(attribute).await?;
        let mut shown = Vec::new();
        for (group, entry) in self.database.list(&values_of_groups(attribute)).await? {
            shown.push(self.group_value(&group, attribute, &settings, entry, names).await?);
        }
        shown.sort_by_key(|value: &UserAttributeGroupValue| value.rank.value().copied());
        Ok(shown)
    }

    async fn group_value(
        &self,
        group: &str,
        attribute: &str,
        settings: &Value,
        mut entry: Value,
        names: Option<&str>,
    ) -> Result<UserAttributeGroupValue, OperationError> {
        let record = self.database.get(GROUPS, group).await?.unwrap_or_default();
        entry["group_id"] = json!(group);
        entry["group_name"] = record["name"].clone();
        entry["user_attribute_id"] = json!(attribute);
        hide(&mut entry, settings);
        fields(entry, names, &[])
    }

    /// Replaces all group values of an attribute. Values without a rank are ranked in order.
    pub(super) async fn set_group_values(
        &self,
        attribute: &str,
        body: &[UserAttributeGroupValueRequest],
    ) -> Result<Vec<UserAttributeGroupValue>, OperationError> {
        let values = values_of_groups(attribute);
        transaction!(self.database, attribute, |tx| -> Result<(), OperationError> {
            let settings = tx.get(ATTRIBUTES, attribute).await?.ok_or(LookerError::Missing)?;
            for (group, _) in tx.list(&values).await? {
                tx.delete(&values, &group).await?;
            }
            for (index, one) in body.iter().enumerate() {
                let group = one.group_id.as_ref().map(GroupId::as_str);
                let group =
                    group.ok_or_else(|| LookerError::invalid("group_id", "missing_field", "group_id is missing"))?;
                if tx.get(GROUPS, group).await?.is_none() {
                    return Err(LookerError::invalid("group_id", "invalid", "there is no such group").into());
                }
                let text = one.value.value().map(String::as_str);
                validate::value(&settings, text)?;
                let position = i64::try_from(index).unwrap_or_default();
                let rank = one.rank.value().copied().unwrap_or(position);
                tx.put(&values, group, json!({"value": text, "rank": rank})).await?;
            }
            Ok(())
        })?;
        self.group_values(attribute, None).await
    }

    pub(super) async fn update_group_value(
        &self,
        group: &str,
        attribute: &str,
        body: &UserAttributeGroupValueRequest,
    ) -> Result<UserAttributeGroupValue, OperationError> {
        let values = values_of_groups(attribute);
        let (settings, entry) =
            transaction!(self.database, attribute, |tx| -> Result<(Value, Value), OperationError> {
                let settings = tx.get(ATTRIBUTES, attribute).await?.ok_or(LookerError::Missing)?;
                tx.get(GROUPS, group).await?.ok_or(LookerError::Missing)?;
                let mut entry = tx.get(&values, group).await?.unwrap_or_else(|| json!({"value": null, "rank": 0}));
                if !body.value.is_absent() {
                    validate::value(&settings, body.value.value().map(String::as_str))?;
                    entry["value"] = json!(body.value.value());
                }
                if let Some(rank) = body.rank.value() {
                    entry["rank"] = json!(rank);
                }
                tx.put(&values, group, entry.clone()).await?;
                Ok((settings, entry))
            })?;
        self.group_value(group, attribute, &settings, entry, None).await
    }

    pub(super) async fn delete_group_value(&self, group: &str, attribute: &str) -> Result<(), OperationError> {
        let values = values_of_groups(attribute);
        transaction!(self.database, attribute, |tx| -> Result<(), OperationError> {
            tx.get(ATTRIBUTES, attribute).await?.ok_or(LookerError::Missing)?;
            tx.get(&values, group).await?.ok_or(LookerError::Missing)?;
            tx.delete(&values, group).await?;
            Ok(())
        })
    }
}

/// Removes the value of a hidden attribute.
fn hide(shown: &mut Value, settings: &Value) {
    let hidden = settings["value_is_hidden"] == json!(true);
    shown["value_is_hidden"] = json!(hidden);
    if hidden {
        shown["value"] = Value::Null;
    }
}

fn with_value(
    user: &str,
    id: &str,
    attribute: &Value,
    entry: &PathEntry,
    names: Option<&str>,
) -> Result<UserAttributeWithValue, OperationError> {
    let mut shown = json!({
        "name": attribute["name"], "label": attribute["label"], "rank": entry.rank,
        "value": entry.value, "user_id": user, "user_attribute_id": id, "source": entry.source,
        "user_can_edit": attribute["user_can_edit"] == json!(true),
        "hidden_value_domain_whitelist": attribute["hidden_value_domain_whitelist"],
    });
    hide(&mut shown, attribute);
    fields(shown, names, &[])
}
