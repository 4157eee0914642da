//! Prelude's session management: applications, users and profiles.

mod service;

use std::borrow::Cow;

use generated_client::prelude_so::operations as ops;
use generated_client::prelude_so::types::{
    AppNotFoundError, InvalidRequestError, ReservedProfileKeyError, SessionDisabledError, UserNotFoundError,
};
use serde_json::{Value, json};
use specwright_runtime::server::{Failure, RejectionKind};

pub(crate) use self::service::Service;
use super::Certainty::{Decided, Inferred, Page, Seed};
use super::error::{self, documented};
use super::{INDEX, Rule, make};
use crate::store::Key;

/// The behaviour of Prelude.
pub const RULES: &[Rule] = &[
    (Seed, "`PATCH …/profile` returns 204, or 400, 403 and 404 with `code`, `status` and `message`"),
    (Seed, "an application with disabled sessions gets a 403 `session_disabled`"),
    (Seed, "an unknown application gets a 404 `app_not_found`, and an unknown user gets a 404 `user_not_found`"),
    (Decided, "an application that the key cannot access gets a 404 `app_not_found`, as if it did not exist"),
    (Decided, "`PATCH …/profile` merges: other keys stay, and no key can be removed"),
    (
        Inferred,
        "the reserved keys are the registered claims of a JWT, `sid`, `user_id` and `app_id`, because profiles become token claims",
    ),
    (
        Page,
        "a user has `id`, `status`, `identifiers`, `profile`, `created_at` and `updated_at`; an id is `usr_` followed by the 26 characters of a ULID",
    ),
    (Page, "`GET …/users` takes one identifier and is not paged"),
    (
        Decided,
        "an identifier belongs to one user of an application; a duplicate gets a 409, and so does a duplicate id",
    ),
    (
        Decided,
        "a phone number must be `+` followed by 6 to 15 digits; any other identifier must contain exactly one `@`, with text before and after it",
    ),
    (Inferred, "`DELETE …/users/{userID}` returns 204 and frees the identifiers"),
    (Page, "`PUT …/external_id` takes up to 128 characters"),
    (Decided, "`PUT …/users/{userID}/status` returns 501, because its values are not documented"),
    (
        Decided,
        "an unknown key gets a 401 as `application/json` with `code` `unauthorized`; the provider's body is not documented",
    ),
];

/// Profile keys that cannot be written.
pub const RESERVED: &[&str] = &["aud", "app_id", "exp", "iat", "iss", "jti", "nbf", "sid", "sub", "user_id"];

type OperationError = error::OperationError<PreludeError>;

/// An error of Prelude.
#[derive(Debug)]
enum PreludeError {
    Invalid(String),
    Reserved(String),
    Taken(&'static str),
    Disabled,
    NoApp,
    NoUser,
}

impl error::ApiError for PreludeError {
    fn undocumented(self) -> (RejectionKind, Cow<'static, str>) {
        match self {
            Self::Invalid(detail) | Self::Reserved(detail) => (RejectionKind::Malformed, detail.into()),
            Self::Taken(detail) => (RejectionKind::Conflict, detail.into()),
            Self::Disabled => (RejectionKind::Forbidden, "sessions are disabled".into()),
            Self::NoApp | Self::NoUser => (RejectionKind::NotFound, "there is no such thing".into()),
        }
    }
}

documented! {
    PatchUserProfileError {
        PreludeError::Invalid(text) => BadRequest(InvalidRequestError::new(text).into()),
        PreludeError::Reserved(text) => BadRequest(ReservedProfileKeyError::new(text).into()),
        PreludeError::Disabled => Forbidden(disabled()),
        PreludeError::NoApp => NotFound(no_app().into()),
        PreludeError::NoUser => NotFound(no_user().into()),
    }
    ListUsersError {
        PreludeError::Invalid(text) => BadRequest(InvalidRequestError::new(text)),
        PreludeError::Disabled => Forbidden(disabled()),
        PreludeError::NoApp => NotFound(no_app()),
    }
    CreateUserError {
        PreludeError::Invalid(text) => BadRequest(InvalidRequestError::new(text).into()),
        PreludeError::Reserved(text) => BadRequest(ReservedProfileKeyError::new(text).into()),
        PreludeError::Disabled => Forbidden(disabled()),
        PreludeError::NoApp => NotFound(no_app()),
    }
    GetUserError {
        PreludeError::Disabled => Forbidden(disabled()),
        PreludeError::NoApp => NotFound(no_app().into()),
        PreludeError::NoUser => NotFound(no_user().into()),
    }
    DeleteUserError {
        PreludeError::Disabled => Forbidden(disabled()),
        PreludeError::NoApp => NotFound(no_app().into()),
        PreludeError::NoUser => NotFound(no_user().into()),
    }
    SetUserExternalIdError {
        PreludeError::Invalid(text) => BadRequest(InvalidRequestError::new(text)),
        PreludeError::Disabled => Forbidden(disabled()),
        PreludeError::NoApp => NotFound(no_app().into()),
        PreludeError::NoUser => NotFound(no_user().into()),
    }
}

fn disabled() -> SessionDisabledError {
    SessionDisabledError::new("sessions are disabled for this application")
}

fn no_app() -> AppNotFoundError {
    AppNotFoundError::new("there is no such application")
}

fn no_user() -> UserNotFoundError {
    UserNotFoundError::new("there is no such user")
}

fn users_of(app: &str) -> String {
    format!("prelude/users/{app}")
}

fn identifiers_of(app: &str) -> String {
    format!("{INDEX}prelude/identifiers/{app}")
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
