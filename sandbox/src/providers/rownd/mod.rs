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
use super::fault::{self, documented};
use super::{INDEX, Rule, make};
use crate::store::Key;

/// What is known of Rownd, and what was decided here.
pub const RULES: &[Rule] = &[
    (Spec, "`PUT …/data` creates the user if there is none"),
    (
        Spec,
        "the user id `__default__`, `__uuid__`, `__objectid__` or `__rowndid__`, in any case, makes a new id of that kind",
    ),
    (Decided, "`PUT …/data` replaces `data`, and `attributes` if they are given; `PATCH` merges both"),
    (Decided, "only `PUT …/data` creates: every other operation on an unknown user is 404"),
    (Sdk, "`rownd_user` is not in responses; the id is in `data.user_id`"),
    (Decided, "`data.user_id` can be given if it is the id of the path, and is else refused"),
    (
        Spec,
        "`rownd_user`, `state`, `auth_level`, `verified_data`, `groups`, `meta` and `connection_map` are read-only: what a request says of them is ignored",
    ),
    (
        Page,
        "attributes are `namespace:key` with lists of texts; the namespaces `rownd` and `system` are reserved but for `rownd:app_variants`",
    ),
    (Inferred, "a field that the application's schema marks `read_only` is refused with 403"),
    (Inferred, "an `email` that is none is refused with 400"),
    (Decided, "a field that the application's schema does not name is kept like any other"),
    (Seed, "`member_count` is always 0"),
    (Seed, "the first member of a group always has the role `owner`"),
    (Seed, "a member stays `invite_pending` until the invitation is accepted"),
    (Spec, "`GET …/data/fields/{field}`: a field that is not there is `null`, or 403 with `fail_on_error`"),
    (
        Spec,
        "`GET …/users/data` pages by id: `after` is the last id of the page before; 100 users if `page_size` is not given",
    ),
    (Inferred, "`lookup_filter` finds users by `user_id`, `email` or `phone_number`"),
    (Spec, "the bulk upsert answers 200 with one outcome for each user"),
    (Sdk, "`GET /hub/app-config` answers `app.id` to the key alone or to key and secret"),
    (
        Sdk,
        "`GET /hub/auth/.well-known/oauth-authorization-server` and `GET /hub/auth/keys` are what server libraries verify users' tokens by: Ed25519, the user in `https://auth.rownd.io/app_user_id`",
    ),
    (
        Decided,
        "`POST /_sandbox/rownd/token/{app}/{user}` makes such a token for an hour; it opens that user's paths, and is 403 at all others",
    ),
    (Decided, "`/applications/{app}/schema` is 501: nothing says what its body looks like"),
    (Decided, "credentials of another application are 403"),
];

type Fault = fault::Fault<Refusal>;

/// What Rownd refuses.
#[derive(Debug)]
enum Refusal {
    /// Something about fields: their names, and what is wrong.
    Invalid(Vec<(String, String)>),
    /// The field cannot be written.
    ReadOnly(String),
    /// The field is not shared.
    NotShared,
    NoUser,
}

impl fault::Refusal for Refusal {
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
    ApplicationUserDataUpdateError { Refusal::Invalid(fields) => BadRequest(upsert_error(fields)) }
    ApplicationUserDataPatchError { Refusal::Invalid(fields) => BadRequest(upsert_error(fields)) }
    ApplicationUserDataFieldGetError { Refusal::NotShared => Forbidden }
}

/// The documented error of an upsert.
fn upsert_error(fields: Vec<(String, String)>) -> UserUpsertError {
    let mut error = UserUpsertError {
        status_code: Some(400.0),
        error: Some("Bad Request".to_owned()),
        code: Some("E_USER_UPDATE_FAILED".to_owned()),
        message: Some(sentence(&fields)),
        messages: Some(fields.iter().map(|(_, text)| text.clone()).collect()),
        field_errors: None,
    };
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
