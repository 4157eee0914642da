//! Implements the generated trait of Prelude.

use std::collections::BTreeMap;

use generated_client::prelude_so::operations as ops;
use generated_client::prelude_so::security::Credentials;
use generated_client::prelude_so::server as api;
use generated_client::prelude_so::types;
use http::StatusCode;
use serde_json::{Value, json};
use specwright_runtime::server::{AuthError, Context, Failure, Rejection, Response};

use super::{OperationError, PreludeError, RESERVED, identifiers_of, index, users_of};
use crate::providers::methods::methods;
use crate::providers::{make, reject, rownd};
use crate::store::{Database, Key, transaction};

/// The service behind the generated trait.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) database: Database,
}

/// An accepted management key, with the applications to which it gives access.
#[derive(Debug)]
pub(crate) struct Caller {
    apps: Vec<String>,
}

/// An application to which the caller has access.
struct App<'s> {
    database: &'s Database,
    id: &'s str,
}

impl Service {
    /// The application with this ID, if the caller has access and the application's sessions are
    /// enabled.
    async fn enter<'s>(&'s self, caller: &Caller, app: &'s types::AppId) -> Result<App<'s>, OperationError> {
        let id = app.as_str();
        if !caller.apps.iter().any(|one| one == id) {
            return Err(PreludeError::NoApp.into());
        }
        let record = self.database.get("prelude/apps", id).await?;
        match record.ok_or(PreludeError::NoApp)?["session_disabled"] {
            Value::Bool(true) => Err(PreludeError::Disabled.into()),
            _ => Ok(App { database: &self.database, id }),
        }
    }
}

impl App<'_> {
    async fn patch_profile(
        &self,
        user: &types::UserId,
        profile: &BTreeMap<String, String>,
    ) -> Result<(), OperationError> {
        validate_profile(profile)?;
        let merge = |record: &mut Value| {
            for (key, value) in profile {
                record["profile"][key] = json!(value);
            }
        };
        self.change(user, merge).await
    }

    async fn set_external_id(&self, user: &types::UserId, id: &str) -> Result<(), OperationError> {
        self.change(user, |record| record["external_id"] = json!(id)).await
    }

    /// Changes a user in one transaction.
    async fn change(
        &self,
        user: &types::UserId,
        change: impl Fn(&mut Value) + Send + Sync,
    ) -> Result<(), OperationError> {
        let users = users_of(self.id);
        transaction!(self.database, user.as_str(), |tx| -> Result<(), OperationError> {
            let record = tx.get(&users, user.as_str()).await?;
            let mut record = record.ok_or(PreludeError::NoUser)?;
            change(&mut record);
            record["updated_at"] = json!(make::now());
            tx.put(&users, user.as_str(), record).await?;
            Ok(())
        })
    }

    async fn create(&self, body: &types::CreateUserRequest) -> Result<types::CreateUserResponse, OperationError> {
        let profile = body.profile.clone().unwrap_or_default();
        validate_profile(&profile)?;
        for identifier in &body.identifiers {
            validate_identifier(identifier)?;
        }
        let id = match &body.id {
            Some(id) if id.len() > 255 => {
                return Err(PreludeError::Invalid("`id` has more than 255 bytes".to_owned()).into());
            }
            Some(id) if !id.is_empty() => id.clone(),
            _ => format!("usr_{}", make::random(make::CROCKFORD, 26)),
        };
        let (now, users) = (make::now(), users_of(self.id));
        let record = json!({
            "status": "active", "identifiers": body.identifiers, "profile": profile,
            "created_at": now, "updated_at": now,
        });
        let indexed = index(&Key::new(&users, &id), &record);
        transaction!(self.database, &id, |tx| -> Result<(), OperationError> {
            if tx.get(&users, &id).await?.is_some() {
                return Err(PreludeError::Taken("a user with this id exists").into());
            }
            for (key, value) in &indexed {
                if tx.get(&key.collection, &key.id).await?.is_some() {
                    return Err(PreludeError::Taken("another user has this identifier").into());
                }
                tx.put(&key.collection, &key.id, value.clone()).await?;
            }
            tx.put(&users, &id, record.clone()).await?;
            Ok(())
        })?;
        Ok(types::CreateUserResponse::new(types::UserId::from(id)))
    }

    async fn delete(&self, user: &types::UserId) -> Result<(), OperationError> {
        let users = users_of(self.id);
        transaction!(self.database, user.as_str(), |tx| -> Result<(), OperationError> {
            let record = tx.get(&users, user.as_str()).await?.ok_or(PreludeError::NoUser)?;
            for (key, _) in index(&Key::new(&users, user.as_str()), &record) {
                tx.delete(&key.collection, &key.id).await?;
            }
            tx.delete(&users, user.as_str()).await?;
            Ok(())
        })
    }

    async fn read(&self, user: &types::UserId) -> Result<types::GetUserResponse, OperationError> {
        let user = self.user(user.as_str()).await?.ok_or(PreludeError::NoUser)?;
        Ok(types::GetUserResponse::new(user))
    }

    async fn find(&self, input: &api::ListUsersInput) -> Result<types::ListUsersResponse, OperationError> {
        let id = format!("{}:{}", input.identifier_type.as_str(), input.identifier_value);
        let user = self.database.get(&identifiers_of(self.id), &id).await?;
        let found = match user.as_ref().and_then(Value::as_str) {
            // The user may have been deleted between the two reads.
            Some(user) => self.user(user).await?,
            None => None,
        };
        Ok(types::ListUsersResponse::new(found))
    }

    async fn user(&self, id: &str) -> Result<Option<types::User>, OperationError> {
        let Some(mut record) = self.database.get(&users_of(self.id), id).await? else {
            return Ok(None);
        };
        record["id"] = json!(id);
        Ok(Some(serde_json::from_value(record)?))
    }
}

fn validate_profile(profile: &BTreeMap<String, String>) -> Result<(), PreludeError> {
    match profile.keys().find(|key| RESERVED.contains(&key.as_str())) {
        Some(key) => Err(PreludeError::Reserved(format!("the profile key `{key}` is reserved"))),
        None => Ok(()),
    }
}

fn validate_identifier(identifier: &types::Identifier) -> Result<(), PreludeError> {
    let value = identifier.value.as_str();
    let is_valid = match identifier.r#type {
        types::IdentifierType::PhoneNumber => value
            .strip_prefix('+')
            .is_some_and(|rest| (6..=15).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit())),
        _ => rownd::is_email(value),
    };
    if is_valid {
        return Ok(());
    }
    let kind = identifier.r#type.as_str();
    Err(PreludeError::Invalid(format!("the identifier is not a valid {kind}")))
}

impl api::PreludeSo for Service {
    type Principal = Caller;

    async fn authenticate(&self, credentials: Credentials, _: &Context) -> Result<Caller, AuthError> {
        let Credentials::Authorization(key) = credentials;
        let record = self.database.get("prelude/keys", key.expose()).await;
        let record = record.map_err(AuthError::internal)?;
        let record = record.ok_or(AuthError::Unauthorized)?;
        let apps = record["apps"].as_array().into_iter().flatten();
        Ok(Caller { apps: apps.filter_map(Value::as_str).map(str::to_owned).collect() })
    }

    fn reject(&self, rejection: Rejection) -> Response {
        let status = match rejection.status() {
            // The document uses 400 for all invalid requests.
            StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
            status => status,
        };
        let word = status.canonical_reason().unwrap_or_default();
        let word = word.to_ascii_lowercase().replace(' ', "_");
        reject::respond_to(rejection, status, |rejection| {
            let code = if status == StatusCode::BAD_REQUEST { "invalid_request" } else { &word };
            json!({"code": code, "status": word, "message": reject::sentences(rejection).join("; ")})
        })
    }

    methods! {
        patch_user_profile(service, caller, input: PatchUserProfileInput)
            -> PatchUserProfileSuccess::NoContent, PatchUserProfileError =
            service.enter(&caller, &input.app_id).await?.patch_profile(&input.user_id, &input.body.profile);
        list_users(service, caller, input: ListUsersInput) -> ListUsersSuccess::Ok, ListUsersError =
            service.enter(&caller, &input.app_id).await?.find(&input);
        create_user(service, caller, input: CreateUserInput) -> CreateUserSuccess::Created, CreateUserError =
            service.enter(&caller, &input.app_id).await?.create(&input.body);
        get_user(service, caller, input: GetUserInput) -> GetUserSuccess::Ok, GetUserError =
            service.enter(&caller, &input.app_id).await?.read(&input.user_id);
        delete_user(service, caller, input: DeleteUserInput) -> DeleteUserSuccess::NoContent, DeleteUserError =
            service.enter(&caller, &input.app_id).await?.delete(&input.user_id);
        set_user_external_id(service, caller, input: SetUserExternalIdInput)
            -> SetUserExternalIdSuccess::NoContent, SetUserExternalIdError =
            service.enter(&caller, &input.app_id).await?.set_external_id(&input.user_id, &input.body.external_id);
    }
}
