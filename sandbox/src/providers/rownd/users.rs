//! Users of Rownd's applications: reads, writes and lists them.

use generated_client::rownd::server as api;
use generated_client::rownd::types::{
    App, AppConfig, AppUserData, AppUserDataPage, AppUserDataPageRequired, AppUserDataRequest, BulkUpsertOutcome,
    BulkUpsertOutcomeStatus, BulkUpsertRequest, BulkUpsertResult, BulkUpsertResultRequired, FieldValue, SortDirection,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{OperationError, RowndError, Service, not_writable, profile, upsert_error, users_of};
use crate::providers::make;
use crate::store::transaction;

/// The default number of users on a page.
const PAGE: i64 = 100;

impl Service {
    async fn record(&self, app: &str, user: &str) -> Result<Value, OperationError> {
        let record = self.database.get(&users_of(app), user).await?;
        Ok(record.ok_or(RowndError::NoUser)?)
    }

    async fn app(&self, app: &str) -> Result<Value, OperationError> {
        Ok(self.database.get("rownd/apps", app).await?.unwrap_or_default())
    }

    pub(super) async fn read(
        &self,
        app: &str,
        input: &api::ApplicationUserDataGetInput,
    ) -> Result<AppUserData, OperationError> {
        let user = input.user.as_str();
        let record = self.record(app, user).await?;
        self.to_response(app, user, record, input.fields.as_deref()).await
    }

    pub(super) async fn read_field(
        &self,
        app: &str,
        input: &api::ApplicationUserDataFieldGetInput,
    ) -> Result<FieldValue, OperationError> {
        let (user, field) = (input.user.as_str(), input.field.as_str());
        let record = self.record(app, user).await?;
        let value = match record["data"].get(field) {
            Some(value) => value.clone(),
            None if field == "user_id" => json!(user),
            None if input.fail_on_error == Some(true) => return Err(RowndError::NotShared.into()),
            None => Value::Null,
        };
        Ok(FieldValue::new(value))
    }

    pub(super) async fn write_field(
        &self,
        app: &str,
        input: api::ApplicationUserDataFieldUpdateInput,
    ) -> Result<AppUserData, OperationError> {
        use api::ApplicationUserDataFieldUpdateBody as Body;
        let field = input.field.as_str().to_owned();
        let value = match input.body {
            Some(Body::Json(body)) => body.value,
            Some(Body::Multipart(body)) => json!(body.value),
            None => return Err(RowndError::Invalid(vec![(field, "a body with `value` is missing".to_owned())]).into()),
        };
        let change = AppUserDataRequest::new().data([(field, value)]);
        self.merge(app, input.user.as_str(), &change).await
    }

    /// Creates a user, or replaces the profile of an existing one.
    pub(super) async fn upsert<T: DeserializeOwned>(
        &self,
        app: &str,
        user: &str,
        body: &AppUserDataRequest,
    ) -> Result<T, OperationError> {
        let (settings, id, users) = (self.app(app).await?, profile::id_for(user), users_of(app));
        if id.is_empty() || id.len() > 255 {
            let text = "a user id has 1 to 255 bytes".to_owned();
            return Err(RowndError::Invalid(vec![("user_id".to_owned(), text)]).into());
        }
        profile::validate(&settings, &id, body)?;
        let record = transaction!(self.database, &id, |tx| -> Result<Value, OperationError> {
            let mut record = tx.get(&users, &id).await?.unwrap_or_else(profile::fresh);
            if let Some(data) = &body.data {
                record["data"] = json!(data);
            }
            if let Some(attributes) = &body.attributes {
                record["attributes"] = json!(attributes);
            }
            record["meta"]["modified"] = json!(make::now());
            tx.put(&users, &id, record.clone()).await?;
            Ok(record)
        })?;
        self.to_response(app, &id, record, None).await
    }

    /// Writes the given fields of a user and keeps the others.
    pub(super) async fn merge<T: DeserializeOwned>(
        &self,
        app: &str,
        user: &str,
        body: &AppUserDataRequest,
    ) -> Result<T, OperationError> {
        profile::validate(&self.app(app).await?, user, body)?;
        let change = |record: &mut Value| {
            for (field, value) in body.data.iter().flatten() {
                record["data"][field] = value.clone();
            }
            for (name, values) in body.attributes.iter().flatten() {
                record["attributes"][name] = json!(values);
            }
        };
        self.change(app, user, change).await
    }

    pub(super) async fn set_state<T: DeserializeOwned>(
        &self,
        app: &str,
        user: &str,
        state: &str,
    ) -> Result<T, OperationError> {
        self.change(app, user, |record| record["state"] = json!(state)).await
    }

    async fn change<T: DeserializeOwned>(
        &self,
        app: &str,
        user: &str,
        change: impl Fn(&mut Value) + Send + Sync,
    ) -> Result<T, OperationError> {
        let users = users_of(app);
        let record = transaction!(self.database, user, |tx| -> Result<Value, OperationError> {
            let mut record = tx.get(&users, user).await?.ok_or(RowndError::NoUser)?;
            change(&mut record);
            record["meta"]["modified"] = json!(make::now());
            tx.put(&users, user, record.clone()).await?;
            Ok(record)
        })?;
        self.to_response(app, user, record, None).await
    }

    pub(super) async fn delete(&self, app: &str, user: &str) -> Result<(), OperationError> {
        let users = users_of(app);
        transaction!(self.database, user, |tx| -> Result<(), OperationError> {
            tx.get(&users, user).await?.ok_or(RowndError::NoUser)?;
            tx.delete(&users, user).await?;
            Ok(())
        })
    }

    /// A user as returned in responses: with the ID in `data`, the groups, and only the requested
    /// fields.
    async fn to_response<T: DeserializeOwned>(
        &self,
        app: &str,
        user: &str,
        mut record: Value,
        fields: Option<&[String]>,
    ) -> Result<T, OperationError> {
        record["data"]["user_id"] = json!(user);
        if let (Some(fields), Some(data)) = (fields, record["data"].as_object_mut()) {
            data.retain(|field, _| field == "user_id" || fields.contains(field));
        }
        record["groups"] = self.groups(app, user).await?;
        Ok(serde_json::from_value(record)?)
    }

    /// The groups of a user.
    async fn groups(&self, app: &str, user: &str) -> Result<Value, OperationError> {
        let mut found = Vec::new();
        for (id, mut group) in self.database.list(&format!("rownd/groups/{app}")).await? {
            let members = group["members"].take();
            for (position, member) in members.as_array().into_iter().flatten().enumerate() {
                if make::text(member, "user_id") == user {
                    found.push(json!({
                        "group": group_response(app, &id, group.clone()),
                        "member": member_response(&id, member.clone(), position),
                    }));
                }
            }
        }
        Ok(json!(found))
    }

    pub(super) async fn page(
        &self,
        app: &str,
        input: &api::ApplicationUsersDataListInput,
    ) -> Result<AppUserDataPage, OperationError> {
        let mut users = self.database.list(&users_of(app)).await?;
        users.retain(|(id, record)| {
            let listed = input.id_filter.as_ref().is_none_or(|ids| ids.contains(id));
            listed && input.lookup_filter.as_ref().is_none_or(|texts| is_found_by(id, record, texts))
        });
        let descending = input.sort == Some(SortDirection::Desc);
        if descending {
            users.reverse();
        }
        let total_results = i64::try_from(users.len()).unwrap_or(i64::MAX);
        if let Some(after) = &input.after {
            users.retain(|(id, _)| if descending { id < after } else { id > after });
        }
        users.truncate(usize::try_from(input.page_size.unwrap_or(PAGE)).unwrap_or_default());
        let mut results: Vec<AppUserData> = Vec::new();
        for (id, record) in users {
            results.push(self.to_response(app, &id, record, input.fields.as_deref()).await?);
        }
        Ok(AppUserDataPage::new(AppUserDataPageRequired { total_results, results }))
    }

    pub(super) async fn bulk(&self, app: &str, body: BulkUpsertRequest) -> Result<BulkUpsertResult, OperationError> {
        let mut results = Vec::new();
        for user in body.users {
            let id = user.user_id.unwrap_or_else(|| "__default__".to_owned());
            let request = AppUserDataRequest::new().data(user.data);
            results.push(match self.upsert(app, &id, &request).await {
                Ok(result) => BulkUpsertOutcome::new(BulkUpsertOutcomeStatus::Success).result(result),
                Err(error) => {
                    BulkUpsertOutcome::new(BulkUpsertOutcomeStatus::Failure).error(upsert_error(invalid_fields(error)?))
                }
            });
        }
        let has_failures = results.iter().any(|one| one.error.is_some());
        let total_results = i64::try_from(results.len()).unwrap_or(i64::MAX);
        Ok(BulkUpsertResult::new(BulkUpsertResultRequired { total_results, has_failures, results }))
    }

    pub(super) async fn app_config(&self, app: &str) -> Result<AppConfig, OperationError> {
        let record = self.app(app).await?;
        let mut config = App::new(app);
        config.name = record["name"].as_str().map(str::to_owned);
        config.additional_properties.insert("schema".to_owned(), record["schema"].clone());
        Ok(AppConfig::new(config))
    }
}

/// The invalid fields of one user in a bulk request. Other errors are passed on.
fn invalid_fields(error: OperationError) -> Result<Vec<(String, String)>, OperationError> {
    match error {
        OperationError::Api(RowndError::Invalid(fields)) => Ok(fields),
        OperationError::Api(RowndError::ReadOnly(field)) => {
            let text = not_writable(&field);
            Ok(vec![(field, text)])
        }
        error => Err(error),
    }
}

fn is_found_by(id: &str, record: &Value, texts: &[String]) -> bool {
    let fields = ["email", "phone_number"];
    let mut values = fields.iter().map(|field| make::text(&record["data"], field)).chain([id]);
    values.any(|value| texts.iter().any(|text| text == value))
}

fn group_response(app: &str, id: &str, mut group: Value) -> Value {
    if let Some(members) = group.as_object_mut() {
        members.remove("members");
    }
    group["id"] = json!(id);
    group["app_id"] = json!(app);
    group["member_count"] = json!(0);
    group
}

/// A member as returned in responses. The first member is an owner. A member without a state has a
/// pending invitation.
fn member_response(group: &str, mut member: Value, position: usize) -> Value {
    let mut roles = member["roles"].as_array().cloned().unwrap_or_default();
    if position == 0 && !roles.contains(&json!("owner")) {
        roles.insert(0, json!("owner"));
    }
    member["roles"] = json!(roles);
    member["group_id"] = json!(group);
    if member["state"].is_null() {
        member["state"] = json!(if position == 0 { "active" } else { "invite_pending" });
    }
    member
}
