//! Rules about parameters, and about the properties of those that are objects.

use super::fixed::{Add, Brk, Cli, E, FixedRule, I, No, Ok, Q, Srv, W};

#[rustfmt::skip]
pub(super) const RULES: &[FixedRule] = &[
    ("new-required-request-parameter", Q, E, Cli, Brk, "a required parameter was added to an operation"),
    ("new-optional-request-parameter", Q, I, Srv, Add, "an optional parameter was added to an operation"),
    ("new-required-request-default-parameter-to-existing-path", Q, E, Cli, Brk, "a required parameter was added to all operations of a path"),
    ("new-optional-request-default-parameter-to-existing-path", Q, I, Srv, Add, "an optional parameter was added to all operations of a path"),
    ("new-request-path-parameter", Q, E, Cli, Brk, "a path parameter was added"),
    ("request-parameter-removed", Q, W, Cli, Brk, "a parameter was removed"),
    ("request-parameter-removed-with-deprecation", Q, I, Cli, Brk, "a deprecated parameter was removed"),
    ("request-parameter-removed-before-sunset", Q, E, Cli, Brk, "a parameter was removed before its sunset date"),
    ("request-parameter-sunset-parse", Q, E, Cli, Brk, "the sunset date of a parameter is invalid"),
    ("request-parameter-became-required", Q, E, Cli, Brk, "a parameter became required"),
    ("request-parameter-became-optional", Q, I, Srv, Brk, "a parameter became optional"),
    ("request-parameter-style-changed", Q, E, Cli, No, "the style of a parameter changed"),
    ("request-parameter-explode-changed", Q, E, Cli, No, "`explode` of a parameter changed, so arrays and objects are written differently"),
    ("request-parameter-allow-reserved-changed", Q, W, Cli, No, "`allowReserved` of a parameter changed, so reserved characters are written differently"),
    ("request-parameter-content-changed", Q, E, Cli, Brk, "the media type of a parameter changed"),
    ("request-parameter-renamed", Q, I, Ok, Brk, "a path parameter was renamed"),
    ("request-parameter-deprecated", Q, I, Ok, No, "a parameter was deprecated"),
    ("request-parameter-deprecated-with-sunset", Q, I, Ok, No, "a parameter was deprecated with a sunset date"),
    ("request-parameter-deprecated-sunset-missing", Q, E, Ok, No, "a parameter was deprecated without a sunset date"),
    ("request-parameter-sunset-date-too-small", Q, E, Ok, No, "a parameter was deprecated with a sunset date that is too soon"),
    ("request-parameter-sunset-deleted", Q, E, Ok, No, "the sunset date of a deprecated parameter was removed"),
    ("request-parameter-sunset-date-changed-too-small", Q, E, Ok, No, "the sunset date of a parameter moved to an earlier date that is too soon"),
    ("request-parameter-reactivated", Q, I, Ok, No, "a parameter is no longer deprecated"),
    ("new-required-request-header-property", Q, E, Cli, Brk, "a required property was added to a request header"),
    ("request-header-property-became-optional", Q, I, Srv, Brk, "a property of a request header became optional"),
    ("new-required-request-parameter-property", Q, E, Cli, Brk, "a required property was added to a parameter"),
    ("new-optional-request-parameter-property", Q, I, Srv, Add, "an optional property was added to a parameter"),
    ("request-parameter-property-removed", Q, W, Cli, Brk, "a property was removed from a parameter"),
    ("request-parameter-property-became-required", Q, E, Cli, Brk, "a property of a parameter became required"),
    ("request-header-property-became-required", Q, E, Cli, Brk, "a property of a request header became required"),
    ("request-parameter-property-became-optional", Q, I, Srv, Brk, "a property of a parameter became optional"),
];
