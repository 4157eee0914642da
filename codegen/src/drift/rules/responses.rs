//! Rules about responses, their media types and their headers.

use super::fixed::{A, Add, Brk, Cli, E, FixedRule, I, No, Ok, Srv, W};

#[rustfmt::skip]
pub(super) const RULES: &[FixedRule] = &[
    // responses
    ("response-success-status-removed", A, E, Cli, Brk, "a success status was removed from an operation"),
    ("response-success-status-added", A, I, Cli, Brk, "a success status was added to an operation"),
    ("response-non-success-status-removed", A, I, Srv, Brk, "an error status was removed from an operation"),
    ("response-non-success-status-added", A, I, Ok, Add, "an error status was added to an operation"),
    ("response-media-type-removed", A, E, Cli, Brk, "a media type was removed from a response"),
    ("response-media-type-added", A, I, Srv, Brk, "a media type was added to a response"),
    ("response-media-type-name-changed", A, I, Ok, No, "the spelling or the parameters of a response media type changed"),
    ("response-media-type-name-generalized", A, E, Cli, Brk, "a media type of a response became wider"),
    ("response-media-type-name-specialized", A, I, Srv, Brk, "a media type of a response became narrower"),
    ("response-body-media-type-schema-added", A, I, Srv, Brk, "a schema was added to a response body"),
    ("response-body-media-type-schema-removed", A, W, Cli, Brk, "the schema of a response body was removed"),
    // headers
    ("required-response-header-removed", A, E, Cli, Brk, "a required header was removed from a response"),
    ("optional-response-header-removed", A, W, Cli, Brk, "an optional header was removed from a response"),
    ("response-header-added", A, I, Srv, Add, "a header was added to a response"),
    ("response-header-became-optional", A, E, Cli, No, "a response header became optional"),
    ("response-header-became-required", A, I, Srv, No, "a response header became required"),
    ("response-header-content-changed", A, E, Cli, Brk, "the media type of a response header changed"),
];
