//! What Rownd's operations do to the records.

use generated_client::rownd::server::ApplicationUsersDataListInput;
use generated_client::rownd::types::{
    App, AppUserData, AppUserDataPage, AppUserDataRequest, BulkUpsertOutcome, BulkUpsertOutcomeStatus,
    BulkUpsertRequest, BulkUpsertResult, SortDirection,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Fault, profile};
use crate::providers::{World, make};
use crate::store::{Database, transaction};

/// How many users a page has if nobody says.
const PAGE: i64 = 100;

/// The service behind the generated trait.
#[derive(Debug)]
pub(crate) struct Service {
    pub(super) database: Database,
}

fn users_of(app: &str) -> String {
    format!("rownd/users/{app}")
}

impl Service {
    pub(crate) fn new(world: &World) -> Self {
        Self { database: world.database.clone() }
    }

    pub(super) async fn record(&self, app: &str, user: &str) -> Result<Value, Fault> {
        let record = self.database.get(&users_of(app), user).await?;
        record.ok_or(Fault::NoUser)
    }

    async fn app(&self, app: &str) -> Result<Value, Fault> {
        Ok(self.database.get("rownd/apps", app).await?.unwrap_or_default())
    }

    /// Creates a user or replaces the profile of one.
    pub(super) async fn upsert<T: DeserializeOwned>(
        &self,
        app: &str,
        user: &str,
        body: &AppUserDataRequest,
    ) -> Result<T, Fault> {
        let (settings, id, users) = (self.app(app).await?, profile::id_for(user), users_of(app));
        if id.is_empty() || id.len() > 255 {
            let text = "a user id has 1 to 255 bytes".to_owned();
            return Err(Fault::Invalid(vec![("user_id".to_owned(), text)]));
        }
        profile::judge(&settings, &id, body)?;
        let record = transaction!(self.database, &id, |tx| -> Result<Value, Fault> {
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
        self.shown(app, &id, record, None).await
    }

    /// Writes the given fields of a user and keeps the others.
    pub(super) async fn merge<T: DeserializeOwned>(
        &self,
        app: &str,
        user: &str,
        body: &AppUserDataRequest,
    ) -> Result<T, Fault> {
        profile::judge(&self.app(app).await?, user, body)?;
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

    pub(super) async fn set_state<T: DeserializeOwned>(&self, app: &str, user: &str, state: &str) -> Result<T, Fault> {
        self.change(app, user, |record| record["state"] = json!(state)).await
    }

    async fn change<T: DeserializeOwned>(
        &self,
        app: &str,
        user: &str,
        change: impl Fn(&mut Value) + Send + Sync,
    ) -> Result<T, Fault> {
        let users = users_of(app);
        let record = transaction!(self.database, user, |tx| -> Result<Value, Fault> {
            let mut record = tx.get(&users, user).await?.ok_or(Fault::NoUser)?;
            change(&mut record);
            record["meta"]["modified"] = json!(make::now());
            tx.put(&users, user, record.clone()).await?;
            Ok(record)
        })?;
        self.shown(app, user, record, None).await
    }

    pub(super) async fn delete(&self, app: &str, user: &str) -> Result<(), Fault> {
        let users = users_of(app);
        transaction!(self.database, user, |tx| -> Result<(), Fault> {
            tx.get(&users, user).await?.ok_or(Fault::NoUser)?;
            tx.delete(&users, user).await?;
            Ok(())
        })
    }

    /// A user as answers show them: with the id in `data`, the groups, and only the fields that were asked for.
    pub(super) async fn shown<T: DeserializeOwned>(
        &self,
        app: &str,
        user: &str,
        mut record: Value,
        fields: Option<&[String]>,
    ) -> Result<T, Fault> {
        record["data"]["user_id"] = json!(user);
        if let (Some(fields), Some(data)) = (fields, record["data"].as_object_mut()) {
            data.retain(|field, _| field == "user_id" || fields.contains(field));
        }
        record["groups"] = self.groups(app, user).await?;
        Ok(serde_json::from_value(record)?)
    }

    /// The groups that a user is in.
    async fn groups(&self, app: &str, user: &str) -> Result<Value, Fault> {
        let mut found = Vec::new();
        for (id, mut group) in self.database.list(&format!("rownd/groups/{app}")).await? {
            let members = group["members"].take();
            for (place, member) in members.as_array().into_iter().flatten().enumerate() {
                if make::text(member, "user_id") == user {
                    found.push(json!({
                        "group": shown_group(app, &id, group.clone()),
                        "member": shown_member(&id, member.clone(), place),
                    }));
                }
            }
        }
        Ok(json!(found))
    }

    pub(super) async fn page(
        &self,
        app: &str,
        input: &ApplicationUsersDataListInput,
    ) -> Result<AppUserDataPage, Fault> {
        let mut users = self.database.list(&users_of(app)).await?;
        users.retain(|(id, record)| {
            let listed = input.id_filter.as_ref().is_none_or(|ids| ids.contains(id));
            listed && input.lookup_filter.as_ref().is_none_or(|texts| is_found_by(id, record, texts))
        });
        let descending = input.sort == Some(SortDirection::Desc);
        if descending {
            users.reverse();
        }
        let total = i64::try_from(users.len()).unwrap_or(i64::MAX);
        if let Some(after) = &input.after {
            users.retain(|(id, _)| if descending { id < after } else { id > after });
        }
        users.truncate(usize::try_from(input.page_size.unwrap_or(PAGE)).unwrap_or_default());
        let mut results: Vec<AppUserData> = Vec::new();
        for (id, record) in users {
            results.push(self.shown(app, &id, record, input.fields.as_deref()).await?);
        }
        Ok(AppUserDataPage::new(total, results))
    }

    pub(super) async fn bulk(&self, app: &str, body: BulkUpsertRequest) -> Result<BulkUpsertResult, Fault> {
        let mut results = Vec::new();
        for user in body.users {
            let id = user.user_id.unwrap_or_else(|| "__default__".to_owned());
            let request = AppUserDataRequest { attributes: None, data: Some(user.data) };
            results.push(match self.upsert(app, &id, &request).await {
                Ok(result) => BulkUpsertOutcome {
                    result: Some(result),
                    ..BulkUpsertOutcome::new(BulkUpsertOutcomeStatus::Success)
                },
                Err(fault) => BulkUpsertOutcome {
                    error: Some(fault.or_read_only().upsert_error()?),
                    ..BulkUpsertOutcome::new(BulkUpsertOutcomeStatus::Failure)
                },
            });
        }
        let failed = results.iter().any(|one| one.error.is_some());
        let total = i64::try_from(results.len()).unwrap_or(i64::MAX);
        Ok(BulkUpsertResult::new(total, failed, results))
    }

    pub(super) async fn app_config(&self, app: &str) -> Result<App, Fault> {
        let record = self.app(app).await?;
        let mut config = App::new(app);
        config.name = record["name"].as_str().map(str::to_owned);
        config.additional_properties.insert("schema".to_owned(), record["schema"].clone());
        Ok(config)
    }
}

impl Fault {
    /// A field that cannot be written, as an error of that field.
    fn or_read_only(self) -> Self {
        match self {
            Self::ReadOnly(field) => {
                let text = format!("the field `{field}` is not writable");
                Self::Invalid(vec![(field, text)])
            }
            fault => fault,
        }
    }
}

fn is_found_by(id: &str, record: &Value, texts: &[String]) -> bool {
    let fields = ["email", "phone_number"];
    let mut values = fields.iter().map(|field| make::text(&record["data"], field)).chain([id]);
    values.any(|value| texts.iter().any(|text| text == value))
}

fn shown_group(app: &str, id: &str, mut group: Value) -> Value {
    if let Some(members) = group.as_object_mut() {
        members.remove("members");
    }
    group["id"] = json!(id);
    group["app_id"] = json!(app);
    group["member_count"] = json!(0);
    group
}

/// A member; the first of a group is an owner, and whoever has no state has not accepted yet.
fn shown_member(group: &str, mut member: Value, place: usize) -> Value {
    let mut roles = member["roles"].as_array().cloned().unwrap_or_default();
    if place == 0 && !roles.contains(&json!("owner")) {
        roles.insert(0, json!("owner"));
    }
    member["roles"] = json!(roles);
    member["group_id"] = json!(group);
    if member["state"].is_null() {
        member["state"] = json!(if place == 0 { "active" } else { "invite_pending" });
    }
    member
}
