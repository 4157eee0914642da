//! Login, logout and users.

use generated_client::looker::server::{AllUsersInput, LoginInput};
use generated_client::looker::types::{AccessToken, User, UserRequest};
use serde_json::{Value, json};

use super::error::{LookerError, OperationError};
use super::service::{Caller, Service, fields};
use super::{GROUPS, TOKENS, USERS, values_of_user};
use crate::providers::make;
use crate::store::transaction;

impl Service {
    pub(super) async fn log_in(&self, input: LoginInput) -> Result<AccessToken, OperationError> {
        let form = input.body.unwrap_or_default();
        let id = input.client_id.or(form.client_id).ok_or(LookerError::Missing)?;
        let secret = input.client_secret.or(form.client_secret).ok_or(LookerError::Missing)?;
        let client = self.database.get("looker/clients", &id).await?;
        let client = client.filter(|client| secret.matches(make::text(client, "client_secret")));
        let client = client.ok_or(LookerError::Missing)?;
        let user = make::text(&client, "user_id");
        let record = self.database.get(USERS, user).await?.ok_or(LookerError::Missing)?;
        if record["is_disabled"] == json!(true) {
            return Err(LookerError::Missing.into());
        }
        let token = make::random(make::BASE36, 40);
        let expires_at = make::seconds().saturating_add(self.token_lifetime);
        let entry = json!({"user_id": user, "expires_at": expires_at});
        transaction!(self.database, &token, |tx| -> Result<(), OperationError> {
            tx.put(TOKENS, &token, entry.clone()).await?;
            Ok(())
        })?;
        Ok(AccessToken::new()
            .access_token(token)
            .token_type("Bearer")
            .expires_in(self.token_lifetime)
            .refresh_token(None))
    }

    pub(super) async fn log_out(&self, caller: &Caller) -> Result<(), OperationError> {
        transaction!(self.database, &caller.token, |tx| -> Result<(), OperationError> {
            tx.delete(TOKENS, &caller.token).await?;
            Ok(())
        })
    }

    pub(super) async fn user_record(&self, id: &str) -> Result<Value, OperationError> {
        let record = self.database.get(USERS, id).await?;
        Ok(record.ok_or(LookerError::Missing)?)
    }

    pub(super) async fn read_user(&self, id: &str, names: Option<&str>) -> Result<User, OperationError> {
        to_user(id, self.user_record(id).await?, names)
    }

    pub(super) async fn list_users(&self, input: &AllUsersInput) -> Result<Vec<User>, OperationError> {
        let mut users = self.database.list(USERS).await?;
        if let Some(ids) = &input.ids {
            users.retain(|(id, _)| ids.iter().any(|one| one.as_str() == id));
        }
        // IDs are strings of digits, and are sorted as numbers.
        users.sort_by_key(|(id, _)| (id.len(), id.clone()));
        sort(&mut users, input.sorts.as_deref().unwrap_or_default());
        let count = |number: Option<i64>| number.map(|n| usize::try_from(n).unwrap_or_default());
        let skipped = users.into_iter().skip(count(input.offset).unwrap_or_default());
        let page = skipped.take(count(input.limit).unwrap_or(usize::MAX));
        page.map(|(id, record)| to_user(&id, record, input.fields.as_deref())).collect()
    }

    pub(super) async fn create_user(&self, body: &UserRequest) -> Result<User, OperationError> {
        let given = serde_json::to_value(body)?;
        let id = transaction!(self.database, "looker/next", |tx| -> Result<String, OperationError> {
            let id = Self::next_id(tx, "user", USERS).await?;
            let mut record = json!({"is_disabled": false, "group_ids": []});
            merge(&mut record, &given);
            tx.put(USERS, &id, record).await?;
            Ok(id)
        })?;
        self.read_user(&id, None).await
    }

    pub(super) async fn update_user(&self, id: &str, body: &UserRequest) -> Result<User, OperationError> {
        let given = serde_json::to_value(body)?;
        transaction!(self.database, id, |tx| -> Result<User, OperationError> {
            let mut record = tx.get(USERS, id).await?.ok_or(LookerError::Missing)?;
            merge(&mut record, &given);
            tx.put(USERS, id, record.clone()).await?;
            to_user(id, record, None)
        })
    }

    pub(super) async fn delete_user(&self, caller: &Caller, id: &str) -> Result<(), OperationError> {
        if caller.user == id {
            return Err(LookerError::Forbidden("you cannot delete yourself").into());
        }
        let values = values_of_user(id);
        transaction!(self.database, id, |tx| -> Result<(), OperationError> {
            tx.get(USERS, id).await?.ok_or(LookerError::Missing)?;
            for (attribute, _) in tx.list(&values).await? {
                tx.delete(&values, &attribute).await?;
            }
            tx.delete(USERS, id).await?;
            Ok(())
        })
    }

    /// The existing groups of a user, with ID and name.
    pub(super) async fn groups(&self, user: &Value) -> Result<Vec<(String, String)>, OperationError> {
        let mut groups = Vec::new();
        for id in user["group_ids"].as_array().into_iter().flatten() {
            let id = id.as_str().unwrap_or_default();
            if let Some(group) = self.database.get(GROUPS, id).await? {
                groups.push((id.to_owned(), make::text(&group, "name").to_owned()));
            }
        }
        Ok(groups)
    }
}

fn merge(record: &mut Value, given: &Value) {
    for (name, value) in make::members(Some(given)) {
        record[name] = value;
    }
}

/// A user as returned in responses.
fn to_user(id: &str, mut record: Value, names: Option<&str>) -> Result<User, OperationError> {
    let parts = ["first_name", "last_name"].map(|name| make::text(&record, name));
    record["display_name"] = json!(parts.join(" ").trim());
    record["id"] = json!(id);
    fields(record, names, &[])
}

/// Sorts by a list such as `last_name desc, id`. Unknown fields have no effect.
fn sort(users: &mut [(String, Value)], sorts: &str) {
    let orders: Vec<&str> = sorts.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
    // The sort is stable, so the most significant field is sorted last.
    for order in orders.into_iter().rev() {
        let mut words = order.split_whitespace();
        let name = words.next().unwrap_or_default();
        let descending = words.next().is_some_and(|word| word.eq_ignore_ascii_case("desc"));
        users.sort_by(|(left_id, left), (right_id, right)| {
            let ordering = if name == "id" {
                (left_id.len(), left_id).cmp(&(right_id.len(), right_id))
            } else {
                make::text(left, name).cmp(make::text(right, name))
            };
            if descending { ordering.reverse() } else { ordering }
        });
    }
}
