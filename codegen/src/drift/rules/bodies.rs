//! Rules about request bodies and their media types.

use super::fixed::{Add, Brk, Cli, E, FixedRule, I, No, Q, Srv, W};

#[rustfmt::skip]
pub(super) const RULES: &[FixedRule] = &[
    ("request-body-added-required", Q, E, Cli, Brk, "a required request body was added to an operation"),
    ("request-body-added-optional", Q, I, Srv, Add, "an optional request body was added to an operation"),
    ("request-body-removed", Q, E, Cli, Brk, "the request body of an operation was removed"),
    ("request-body-became-optional", Q, I, Srv, No, "a request body became optional"),
    ("request-body-became-required", Q, E, Cli, No, "a request body became required"),
    ("request-body-media-type-added", Q, I, Srv, Brk, "a media type was added to a request body"),
    ("request-body-media-type-removed", Q, E, Cli, Brk, "a media type was removed from a request body"),
    ("request-body-media-type-schema-added", Q, E, Cli, Brk, "a schema was added to a request body"),
    ("request-body-media-type-schema-removed", Q, I, Srv, Brk, "the schema of a request body was removed"),
    ("request-body-encoding-changed", Q, W, Cli, No, "the `encoding` of a request body part changed"),
];
