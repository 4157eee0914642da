//! `StateSet`: users, as its documentation describes them. None of this has been verified.

use std::borrow::Cow;

use generated_client::stateset::operations as ops;
use generated_client::stateset::security::Credentials;
use generated_client::stateset::server as api;
use generated_client::stateset::types::User;
use serde_json::{Value, json};
use specwright_runtime::server::{AuthError, Context, Failure, Rejection, RejectionKind, Response};

use super::Certainty::{Decided, Page, Seed};
use super::error::{self, documented};
use super::methods::methods;
use super::{Rule, make, reject};
use crate::store::{Database, transaction};

/// The behaviour of `StateSet`.
pub const RULES: &[Rule] = &[
    (Seed, "`PUT /v1/users/{id}` writes the documented fields and returns the user; none of the fields is required"),
    (Seed, "`Authorization: Token <token>` is accepted"),
    (Page, "`Authorization: Bearer <token>` is also accepted"),
    (Page, "`GET /v1/users/{id}`, `POST /v1/users` and `GET /v1/users` exist; the list is not paged"),
    (Decided, "`PUT` keeps the fields that the request does not contain"),
    (Decided, "`PUT` on an unknown user returns 404 without a body, and creates nothing"),
    (Decided, "the id is the one in the path; an `id` in the body of a `PUT` is ignored"),
    (Decided, "`POST` generates an id if the body has none; a duplicate gets a 409"),
    (
        Page,
        "`X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset` are in responses if `--rate-limit` is given",
    ),
    (
        Decided,
        "the headers give the number of requests per second for each token; no request is refused, because 429 is not documented",
    ),
    (Page, "an `id` may also be a number"),
    (Decided, "errors have the body `{\"error\": {\"message\": …}}`"),
];

const USERS: &str = "stateset/users";

/// The service behind the generated trait.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) database: Database,
}

type OperationError = error::OperationError<StatesetError>;

/// An error of `StateSet`.
#[derive(Debug)]
enum StatesetError {
    Missing,
    Taken,
    BadId,
}

impl error::ApiError for StatesetError {
    fn undocumented(self) -> (RejectionKind, Cow<'static, str>) {
        match self {
            Self::Missing => (RejectionKind::NotFound, "there is no such user".into()),
            Self::Taken => (RejectionKind::Conflict, "a user with this id exists".into()),
            Self::BadId => (RejectionKind::Invalid, "`id` has more than 255 bytes".into()),
        }
    }
}

documented! {
    GetUserError { StatesetError::Missing => NotFound }
    UpdateUserError { StatesetError::Missing => NotFound }
}

impl Service {
    async fn create(&self, user: &User) -> Result<User, OperationError> {
        let id = match &user.id {
            Some(id) if id.as_str().len() > 255 => return Err(StatesetError::BadId.into()),
            Some(id) if !id.as_str().is_empty() => id.as_str().to_owned(),
            _ => make::uuid(),
        };
        let record = fields(user)?;
        transaction!(self.database, &id, |tx| -> Result<User, OperationError> {
            if tx.get(USERS, &id).await?.is_some() {
                return Err(StatesetError::Taken.into());
            }
            tx.put(USERS, &id, record.clone()).await?;
            read(&id, record.clone())
        })
    }

    async fn update(&self, id: &str, user: &User) -> Result<User, OperationError> {
        let given = make::members(Some(&fields(user)?));
        transaction!(self.database, id, |tx| -> Result<User, OperationError> {
            let mut record = tx.get(USERS, id).await?.ok_or(StatesetError::Missing)?;
            for (name, value) in &given {
                record[name] = value.clone();
            }
            tx.put(USERS, id, record.clone()).await?;
            read(id, record)
        })
    }

    async fn get(&self, id: &str) -> Result<User, OperationError> {
        let record = self.database.get(USERS, id).await?;
        read(id, record.ok_or(StatesetError::Missing)?)
    }

    async fn all(&self) -> Result<Vec<User>, OperationError> {
        let records = self.database.list(USERS).await?.into_iter();
        records.map(|(id, record)| read(&id, record)).collect()
    }
}

/// The record of a user, without the ID.
fn fields(user: &User) -> Result<Value, OperationError> {
    let mut record = serde_json::to_value(user)?;
    if let Some(members) = record.as_object_mut() {
        members.remove("id");
    }
    Ok(record)
}

fn read(id: &str, mut record: Value) -> Result<User, OperationError> {
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
        reject::respond_to(
            rejection,
            status,
            |rejection| json!({"error": {"message": reject::sentences(rejection).join("; ")}}),
        )
    }

    methods! {
        list_users(service, _caller, _input: ListUsersInput) -> ListUsersSuccess::Ok, ListUsersError = service.all();
        create_user(service, _caller, input: CreateUserInput) -> CreateUserSuccess::Created, CreateUserError =
            service.create(&input.body);
        get_user(service, _caller, input: GetUserInput) -> GetUserSuccess::Ok, GetUserError =
            service.get(input.id.as_str());
        update_user(service, _caller, input: UpdateUserInput) -> UpdateUserSuccess::Ok, UpdateUserError =
            service.update(input.id.as_str(), &input.body);
    }
}
