//! Prelude's session management: applications, their users and the profiles of those.

use std::collections::BTreeMap;

use api_runtime::server::{AuthError, Context, Failure, Rejection, RejectionKind, Response};
use generated_client::prelude_so::operations as ops;
use generated_client::prelude_so::security::Credentials;
use generated_client::prelude_so::server as api;
use generated_client::prelude_so::types;
use http::StatusCode;
use serde_json::{Value, json};

use super::Certainty::{Decided, Inferred, Page, Seed};
use super::{INDEX, Rule, World, make, refuse};
use crate::store::{Database, Key, StoreError, transaction};

/// What is known of Prelude, and what was decided here.
pub const RULES: &[Rule] = &[
    (Seed, "`PATCH …/profile` answers 204, 400, 403 and 404 with `code`, `status` and `message`"),
    (Seed, "an application whose sessions are disabled answers 403 `session_disabled`"),
    (Seed, "an unknown application is 404 `app_not_found`, an unknown user 404 `user_not_found`"),
    (Decided, "an application that the key is not for is 404 `app_not_found`, like one that does not exist"),
    (Decided, "`PATCH …/profile` merges: keys that it does not name stay, and no key can be removed"),
    (
        Inferred,
        "reserved keys are the registered claims of a JWT and `sid`, `user_id`, `app_id`: profiles end up in token claims",
    ),
    (
        Page,
        "a user has `id`, `status`, `identifiers`, `profile`, `created_at` and `updated_at`; ids are `usr_` and 26 letters of a ULID",
    ),
    (Page, "`GET …/users` takes one identifier and has no pages"),
    (
        Decided,
        "an identifier belongs to one user of an application: a second one is 409, and so is an id that is taken",
    ),
    (Decided, "identifiers are judged: `+` and 6 to 15 digits, or a text around one `@`"),
    (Inferred, "`DELETE …/users/{userID}` answers 204 and frees the identifiers"),
    (Page, "`PUT …/external_id` takes up to 128 characters"),
    (Decided, "an unknown key is 401 as `application/json` with `code` `unauthorized`; the vendor's body is not known"),
];

/// Profile keys that cannot be written.
pub const RESERVED: &[&str] = &["aud", "app_id", "exp", "iat", "iss", "jti", "nbf", "sid", "sub", "user_id"];

/// The service behind the generated trait.
#[derive(Debug)]
pub(crate) struct Service {
    database: Database,
}

/// A management key that was accepted: the applications it is for.
#[derive(Debug)]
pub(crate) struct Caller {
    apps: Vec<String>,
}

/// Why a method does not succeed.
enum Fault {
    Invalid(String),
    Reserved(String),
    Taken(&'static str),
    Disabled,
    NoApp,
    NoUser,
    Store(StoreError),
    Unreadable(serde_json::Error),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl Fault {
    /// The failure of an operation that does not document this one.
    fn undocumented<E>(self) -> Failure<E> {
        match self {
            Self::Invalid(detail) | Self::Reserved(detail) => Failure::refused(RejectionKind::Malformed, detail),
            Self::Taken(detail) => Failure::refused(RejectionKind::Conflict, detail),
            Self::Disabled => Failure::refused(RejectionKind::Forbidden, "sessions are disabled"),
            Self::NoApp | Self::NoUser => Failure::refused(RejectionKind::NotFound, "there is no such thing"),
            Self::Store(error) => Failure::internal(error),
            Self::Unreadable(error) => Failure::internal(error),
        }
    }
}

/// The index of identifiers: `email_address:gary@foo.com` → user.
pub(super) fn index(key: &Key, body: &Value) -> Vec<(Key, Value)> {
    let Some(app) = key.collection.strip_prefix("prelude/users/") else {
        return Vec::new();
    };
    let identifiers = body["identifiers"].as_array().into_iter().flatten();
    identifiers
        .map(|one| {
            let id = format!("{}:{}", make::text(one, "type"), make::text(one, "value"));
            (Key::new(identifiers_of(app), id), json!(key.id))
        })
        .collect()
}

fn identifiers_of(app: &str) -> String {
    format!("{INDEX}prelude/identifiers/{app}")
}

fn users_of(app: &str) -> String {
    format!("prelude/users/{app}")
}

impl Service {
    pub(crate) fn new(world: &World) -> Self {
        Self { database: world.database.clone() }
    }

    /// Lets a key in to one of its applications, unless sessions are disabled there.
    async fn enter(&self, caller: &Caller, app: &types::AppId) -> Result<(), Fault> {
        let app = app.as_str();
        if !caller.apps.iter().any(|one| one == app) {
            return Err(Fault::NoApp);
        }
        let record = self.database.get("prelude/apps", app).await?;
        match record.ok_or(Fault::NoApp)?["session_disabled"] {
            Value::Bool(true) => Err(Fault::Disabled),
            _ => Ok(()),
        }
    }

    /// Changes a user in one transaction.
    async fn change(
        &self,
        app: &types::AppId,
        user: &types::UserId,
        change: impl Fn(&mut Value) + Send + Sync,
    ) -> Result<(), Fault> {
        let users = users_of(app.as_str());
        transaction!(self.database, user.as_str(), |tx| -> Result<(), Fault> {
            let record = tx.get(&users, user.as_str()).await?;
            let mut record = record.ok_or(Fault::NoUser)?;
            change(&mut record);
            record["updated_at"] = json!(make::now());
            tx.put(&users, user.as_str(), record).await?;
            Ok(())
        })
    }

    async fn create(&self, app: &types::AppId, body: &types::CreateUserRequest) -> Result<types::UserId, Fault> {
        let profile = body.profile.clone().unwrap_or_default();
        judge_profile(&profile)?;
        for identifier in &body.identifiers {
            judge_identifier(identifier)?;
        }
        let id = match &body.id {
            Some(id) if id.len() > 255 => {
                return Err(Fault::Invalid("`id` has more than 255 bytes".to_owned()));
            }
            Some(id) if !id.is_empty() => id.clone(),
            _ => format!("usr_{}", make::random(make::CROCKFORD, 26)),
        };
        let (now, users) = (make::now(), users_of(app.as_str()));
        let record = json!({
            "status": "active", "identifiers": body.identifiers, "profile": profile,
            "created_at": now, "updated_at": now,
        });
        let indexed = index(&Key::new(&users, &id), &record);
        transaction!(self.database, &id, |tx| -> Result<types::UserId, Fault> {
            if tx.get(&users, &id).await?.is_some() {
                return Err(Fault::Taken("a user with this id exists"));
            }
            for (key, value) in &indexed {
                if tx.get(&key.collection, &key.id).await?.is_some() {
                    return Err(Fault::Taken("another user has this identifier"));
                }
                tx.put(&key.collection, &key.id, value.clone()).await?;
            }
            tx.put(&users, &id, record.clone()).await?;
            Ok(types::UserId::from(id.clone()))
        })
    }

    async fn delete(&self, app: &types::AppId, user: &types::UserId) -> Result<(), Fault> {
        let users = users_of(app.as_str());
        transaction!(self.database, user.as_str(), |tx| -> Result<(), Fault> {
            let record = tx.get(&users, user.as_str()).await?.ok_or(Fault::NoUser)?;
            for (key, _) in index(&Key::new(&users, user.as_str()), &record) {
                tx.delete(&key.collection, &key.id).await?;
            }
            tx.delete(&users, user.as_str()).await?;
            Ok(())
        })
    }

    async fn read(&self, app: &types::AppId, user: &str) -> Result<types::User, Fault> {
        let record = self.database.get(&users_of(app.as_str()), user).await?;
        let mut record = record.ok_or(Fault::NoUser)?;
        record["id"] = json!(user);
        Ok(serde_json::from_value(record)?)
    }

    async fn find(&self, input: &api::ListUsersInput) -> Result<Vec<types::User>, Fault> {
        let app = input.app_id.as_str();
        let id = format!("{}:{}", input.identifier_type.as_str(), input.identifier_value);
        let user = self.database.get(&identifiers_of(app), &id).await?;
        let Some(user) = user.as_ref().and_then(Value::as_str) else {
            return Ok(Vec::new());
        };
        match self.read(&input.app_id, user).await {
            Ok(user) => Ok(vec![user]),
            // Deleted between the two reads.
            Err(Fault::NoUser) => Ok(Vec::new()),
            Err(fault) => Err(fault),
        }
    }
}

fn judge_profile(profile: &BTreeMap<String, String>) -> Result<(), Fault> {
    match profile.keys().find(|key| RESERVED.contains(&key.as_str())) {
        Some(key) => Err(Fault::Reserved(format!("the profile key `{key}` is reserved"))),
        None => Ok(()),
    }
}

fn judge_identifier(identifier: &types::Identifier) -> Result<(), Fault> {
    let value = identifier.value.as_str();
    let good = match identifier.r#type {
        types::IdentifierType::PhoneNumber => value
            .strip_prefix('+')
            .is_some_and(|rest| (6..=15).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit())),
        _ => super::rownd::is_email(value),
    };
    if good {
        return Ok(());
    }
    let kind = identifier.r#type.as_str();
    Err(Fault::Invalid(format!("the identifier is no {kind}")))
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
            // The document has 400 for whatever a request says.
            StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
            status => status,
        };
        let word = status.canonical_reason().unwrap_or_default();
        let word = word.to_ascii_lowercase().replace(' ', "_");
        refuse::refuse(rejection, status, |rejection| {
            let code = if status == StatusCode::BAD_REQUEST { "invalid_request" } else { &word };
            json!({"code": code, "status": word, "message": refuse::sentences(rejection).join("; ")})
        })
    }

    async fn patch_user_profile(
        &self,
        caller: Caller,
        input: api::PatchUserProfileInput,
        _: Context,
    ) -> Result<ops::PatchUserProfileSuccess, Failure<ops::PatchUserProfileError>> {
        self.enter(&caller, &input.app_id).await?;
        judge_profile(&input.body.profile)?;
        let merge = |record: &mut Value| {
            for (key, value) in &input.body.profile {
                record["profile"][key] = json!(value);
            }
        };
        self.change(&input.app_id, &input.user_id, merge).await?;
        Ok(ops::PatchUserProfileSuccess::NoContent)
    }

    async fn list_users(
        &self,
        caller: Caller,
        input: api::ListUsersInput,
        _: Context,
    ) -> Result<ops::ListUsersSuccess, Failure<ops::ListUsersError>> {
        self.enter(&caller, &input.app_id).await?;
        let users = self.find(&input).await?;
        Ok(ops::ListUsersSuccess::Ok(types::ListUsersResponse::new(users)))
    }

    async fn create_user(
        &self,
        caller: Caller,
        input: api::CreateUserInput,
        _: Context,
    ) -> Result<ops::CreateUserSuccess, Failure<ops::CreateUserError>> {
        self.enter(&caller, &input.app_id).await?;
        let id = self.create(&input.app_id, &input.body).await?;
        Ok(ops::CreateUserSuccess::Created(types::CreateUserResponse::new(id)))
    }

    async fn get_user(
        &self,
        caller: Caller,
        input: api::GetUserInput,
        _: Context,
    ) -> Result<ops::GetUserSuccess, Failure<ops::GetUserError>> {
        self.enter(&caller, &input.app_id).await?;
        let user = self.read(&input.app_id, input.user_id.as_str()).await?;
        Ok(ops::GetUserSuccess::Ok(types::GetUserResponse::new(user)))
    }

    async fn delete_user(
        &self,
        caller: Caller,
        input: api::DeleteUserInput,
        _: Context,
    ) -> Result<ops::DeleteUserSuccess, Failure<ops::DeleteUserError>> {
        self.enter(&caller, &input.app_id).await?;
        self.delete(&input.app_id, &input.user_id).await?;
        Ok(ops::DeleteUserSuccess::NoContent)
    }

    async fn set_user_external_id(
        &self,
        caller: Caller,
        input: api::SetUserExternalIdInput,
        _: Context,
    ) -> Result<ops::SetUserExternalIdSuccess, Failure<ops::SetUserExternalIdError>> {
        self.enter(&caller, &input.app_id).await?;
        let set = |record: &mut Value| record["external_id"] = json!(input.body.external_id);
        self.change(&input.app_id, &input.user_id, set).await?;
        Ok(ops::SetUserExternalIdSuccess::NoContent)
    }
}

/// `From<Fault>` for the failure of an operation: which documented variant each fault is. `invalid` and `user` say how the
/// operation documents 400 and 404.
macro_rules! documented {
    ($error:ident $(, invalid $invalid:expr)? $(, reserved $reserved:expr)?, app $app:expr $(, user $user:expr)?) => {
        impl From<Fault> for Failure<ops::$error> {
            fn from(fault: Fault) -> Self {
                match fault {
                    $(Fault::Invalid(message) => {
                        ops::$error::BadRequest($invalid(types::InvalidRequestError::new(message))).into()
                    })?
                    $(Fault::Reserved(message) => {
                        ops::$error::BadRequest($reserved(types::ReservedProfileKeyError::new(message))).into()
                    })?
                    Fault::Disabled => ops::$error::Forbidden(types::SessionDisabledError::new(
                        "sessions are disabled for this application",
                    )).into(),
                    Fault::NoApp => ops::$error::NotFound($app(types::AppNotFoundError::new(
                        "there is no such application",
                    ))).into(),
                    $(Fault::NoUser => ops::$error::NotFound($user(types::UserNotFoundError::new(
                        "there is no such user",
                    ))).into(),)?
                    fault => fault.undocumented(),
                }
            }
        }
    };
}

documented!(PatchUserProfileError,
    invalid types::PatchUserProfileBadRequest::from,
    reserved types::PatchUserProfileBadRequest::from,
    app types::PatchUserProfileNotFound::from,
    user types::PatchUserProfileNotFound::from);
documented!(ListUsersError, invalid std::convert::identity, app std::convert::identity);
documented!(CreateUserError,
    invalid types::CreateUserBadRequest::from,
    reserved types::CreateUserBadRequest::from,
    app std::convert::identity);
documented!(GetUserError, app types::GetUserNotFound::from, user types::GetUserNotFound::from);
documented!(DeleteUserError, app types::GetUserNotFound::from, user types::GetUserNotFound::from);
documented!(SetUserExternalIdError,
    invalid std::convert::identity,
    app types::GetUserNotFound::from,
    user types::GetUserNotFound::from);
