//! `StateSet`: users, as its page has them. Nothing here is verified.

use std::borrow::Cow;

use generated_client::stateset::operations as ops;
use generated_client::stateset::security::Credentials;
use generated_client::stateset::server as api;
use generated_client::stateset::types::User;
use serde_json::{Value, json};
use specwright_runtime::server::{AuthError, Context, Failure, Rejection, RejectionKind, Response};

use super::Certainty::{Decided, Page, Seed};
use super::fault::{self, documented};
use super::methods::methods;
use super::{Rule, make, refuse};
use crate::store::{Database, transaction};

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
    (
        Page,
        "`X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset` are in responses if `--rate-limit` is given",
    ),
    (Decided, "they count requests of a token in a second; nothing is refused for them, because no page has 429"),
    (Page, "an `id` may be a number, too"),
    (Decided, "errors have the body `{\"error\": {\"message\": …}}`"),
];

const USERS: &str = "stateset/users";

/// The service behind the generated trait.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) database: Database,
}

type Fault = fault::Fault<Refusal>;

/// What `StateSet` refuses.
#[derive(Debug)]
enum Refusal {
    Missing,
    Taken,
    BadId,
}

impl fault::Refusal for Refusal {
    fn undocumented(self) -> (RejectionKind, Cow<'static, str>) {
        match self {
            Self::Missing => (RejectionKind::NotFound, "there is no such user".into()),
            Self::Taken => (RejectionKind::Conflict, "a user with this id exists".into()),
            Self::BadId => (RejectionKind::Invalid, "`id` has more than 255 bytes".into()),
        }
    }
}

documented! {
    GetUserError { Refusal::Missing => NotFound }
    UpdateUserError { Refusal::Missing => NotFound }
}

impl Service {
    async fn create(&self, user: &User) -> Result<User, Fault> {
        let id = match &user.id {
            Some(id) if id.as_str().len() > 255 => return Err(Refusal::BadId.into()),
            Some(id) if !id.as_str().is_empty() => id.as_str().to_owned(),
            _ => make::uuid(),
        };
        let record = fields(user)?;
        transaction!(self.database, &id, |tx| -> Result<User, Fault> {
            if tx.get(USERS, &id).await?.is_some() {
                return Err(Refusal::Taken.into());
            }
            tx.put(USERS, &id, record.clone()).await?;
            read(&id, record.clone())
        })
    }

    async fn update(&self, id: &str, user: &User) -> Result<User, Fault> {
        let given = make::members(Some(&fields(user)?));
        transaction!(self.database, id, |tx| -> Result<User, Fault> {
            let mut record = tx.get(USERS, id).await?.ok_or(Refusal::Missing)?;
            for (name, value) in &given {
                record[name] = value.clone();
            }
            tx.put(USERS, id, record.clone()).await?;
            read(id, record)
        })
    }

    async fn get(&self, id: &str) -> Result<User, Fault> {
        let record = self.database.get(USERS, id).await?;
        read(id, record.ok_or(Refusal::Missing)?)
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
