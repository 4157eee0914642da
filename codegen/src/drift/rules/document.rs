//! Rules about servers, webhooks, callbacks, unused schemas, and the title and version of the API.

use super::fixed::{Add, Brk, Cli, E, FixedRule, I, N, No, Ok};

#[rustfmt::skip]
pub(super) const RULES: &[FixedRule] = &[
    ("server-added", N, I, Ok, No, "a server was added"),
    ("server-removed", N, I, Ok, No, "a server was removed; a warning if no other server has its path"),
    ("server-variable-changed", N, I, Ok, No, "a server variable changed"),
    ("webhook-added", N, I, Ok, Add, "a webhook was added"),
    ("webhook-removed", N, E, Cli, Brk, "a webhook was removed"),
    ("callback-added", N, I, Ok, Add, "a callback was added to an operation"),
    ("callback-removed", N, E, Cli, Brk, "a callback was removed from an operation"),
    ("api-schema-added", N, I, Ok, No, "a schema was added that no operation present in both documents uses"),
    ("api-schema-removed", N, I, Ok, No, "a schema was removed that no operation present in both documents used"),
    ("api-title-changed", N, I, Ok, No, "the title of the API changed"),
    ("api-version-changed", N, I, Ok, No, "the version of the API changed"),
    ("api-version-not-bumped", N, I, Ok, No, "the API breaks, but its version stayed the same"),
    ("api-version-decreased", N, I, Ok, No, "the API breaks, but its version decreased"),
    ("api-major-version-not-bumped", N, I, Ok, No, "the API breaks, but its major version stayed the same"),
];
