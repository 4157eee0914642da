//! Rownd: applications, their users and groups.

mod profile;
mod service;
pub(crate) mod tokens;
mod users;

use std::borrow::Cow;

use generated_client::rownd::operations as ops;
use generated_client::rownd::types::UserUpsertError;
use serde_json::{Value, json};
use specwright_runtime::server::{Failure, RejectionKind};

pub(super) use self::profile::is_email;
pub(crate) use self::service::Service;
use super::Certainty::{Decided, Inferred, Page, Sdk, Seed, Spec};
use super::error::{self, documented};
use super::{INDEX, Rule, make};
use crate::store::Key;

/// The behaviour of Rownd.
pub const RULES: &[Rule] = &[
    (Spec, "`PUT …/data` creates the user if it does not exist"),
    (
        Spec,
        "the user ids `__default__`, `__uuid__`, `__objectid__` and `__rowndid__`, in upper or lower case, generate an id of that kind",
    ),
    (Decided, "`PUT …/data` replaces `data`, and `attributes` if present; `PATCH` merges both"),
    (Decided, "only `PUT …/data` creates users; every other operation on an unknown user returns 404"),
    (Sdk, "`rownd_user` is not in responses; the id is in `data.user_id`"),
    (Decided, "`data.user_id` may be present if it equals the id in the path, and is otherwise refused"),
    (
        Spec,
        "`rownd_user`, `state`, `auth_level`, `verified_data`, `groups`, `meta` and `connection_map` are read-only and ignored in requests",
    ),
    (
        Page,
        "an attribute has a name of the form `namespace:key` and a list of strings; the namespaces `rownd` and `system` are reserved, except for `rownd:app_variants`",
    ),
    (Inferred, "a field that the application's schema marks `read_only` is refused with 403"),
    (Inferred, "an invalid `email` is refused with 400"),
    (Decided, "a field that the application's schema does not define is stored like any other"),
    (Seed, "`member_count` is always 0"),
    (Seed, "the first member of a group always has the role `owner`"),
    (Seed, "a member is `invite_pending` until the invitation is accepted"),
    (Spec, "`GET …/data/fields/{field}` returns `null` for a missing field, or a 403 with `fail_on_error`"),
    (
        Spec,
        "`GET …/users/data` is paged by id: `after` is the last id of the previous page; `page_size` is 100 by default",
    ),
    (Inferred, "`lookup_filter` finds users by `user_id`, `email` or `phone_number`"),
    (Spec, "the bulk upsert returns 200 with one outcome for each user"),
    (Sdk, "`GET /hub/app-config` returns `app.id` both for the key alone and for the key with the secret"),
    (
        Sdk,
        "server libraries verify users' tokens with `GET /hub/auth/.well-known/oauth-authorization-server` and `GET /hub/auth/keys`; tokens are signed with Ed25519 and name the user in `https://auth.rownd.io/app_user_id`",
    ),
    (
        Decided,
        "`POST /_sandbox/rownd/token/{app}/{user}` issues such a token for an hour; it works on that user's paths and gets a 403 on all others",
    ),
    (Decided, "`/applications/{app}/schema` returns 501, because its body is not documented"),
    (Decided, "credentials for another application get a 403"),
];

type OperationError = error::OperationError<RowndError>;

/// An error of Rownd.
#[derive(Debug)]
enum RowndError {
    /// Invalid fields: their names, and the fault of each.
    Invalid(Vec<(String, String)>),
    /// The field is read-only.
    ReadOnly(String),
    /// The field is not shared.
    NotShared,
    NoUser,
}

impl error::ApiError for RowndError {
    fn undocumented(self) -> (RejectionKind, Cow<'static, str>) {
        match self {
            Self::Invalid(fields) => (RejectionKind::Malformed, sentence(&fields).into()),
            Self::ReadOnly(field) => (RejectionKind::Forbidden, not_writable(&field).into()),
            Self::NotShared => (RejectionKind::Forbidden, "the field is not shared".into()),
            Self::NoUser => (RejectionKind::NotFound, "there is no such user".into()),
        }
    }
}

documented! {
    ApplicationUserDataUpdateError { RowndError::Invalid(fields) => BadRequest(upsert_error(fields)) }
    ApplicationUserDataPatchError { RowndError::Invalid(fields) => BadRequest(upsert_error(fields)) }
    ApplicationUserDataFieldGetError { RowndError::NotShared => Forbidden }
}

/// The documented error of an upsert.
fn upsert_error(fields: Vec<(String, String)>) -> UserUpsertError {
    let mut error = UserUpsertError::new()
        .status_code(400.0)
        .error("Bad Request")
        .code("E_USER_UPDATE_FAILED")
        .message(sentence(&fields))
        .messages(fields.iter().map(|(_, text)| text));
    let by_field = error.field_errors.get_or_insert_default();
    for (field, text) in fields {
        by_field.entry(field).or_default().push(text);
    }
    error
}

fn sentence(fields: &[(String, String)]) -> String {
    let texts: Vec<_> = fields.iter().map(|(_, text)| text.as_str()).collect();
    texts.join("; ")
}

fn not_writable(field: &str) -> String {
    format!("the field `{field}` is not writable")
}

fn users_of(app: &str) -> String {
    format!("rownd/users/{app}")
}

/// The index of publishable keys: key → application.
pub(super) fn index(key: &Key, body: &Value) -> Vec<(Key, Value)> {
    if key.collection != "rownd/apps" {
        return Vec::new();
    }
    let credentials = body["credentials"].as_array().into_iter().flatten();
    credentials
        .map(|one| {
            let id = make::text(one, "key");
            (Key::new(format!("{INDEX}rownd/keys"), id), json!(key.id))
        })
        .collect()
}
