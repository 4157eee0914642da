//! Looker 4.0: users, user attributes and their values.

mod attributes;
mod fault;
mod service;
mod users;
mod validate;
mod values;

use serde_json::{Value, json};

pub(crate) use self::service::Service;
use super::Certainty::{Decided, Inferred, Sdk, Seed, Spec};
use super::{INDEX, Rule, make};
use crate::store::Key;

/// What is known of Looker, and what was decided here.
pub const RULES: &[Rule] = &[
    (
        Spec,
        "`POST /login` takes `client_id` and `client_secret` as query or form, and answers a token for 3600 seconds; `DELETE /logout` ends it with 204",
    ),
    (
        Inferred,
        "unknown credentials are 404 at `/login`, which documents no 401; an unknown, expired or ended token is 401 elsewhere",
    ),
    (Sdk, "`Authorization: Bearer` and `Authorization: token` are both accepted; `/api/logout` is `/api/4.0/logout`"),
    (Seed, "a value of the user comes before that of a group, and both before the default"),
    (Spec, "of several groups, the one with the lowest rank counts"),
    (Decided, "groups of equal rank count in the order of their ids"),
    (Spec, "`all_values` answers the whole search path, `include_unset` also attributes without a value"),
    (Spec, "the value of a hidden attribute is null in every response"),
    (Inferred, "that holds for the response to the `PATCH` that sets it, too"),
    (Decided, "`source` is `user`, `group` or `default`"),
    (Spec, "name and label of an attribute are unique: 422 with one error for each field"),
    (
        Decided,
        "values are validated by type with 422: numbers are numbers, `yesno` is `yes` or `no`, `zipcode` five digits, `datetime` a date with or without a time; null removes the value",
    ),
    (Inferred, "attributes that are system attributes cannot be changed or deleted: 403"),
    (Spec, "an unknown user, group or attribute is 404"),
    (
        Decided,
        "deleting a user or an attribute removes its values; setting group values replaces all of the attribute; unknown groups there are 422",
    ),
    (Decided, "users that are disabled cannot log in (404), and nobody deletes themself (403)"),
    (
        Spec,
        "429 where the document has it, when there are more requests in a second than `--rate-limit` allows; `Retry-After: 1` is a decision",
    ),
    (Sdk, "ids are texts of digits; in requests, numbers are read as well"),
    (Decided, "`fields` takes names separated by commas; what the document requires stays in responses"),
];

const USERS: &str = "looker/users";
const GROUPS: &str = "looker/groups";
const ATTRIBUTES: &str = "looker/attributes";
const TOKENS: &str = "looker/tokens";

/// Values of one user: attribute → `{value}`.
fn values_of_user(user: &str) -> String {
    format!("looker/user_values/{user}")
}

/// Values of groups for one attribute: group → `{value, rank}`.
fn values_of_groups(attribute: &str) -> String {
    format!("looker/group_values/{attribute}")
}

/// The indexes of names and labels: they make both unique.
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
