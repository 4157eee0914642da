//! Looker 4.0: users, user attributes and their values.

mod attributes;
mod error;
mod service;
mod users;
mod validate;
mod values;

use serde_json::{Value, json};

pub(crate) use self::service::Service;
use super::Certainty::{Decided, Inferred, Sdk, Seed, Spec};
use super::{INDEX, Rule, make};
use crate::store::Key;

/// The behaviour of Looker.
pub const RULES: &[Rule] = &[
    (
        Spec,
        "`POST /login` takes `client_id` and `client_secret` in the query or a form, and returns a token for 3600 seconds; `DELETE /logout` revokes it and returns 204",
    ),
    (
        Inferred,
        "unknown credentials get a 404 at `/login`, which documents no 401; elsewhere, an unknown, expired or logged-out token gets a 401",
    ),
    (
        Sdk,
        "`Authorization: Bearer` and `Authorization: token` are both accepted; `/api/logout` is the same as `/api/4.0/logout`",
    ),
    (Seed, "a user's value takes precedence over a group's, and both take precedence over the default"),
    (Spec, "if several groups have a value, that of the group with the lowest rank applies"),
    (Decided, "groups of equal rank apply in the order of their ids"),
    (Spec, "`all_values` returns the whole search path; `include_unset` also returns attributes without a value"),
    (Spec, "the value of a hidden attribute is null in every response"),
    (Inferred, "even in the response to the `PATCH` that sets a hidden attribute, its value is null"),
    (Decided, "`source` is `user`, `group` or `default`"),
    (Spec, "the name and the label of an attribute are unique; a duplicate gets a 422 with one error for each field"),
    (
        Decided,
        "an invalid value gets a 422: a `number` must be a number, a `yesno` must be `yes` or `no`, a `zipcode` must be five digits, and a `datetime` must be a date with or without a time; null removes the value",
    ),
    (Inferred, "changing or deleting a system attribute gets a 403"),
    (Spec, "an unknown user, group or attribute gets a 404"),
    (
        Decided,
        "deleting a user or an attribute deletes its values; setting group values replaces all group values of the attribute; unknown groups get a 422",
    ),
    (Decided, "disabled users cannot log in (404), and users cannot delete themselves (403)"),
    (
        Spec,
        "if there are more requests per second than `--rate-limit` allows, operations that document a 429 return it; the `Retry-After: 1` is our choice",
    ),
    (Sdk, "an id is a string of digits; requests may also use numbers"),
    (Decided, "`fields` takes names separated by commas; required properties stay in responses"),
];

const USERS: &str = "looker/users";
const GROUPS: &str = "looker/groups";
const ATTRIBUTES: &str = "looker/attributes";
const TOKENS: &str = "looker/tokens";

/// The collection of values of one user: attribute → `{value}`.
fn values_of_user(user: &str) -> String {
    format!("looker/user_values/{user}")
}

/// The collection of group values of one attribute: group → `{value, rank}`.
fn values_of_groups(attribute: &str) -> String {
    format!("looker/group_values/{attribute}")
}

/// The index that makes names or labels unique.
fn unique(field: &str, text: &str) -> Key {
    Key::new(format!("{INDEX}looker/attribute_{field}s"), text)
}

/// The index records of an attribute.
pub(super) fn index(key: &Key, body: &Value) -> Vec<(Key, Value)> {
    if key.collection != ATTRIBUTES {
        return Vec::new();
    }
    let fields = ["name", "label"].into_iter();
    fields.map(|field| (unique(field, make::text(body, field)), json!(key.id))).collect()
}
