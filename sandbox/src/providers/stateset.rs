//! `StateSet`: users, as its page has them. Nothing here is verified.

use api_runtime::server::{AuthError, Context, Failure, Rejection, RejectionKind, Response};
use generated_client::stateset::operations as ops;
use generated_client::stateset::security::Credentials;
use generated_client::stateset::server as api;
use generated_client::stateset::types::User;
use serde_json::{Value, json};

use super::Certainty::{Decided, Page, Seed};
use super::{Rule, World, make, refuse};
use crate::store::{Database, StoreError, transaction};

/// What is known of `StateSet`, and what was decided here.
pub const RULES: &[Rule] = &[
    (Seed, "`PUT /v1/users/{id}` writes the fields of the page's table and answers the user; none is required"),
    (Seed, "`Authorization: Token <token>` is accepted"),
    (Page, "`Authorization: Bearer <token>` is accepted too"),
    (Page, "`GET /v1/users/{id}`, `POST /v1/users` and `GET /v1/users` exist; the list has no pages"),
    (Decided, "`PUT` keeps the fields that it does not name"),
    (Decided, "`PUT` of an unknown user is 404 without a body, and creates nothing"),
    (Decided, "the path decides the id; an `id` in the body of a `PUT` is ignored"),
    (Decided, "`POST` makes an id if the body has none, and refuses one that is taken with 409"),
    (Decided, "errors have the body `{\"error\": {\"message\": …}}`"),
];

const USERS: &str = "stateset/users";

/// The service behind the generated trait.
#[derive(Debug)]
pub(crate) struct Service {
    database: Database,
}

/// Why a method does not succeed.
enum Fault {
    Missing,
    Taken,
    BadId,
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
    fn failure<E>(self, missing: Option<E>) -> Failure<E> {
        match (self, missing) {
            (Self::Missing, Some(error)) => error.into(),
            (Self::Missing, None) => Failure::refused(RejectionKind::NotFound, "there is no such user"),
            (Self::Taken, _) => Failure::refused(RejectionKind::Conflict, "a user with this id exists"),
            (Self::BadId, _) => Failure::refused(RejectionKind::Invalid, "`id` has more than 255 bytes"),
            (Self::Store(error), _) => Failure::internal(error),
            (Self::Unreadable(error), _) => Failure::internal(error),
        }
    }
}

impl Service {
    pub(crate) fn new(world: &World) -> Self {
        Self { database: world.database.clone() }
    }

    async fn create(&self, user: &User) -> Result<User, Fault> {
        let id = match &user.id {
            Some(id) if id.as_str().len() > 255 => return Err(Fault::BadId),
            Some(id) if !id.as_str().is_empty() => id.as_str().to_owned(),
            _ => make::uuid(),
        };
        let record = fields(user)?;
        transaction!(self.database, &id, |tx| -> Result<User, Fault> {
            if tx.get(USERS, &id).await?.is_some() {
                return Err(Fault::Taken);
            }
            tx.put(USERS, &id, record.clone()).await?;
            read(&id, record.clone())
        })
    }

    async fn update(&self, id: &str, user: &User) -> Result<User, Fault> {
        let given = make::members(Some(&fields(user)?));
        transaction!(self.database, id, |tx| -> Result<User, Fault> {
            let mut record = tx.get(USERS, id).await?.ok_or(Fault::Missing)?;
            for (name, value) in &given {
                record[name] = value.clone();
            }
            tx.put(USERS, id, record.clone()).await?;
            read(id, record)
        })
    }

    async fn get(&self, id: &str) -> Result<User, Fault> {
        let record = self.database.get(USERS, id).await?;
        read(id, record.ok_or(Fault::Missing)?)
    }

    async fn all(&self) -> Result<Vec<User>, Fault> {
        let records = self.database.list(USERS).await?.into_iter();
        records.map(|(id, record)| read(&id, record)).collect()
    }
}

/// What is kept of a user: everything but the id.
fn fields(user: &User) -> Result<Value, Fault> {
    let mut record = serde_json::to_value(user)?;
    if let Some(members) = record.as_object_mut() {
        members.remove("id");
    }
    Ok(record)
}

fn read(id: &str, mut record: Value) -> Result<User, Fault> {
    record["id"] = json!(id);
    Ok(serde_json::from_value(record)?)
}

impl api::Stateset for Service {
    type Principal = ();

    async fn authenticate(&self, credentials: Credentials, _: &Context) -> Result<(), AuthError> {
        let (Credentials::Token(token) | Credentials::Bearer(token)) = credentials;
        let record = self.database.get("stateset/tokens", token.expose()).await;
        match record.map_err(AuthError::internal)? {
            Some(_) => Ok(()),
            None => Err(AuthError::Unauthorized),
        }
    }

    fn reject(&self, rejection: Rejection) -> Response {
        let status = rejection.status();
        refuse::refuse(
            rejection,
            status,
            |rejection| json!({"error": {"message": refuse::sentences(rejection).join("; ")}}),
        )
    }

    async fn list_users(
        &self,
        (): (),
        _: api::ListUsersInput,
        _: Context,
    ) -> Result<ops::ListUsersSuccess, Failure<ops::ListUsersError>> {
        let users = self.all().await.map_err(|fault| fault.failure(None))?;
        Ok(ops::ListUsersSuccess::Ok(users))
    }

    async fn create_user(
        &self,
        (): (),
        input: api::CreateUserInput,
        _: Context,
    ) -> Result<ops::CreateUserSuccess, Failure<ops::CreateUserError>> {
        let user = self.create(&input.body).await;
        let user = user.map_err(|fault| fault.failure(None))?;
        Ok(ops::CreateUserSuccess::Created(user))
    }

    async fn get_user(
        &self,
        (): (),
        input: api::GetUserInput,
        _: Context,
    ) -> Result<ops::GetUserSuccess, Failure<ops::GetUserError>> {
        let user = self.get(input.id.as_str()).await;
        let user = user.map_err(|fault| fault.failure(Some(ops::GetUserError::NotFound)))?;
        Ok(ops::GetUserSuccess::Ok(user))
    }

    async fn update_user(
        &self,
        (): (),
        input: api::UpdateUserInput,
        _: Context,
    ) -> Result<ops::UpdateUserSuccess, Failure<ops::UpdateUserError>> {
        let user = self.update(input.id.as_str(), &input.body).await;
        let user = user.map_err(|fault| fault.failure(Some(ops::UpdateUserError::NotFound)))?;
        Ok(ops::UpdateUserSuccess::Ok(user))
    }
}
