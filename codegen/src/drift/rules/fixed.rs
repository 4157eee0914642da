//! The rules whose ids are not composed: operations, parameters, bodies, answers, headers, security, servers, lifecycle.

use Direction::{Neither as N, Request as Q, Response as A};
use Level::{Error as E, Info as I, Warning as W};
use RustVerdict::{Additive as Add, Breaking as Brk, None as No};
use Wire::{BreaksClients as Cli, BreaksServers as Srv, Compatible as Ok};

use super::{Rule, explain};
use crate::drift::verdict::{Direction, Level, RustVerdict, Wire};

type Row = (&'static str, Direction, Level, Wire, RustVerdict, &'static str);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // operations
    ("endpoint-added", N, I, Srv, Add, "there is a new operation"),
    ("api-path-removed-without-deprecation", N, E, Cli, Brk, "a path is gone that was not deprecated"),
    ("api-path-removed-with-deprecation", N, I, Cli, Brk, "a path is gone that was deprecated"),
    ("api-path-sunset-parse", N, E, Cli, Brk, "an operation is gone, or its sunset moved, and the sunset date can't be read"),
    ("api-path-removed-before-sunset", N, E, Cli, Brk, "a path is gone before its sunset date"),
    ("api-removed-without-deprecation", N, E, Cli, Brk, "an operation is gone that was not deprecated"),
    ("api-removed-with-deprecation", N, I, Cli, Brk, "an operation is gone that was deprecated"),
    ("api-removed-before-sunset", N, E, Cli, Brk, "an operation is gone before its sunset date"),
    ("api-operation-id-removed", N, I, Ok, Brk, "an operation has another `operationId`, or none any more"),
    ("api-operation-id-added", N, I, Ok, Brk, "an operation has an `operationId`"),
    ("api-tag-removed", N, I, Ok, No, "an operation has a tag less"),
    ("api-tag-added", N, I, Ok, No, "an operation has one more tag"),
    // lifecycle of operations
    ("endpoint-deprecated", N, I, Ok, No, "an operation is deprecated"),
    ("endpoint-deprecated-with-sunset", N, I, Ok, No, "an operation is deprecated and says until when it stays"),
    ("endpoint-reactivated", N, I, Ok, No, "an operation is no longer deprecated"),
    ("api-deprecated-sunset-parse", N, E, Ok, No, "an operation is deprecated and its sunset date can't be read"),
    ("api-deprecated-sunset-missing", N, E, Ok, No, "an operation is deprecated and does not say until when it stays"),
    ("api-sunset-date-too-small", N, E, Ok, No, "an operation is deprecated and its sunset is too soon"),
    ("api-invalid-stability-level", N, E, Ok, No, "the stability level of an operation can't be read"),
    ("api-stability-decreased", N, E, Ok, No, "an operation is less stable than before"),
    ("api-stability-increased", N, I, Ok, No, "an operation is more stable than before"),
    ("sunset-deleted", N, E, Ok, No, "an operation is deprecated but no longer says until when it stays"),
    ("sunset-added", N, I, Ok, No, "a deprecated operation says until when it stays"),
    ("api-sunset-date-changed-too-small", N, E, Ok, No, "the sunset date of an operation moved to an earlier day that is too soon"),
    // parameters
    ("new-required-request-parameter", Q, E, Cli, Brk, "an operation has a new parameter that has to be given"),
    ("new-optional-request-parameter", Q, I, Srv, Add, "an operation has a new parameter that can be left out"),
    ("new-required-request-default-parameter-to-existing-path", Q, E, Cli, Brk, "all operations of a path have a new parameter that has to be given"),
    ("new-optional-request-default-parameter-to-existing-path", Q, I, Srv, Add, "all operations of a path have a new parameter that can be left out"),
    ("new-request-path-parameter", Q, E, Cli, Brk, "a path has a new variable"),
    ("request-parameter-removed", Q, W, Cli, Brk, "a parameter is gone"),
    ("request-parameter-removed-with-deprecation", Q, I, Cli, Brk, "a parameter is gone that was deprecated"),
    ("request-parameter-removed-before-sunset", Q, E, Cli, Brk, "a parameter is gone before its sunset date"),
    ("request-parameter-sunset-parse", Q, E, Cli, Brk, "the sunset date of a parameter can't be read"),
    ("request-parameter-became-required", Q, E, Cli, Brk, "a parameter has to be given"),
    ("request-parameter-became-optional", Q, I, Srv, Brk, "a parameter can be left out"),
    ("request-parameter-style-changed", Q, E, Cli, No, "a parameter is written in another style"),
    ("request-parameter-explode-changed", Q, E, Cli, No, "lists and objects of a parameter are written in another way (`explode`)"),
    ("request-parameter-allow-reserved-changed", Q, W, Cli, No, "reserved characters of a parameter are written in another way (`allowReserved`)"),
    ("request-parameter-content-changed", Q, E, Cli, Brk, "a parameter is written in another media type"),
    ("request-parameter-renamed", Q, I, Ok, Brk, "a variable of a path has another name"),
    ("request-parameter-deprecated", Q, I, Ok, No, "a parameter is deprecated"),
    ("request-parameter-deprecated-with-sunset", Q, I, Ok, No, "a parameter is deprecated and says until when it stays"),
    ("request-parameter-deprecated-sunset-missing", Q, E, Ok, No, "a parameter is deprecated and does not say until when it stays"),
    ("request-parameter-sunset-date-too-small", Q, E, Ok, No, "a parameter is deprecated and its sunset is too soon"),
    ("request-parameter-sunset-deleted", Q, E, Ok, No, "a parameter is deprecated but no longer says until when it stays"),
    ("request-parameter-sunset-date-changed-too-small", Q, E, Ok, No, "the sunset date of a parameter moved to an earlier day that is too soon"),
    ("request-parameter-reactivated", Q, I, Ok, No, "a parameter is no longer deprecated"),
    ("new-required-request-header-property", Q, E, Cli, Brk, "a request header has a new property that has to be given"),
    ("request-header-property-became-optional", Q, I, Srv, Brk, "a property of a request header can be left out"),
    ("new-required-request-parameter-property", Q, E, Cli, Brk, "a parameter has a new property that has to be given"),
    ("new-optional-request-parameter-property", Q, I, Srv, Add, "a parameter has a new property that can be left out"),
    ("request-parameter-property-removed", Q, W, Cli, Brk, "a property of a parameter is gone"),
    ("request-parameter-property-became-required", Q, E, Cli, Brk, "a property of a parameter has to be given"),
    ("request-header-property-became-required", Q, E, Cli, Brk, "a property of a request header has to be given"),
    ("request-parameter-property-became-optional", Q, I, Srv, Brk, "a property of a parameter can be left out"),
    // request bodies
    ("request-body-added-required", Q, E, Cli, Brk, "an operation has a request body, which has to be given"),
    ("request-body-added-optional", Q, I, Srv, Add, "an operation has a request body, which can be left out"),
    ("request-body-removed", Q, E, Cli, Brk, "an operation has no request body any more"),
    ("request-body-became-optional", Q, I, Srv, No, "a request body can be left out"),
    ("request-body-became-required", Q, E, Cli, No, "a request body has to be given"),
    ("request-body-media-type-added", Q, I, Srv, Brk, "a request body may be in one more media type"),
    ("request-body-media-type-removed", Q, E, Cli, Brk, "a request body may be in one media type less"),
    ("request-body-media-type-schema-added", Q, E, Cli, Brk, "a request body has a schema"),
    ("request-body-media-type-schema-removed", Q, I, Srv, Brk, "a request body has no schema any more"),
    ("request-body-encoding-changed", Q, W, Cli, No, "a part of a request body is written in another way (`encoding`)"),
    ("new-required-request-property", Q, E, Cli, Brk, "a request body has a new property that has to be given"),
    ("new-required-request-property-with-default", Q, E, Cli, Brk, "a request body has a new property that has to be given, with a default"),
    ("new-optional-request-property", Q, I, Srv, Add, "a request body has a new property that can be left out"),
    ("request-property-removed", Q, W, Cli, Brk, "a property of a request body is gone"),
    ("request-property-became-required", Q, E, Cli, Brk, "a property of a request body has to be given"),
    ("request-property-became-required-with-default", Q, E, Cli, Brk, "a property of a request body has to be given, although it has a default"),
    ("request-property-became-optional", Q, I, Srv, Brk, "a property of a request body can be left out"),
    // answers
    ("response-success-status-removed", A, E, Cli, Brk, "a success status is gone"),
    ("response-success-status-added", A, I, Cli, Brk, "there is one more success status"),
    ("response-non-success-status-removed", A, I, Srv, Brk, "an error status is gone"),
    ("response-non-success-status-added", A, I, Ok, Brk, "there is one more error status"),
    ("response-media-type-removed", A, E, Cli, Brk, "a response is no longer given in a media type"),
    ("response-media-type-added", A, I, Srv, Brk, "a response is given in one more media type"),
    ("response-media-type-name-changed", A, I, Ok, No, "the media type of a response is written in another way"),
    ("response-media-type-name-generalized", A, E, Cli, Brk, "the media type of a response became a wider one"),
    ("response-media-type-name-specialized", A, I, Srv, Brk, "the media type of a response became a narrower one"),
    ("response-body-media-type-schema-added", A, I, Srv, Brk, "the body of a response has a schema"),
    ("response-body-media-type-schema-removed", A, W, Cli, Brk, "the body of a response has no schema any more"),
    ("response-required-property-removed", A, E, Cli, Brk, "a property is gone that was in each response"),
    ("response-required-write-only-property-removed", A, I, Ok, No, "a required write-only property is gone"),
    ("response-required-property-added", A, I, Srv, Add, "each response has a new property"),
    ("response-required-write-only-property-added", A, I, Ok, No, "there is a new required write-only property"),
    ("response-optional-property-removed", A, W, Cli, Brk, "a property is gone that some answers had"),
    ("response-optional-write-only-property-removed", A, I, Ok, No, "an optional write-only property is gone"),
    ("response-optional-property-added", A, I, Srv, Add, "some answers have a new property"),
    ("response-optional-write-only-property-added", A, I, Ok, No, "there is a new optional write-only property"),
    ("response-property-became-optional", A, E, Cli, Brk, "a property is no longer in each response"),
    ("response-write-only-property-became-optional", A, I, Ok, No, "a write-only property became optional"),
    ("response-property-became-required", A, I, Srv, Brk, "a property is in each response"),
    ("response-write-only-property-became-required", A, I, Ok, No, "a write-only property became required"),
    // headers of answers
    ("required-response-header-removed", A, E, Cli, Brk, "a header is gone that each response had"),
    ("optional-response-header-removed", A, W, Cli, Brk, "a header is gone that some answers had"),
    ("response-header-added", A, I, Srv, Add, "a response has a new header"),
    ("response-header-became-optional", A, E, Cli, No, "a header is no longer in each response"),
    ("response-header-became-required", A, I, Srv, No, "a header is in each response"),
    ("response-header-content-changed", A, E, Cli, Brk, "a header of a response is written in another media type"),
    // security
    ("api-security-component-added", N, I, Ok, No, "there is a new security scheme"),
    ("api-security-component-removed", N, I, Ok, No, "a security scheme is gone"),
    ("api-security-component-type-changed", N, I, Cli, Brk, "a security scheme is of another type"),
    ("api-security-component-location-changed", N, E, Cli, No, "the key of a security scheme travels elsewhere"),
    ("api-security-component-oauth-url-changed", N, I, Cli, No, "the authorization URL of an OAuth scheme changed"),
    ("api-security-component-oauth-token-url-changed", N, I, Cli, No, "the token URL of an OAuth scheme changed"),
    ("api-security-component-oauth-flow-added", N, I, Ok, No, "an OAuth scheme has one more flow"),
    ("api-security-component-oauth-flow-removed", N, E, Cli, No, "an OAuth scheme has one flow less"),
    ("api-security-component-oauth-scope-added", N, I, Ok, No, "an OAuth scheme has one more scope"),
    ("api-security-component-oauth-scope-removed", N, I, Ok, No, "an OAuth scheme has one scope less"),
    ("api-security-component-oauth-scope-changed", N, I, Ok, No, "a scope of an OAuth scheme is described otherwise"),
    ("api-security-added", N, I, Ok, Brk, "an operation may be called in one more way; an error where anyone could call it"),
    ("api-security-removed", N, I, Ok, Brk, "an operation may no longer be called in one way; an error where others are left"),
    ("api-security-scope-added", N, I, Cli, No, "an operation asks for one more scope"),
    ("api-security-scope-removed", N, I, Ok, No, "an operation asks for one scope less"),
    ("api-global-security-added", N, I, Ok, Brk, "all operations may be called in one more way; an error where anyone could call them"),
    ("api-global-security-removed", N, I, Ok, Brk, "all operations may no longer be called in one way; an error where others are left"),
    ("api-global-security-scope-added", N, I, Cli, No, "all operations ask for one more scope"),
    ("api-global-security-scope-removed", N, I, Ok, No, "all operations ask for one scope less"),
    // the rest of the document
    ("server-added", N, I, Ok, No, "there is one more base URL"),
    ("server-removed", N, I, Ok, No, "a base URL is gone"),
    ("server-variable-changed", N, I, Ok, No, "a variable of a base URL has other values"),
    ("webhook-added", N, I, Ok, Add, "the API calls one more webhook"),
    ("webhook-removed", N, E, Cli, Brk, "the API no longer calls a webhook"),
    ("callback-added", N, I, Ok, Add, "an operation calls back at one more place"),
    ("callback-removed", N, E, Cli, Brk, "an operation no longer calls back at a place"),
    ("api-schema-added", N, I, Ok, No, "there is a new schema, and no operation of both documents uses it"),
    ("api-schema-removed", N, I, Ok, No, "a schema is gone, and no operation of both documents used it"),
    ("api-title-changed", N, I, Ok, No, "the API has another title"),
    ("api-version-changed", N, I, Ok, No, "the API has another version"),
    ("api-version-not-bumped", N, I, Ok, No, "something breaks but the version is the same"),
    ("api-version-decreased", N, I, Ok, No, "something breaks but the version is lower"),
    ("api-major-version-not-bumped", N, I, Ok, No, "something breaks but the major version is the same"),
];

/// All rules of this table, and the lifecycle of properties in both directions.
pub(super) fn rules() -> Vec<Rule> {
    let rows = ROWS.iter().map(|(id, direction, level, wire, rust, summary)| {
        make((*id).to_owned(), (*direction, *level, *wire, *rust), (*summary).to_owned())
    });
    rows.chain(lifecycle()).chain(access()).collect()
}

fn make(id: String, facts: (Direction, Level, Wire, RustVerdict), summary: String) -> Rule {
    let (direction, level, wire, rust) = facts;
    let explanation = explain(&summary, direction, wire, rust);
    Rule { id, summary, explanation, direction, level, wire, rust }
}

fn lifecycle() -> impl Iterator<Item = Rule> {
    const EVENTS: [(&str, Level, &str); 10] = [
        ("deprecated", I, "is deprecated"),
        ("deprecated-with-sunset", I, "is deprecated and says until when it stays"),
        ("deprecated-sunset-missing", E, "is deprecated and does not say until when it stays"),
        ("deprecated-sunset-invalid", E, "is deprecated and its sunset date can't be read"),
        ("sunset-date-too-small", E, "is deprecated and its sunset is too soon"),
        ("reactivated", I, "is no longer deprecated"),
        ("stability-decreased", E, "is less stable than before"),
        ("stability-increased", I, "is more stable than before"),
        ("sunset-deleted", W, "is deprecated but no longer says until when it stays"),
        ("sunset-added", I, "is deprecated and now says until when it stays"),
    ];
    [Q, A].into_iter().flat_map(|direction| {
        EVENTS.iter().map(move |(event, level, said)| {
            let whose = if direction == Q { "a request body" } else { "a response" };
            let id = format!("{}-property-{event}", direction.as_str());
            make(id, (direction, *level, Ok, No), format!("a property of {whose} {said}"))
        })
    })
}

/// Properties that became read-only or write-only, and back.
fn access() -> impl Iterator<Item = Rule> {
    const EVENTS: [(&str, &str); 4] = [
        ("became-read-only", "became read-only"),
        ("became-not-read-only", "is no longer read-only"),
        ("became-write-only", "became write-only"),
        ("became-not-write-only", "is no longer write-only"),
    ];
    let kinds = [(Q, "required"), (Q, "optional"), (A, "required"), (A, "optional")];
    kinds.into_iter().flat_map(|(direction, kind)| {
        EVENTS.iter().map(move |(event, said)| {
            let warns = direction == A && kind == "required" && *event == "became-not-write-only";
            let wire = match (direction, *event) {
                (Q, "became-read-only") | (A, "became-write-only") => Cli,
                (Q, "became-not-read-only") | (A, "became-not-write-only") => Srv,
                _ => Ok,
            };
            let rust = if wire == Ok { No } else { Brk };
            let whose = if direction == Q { "a request body" } else { "a response" };
            let id = format!("{}-{kind}-property-{event}", direction.as_str());
            let level = if warns { W } else { I };
            make(
                id,
                (direction, level, wire, rust),
                format!("{} {kind} property of {whose} {said}", if kind == "required" { "a" } else { "an" }),
            )
        })
    })
}
