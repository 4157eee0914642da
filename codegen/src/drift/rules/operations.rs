//! Rules about operations, and about their deprecation, sunset dates and stability.

use super::fixed::{Add, Brk, Cli, E, FixedRule, I, N, No, Ok, Srv};

#[rustfmt::skip]
pub(super) const RULES: &[FixedRule] = &[
    // operations
    ("endpoint-added", N, I, Srv, Add, "an operation was added"),
    ("api-path-removed-without-deprecation", N, E, Cli, Brk, "a path was removed without deprecation"),
    ("api-path-removed-with-deprecation", N, I, Cli, Brk, "a deprecated path was removed"),
    ("api-path-sunset-parse", N, E, Cli, Brk, "an operation was removed, or its sunset date changed, but the date is invalid"),
    ("api-path-removed-before-sunset", N, E, Cli, Brk, "a path was removed before its sunset date"),
    ("api-removed-without-deprecation", N, E, Cli, Brk, "an operation was removed without deprecation"),
    ("api-removed-with-deprecation", N, I, Cli, Brk, "a deprecated operation was removed"),
    ("api-removed-before-sunset", N, E, Cli, Brk, "an operation was removed before its sunset date"),
    ("api-operation-id-removed", N, I, Ok, Brk, "the `operationId` of an operation changed or was removed"),
    ("api-operation-id-added", N, I, Ok, Brk, "an `operationId` was added to an operation"),
    ("api-tag-removed", N, I, Ok, No, "a tag was removed from an operation"),
    ("api-tag-added", N, I, Ok, No, "a tag was added to an operation"),
    // lifecycle
    ("endpoint-deprecated", N, I, Ok, No, "an operation was deprecated"),
    ("endpoint-deprecated-with-sunset", N, I, Ok, No, "an operation was deprecated with a sunset date"),
    ("endpoint-reactivated", N, I, Ok, No, "an operation is no longer deprecated"),
    ("api-deprecated-sunset-parse", N, E, Ok, No, "an operation was deprecated with an invalid sunset date"),
    ("api-deprecated-sunset-missing", N, E, Ok, No, "an operation was deprecated without a sunset date"),
    ("api-sunset-date-too-small", N, E, Ok, No, "an operation was deprecated with a sunset date that is too soon"),
    ("api-invalid-stability-level", N, E, Ok, No, "the stability level of an operation is invalid"),
    ("api-stability-decreased", N, E, Ok, No, "the stability level of an operation decreased"),
    ("api-stability-increased", N, I, Ok, No, "the stability level of an operation increased"),
    ("sunset-deleted", N, E, Ok, No, "the sunset date of a deprecated operation was removed"),
    ("sunset-added", N, I, Ok, No, "a sunset date was added to a deprecated operation"),
    ("api-sunset-date-changed-too-small", N, E, Ok, No, "the sunset date of an operation moved to an earlier date that is too soon"),
];
