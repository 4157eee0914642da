//! Rules about the properties of request and response bodies: added, removed, required, deprecated,
//! read-only.

use super::Rule;
use super::fixed::{A, Add, Brk, Cli, E, FixedRule, I, No, Ok, Q, Srv, W, make};
use crate::drift::verdict::Level;

#[rustfmt::skip]
pub(super) const RULES: &[FixedRule] = &[
    // request bodies
    ("new-required-request-property", Q, E, Cli, Brk, "a required property was added to a request body"),
    ("new-required-request-property-with-default", Q, E, Cli, Brk, "a required property with a default was added to a request body"),
    ("new-optional-request-property", Q, I, Srv, Add, "an optional property was added to a request body"),
    ("request-property-removed", Q, W, Cli, Brk, "a property was removed from a request body"),
    ("request-property-became-required", Q, E, Cli, Brk, "a property of a request body became required"),
    ("request-property-became-required-with-default", Q, E, Cli, Brk, "a property with a default became required in a request body"),
    ("request-property-became-optional", Q, I, Srv, Brk, "a property of a request body became optional"),
    // response bodies
    ("response-required-property-removed", A, E, Cli, Brk, "a required property was removed from a response body"),
    ("response-required-write-only-property-removed", A, I, Ok, No, "a required write-only property was removed from a response body"),
    ("response-required-property-added", A, I, Srv, Add, "a required property was added to a response body"),
    ("response-required-write-only-property-added", A, I, Ok, No, "a required write-only property was added to a response body"),
    ("response-optional-property-removed", A, W, Cli, Brk, "an optional property was removed from a response body"),
    ("response-optional-write-only-property-removed", A, I, Ok, No, "an optional write-only property was removed from a response body"),
    ("response-optional-property-added", A, I, Srv, Add, "an optional property was added to a response body"),
    ("response-optional-write-only-property-added", A, I, Ok, No, "an optional write-only property was added to a response body"),
    ("response-property-became-optional", A, E, Cli, Brk, "a property of a response body became optional"),
    ("response-write-only-property-became-optional", A, I, Ok, No, "a write-only property of a response body became optional"),
    ("response-property-became-required", A, I, Srv, Brk, "a property of a response body became required"),
    ("response-write-only-property-became-required", A, I, Ok, No, "a write-only property of a response body became required"),
];

/// The lifecycle of properties, in both directions.
pub(super) fn lifecycle() -> impl Iterator<Item = Rule> {
    const EVENTS: [(&str, Level, &str); 10] = [
        ("deprecated", I, "was deprecated"),
        ("deprecated-with-sunset", I, "was deprecated with a sunset date"),
        ("deprecated-sunset-missing", E, "was deprecated without a sunset date"),
        ("deprecated-sunset-invalid", E, "was deprecated with an invalid sunset date"),
        ("sunset-date-too-small", E, "was deprecated with a sunset date that is too soon"),
        ("reactivated", I, "is no longer deprecated"),
        ("stability-decreased", E, "became less stable"),
        ("stability-increased", I, "became more stable"),
        ("sunset-deleted", W, "is deprecated and lost its sunset date"),
        ("sunset-added", I, "is deprecated and gained a sunset date"),
    ];
    [Q, A].into_iter().flat_map(|direction| {
        EVENTS.iter().map(move |(event, level, event_text)| {
            let holder = if direction == Q { "a request body" } else { "a response body" };
            let id = format!("{}-property-{event}", direction.as_str());
            make(id, (direction, *level, Ok, No), format!("a property of {holder} {event_text}"))
        })
    })
}

/// Properties that became read-only or write-only, or stopped being so.
pub(super) fn access() -> impl Iterator<Item = Rule> {
    const EVENTS: [(&str, &str); 4] = [
        ("became-read-only", "became read-only"),
        ("became-not-read-only", "is no longer read-only"),
        ("became-write-only", "became write-only"),
        ("became-not-write-only", "is no longer write-only"),
    ];
    let kinds = [(Q, "required"), (Q, "optional"), (A, "required"), (A, "optional")];
    kinds.into_iter().flat_map(|(direction, kind)| {
        EVENTS.iter().map(move |(event, event_text)| {
            let warns = direction == A && kind == "required" && *event == "became-not-write-only";
            let wire = match (direction, *event) {
                (Q, "became-read-only") | (A, "became-write-only") => Cli,
                (Q, "became-not-read-only") | (A, "became-not-write-only") => Srv,
                _ => Ok,
            };
            let rust = if wire == Ok { No } else { Brk };
            let holder = if direction == Q { "a request body" } else { "a response body" };
            let id = format!("{}-{kind}-property-{event}", direction.as_str());
            let level = if warns { W } else { I };
            make(
                id,
                (direction, level, wire, rust),
                format!("{} {kind} property of {holder} {event_text}", if kind == "required" { "a" } else { "an" }),
            )
        })
    })
}
