//! Lists the rules with fixed ids: operations, parameters, bodies, responses, headers, security,
//! servers, lifecycle.

use Direction::{Neither as N, Request as Q, Response as A};
use Level::{Error as E, Info as I, Warning as W};
use RustVerdict::{Additive as Add, Breaking as Brk, None as No};
use Wire::{BreaksClients as Cli, BreaksServers as Srv, Compatible as Ok};

use super::{Rule, explain};
use crate::drift::verdict::{Direction, Level, RustVerdict, Wire};

type FixedRule = (&'static str, Direction, Level, Wire, RustVerdict, &'static str);

#[rustfmt::skip]
const RULES: &[FixedRule] = &[
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
    // lifecycle of operations
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
    // parameters
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
    // request bodies
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
    ("new-required-request-property", Q, E, Cli, Brk, "a required property was added to a request body"),
    ("new-required-request-property-with-default", Q, E, Cli, Brk, "a required property with a default was added to a request body"),
    ("new-optional-request-property", Q, I, Srv, Add, "an optional property was added to a request body"),
    ("request-property-removed", Q, W, Cli, Brk, "a property was removed from a request body"),
    ("request-property-became-required", Q, E, Cli, Brk, "a property of a request body became required"),
    ("request-property-became-required-with-default", Q, E, Cli, Brk, "a property with a default became required in a request body"),
    ("request-property-became-optional", Q, I, Srv, Brk, "a property of a request body became optional"),
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
    // response headers
    ("required-response-header-removed", A, E, Cli, Brk, "a required header was removed from a response"),
    ("optional-response-header-removed", A, W, Cli, Brk, "an optional header was removed from a response"),
    ("response-header-added", A, I, Srv, Add, "a header was added to a response"),
    ("response-header-became-optional", A, E, Cli, No, "a response header became optional"),
    ("response-header-became-required", A, I, Srv, No, "a response header became required"),
    ("response-header-content-changed", A, E, Cli, Brk, "the media type of a response header changed"),
    // security
    ("api-security-component-added", N, I, Ok, No, "a security scheme was added"),
    ("api-security-component-removed", N, I, Ok, No, "a security scheme was removed"),
    ("api-security-component-type-changed", N, I, Cli, Brk, "the type of a security scheme changed"),
    ("api-security-component-location-changed", N, E, Cli, No, "the location or name of an API key changed"),
    ("api-security-component-oauth-url-changed", N, I, Cli, No, "the authorization URL of an OAuth scheme changed"),
    ("api-security-component-oauth-token-url-changed", N, I, Cli, No, "the token URL of an OAuth scheme changed"),
    ("api-security-component-oauth-flow-added", N, I, Ok, No, "a flow was added to an OAuth scheme"),
    ("api-security-component-oauth-flow-removed", N, E, Cli, No, "a flow was removed from an OAuth scheme"),
    ("api-security-component-oauth-scope-added", N, I, Ok, No, "a scope was added to an OAuth scheme"),
    ("api-security-component-oauth-scope-removed", N, I, Ok, No, "a scope was removed from an OAuth scheme"),
    ("api-security-component-oauth-scope-changed", N, I, Ok, No, "the description of an OAuth scope changed"),
    ("api-security-added", N, I, Ok, Brk, "a security requirement was added to an operation; an error if the operation was open to anyone"),
    ("api-security-removed", N, I, Ok, Brk, "a security requirement was removed from an operation; an error if other requirements remain"),
    ("api-security-scope-added", N, I, Cli, No, "an operation now requires an additional scope"),
    ("api-security-scope-removed", N, I, Ok, No, "an operation no longer requires a scope"),
    ("api-global-security-added", N, I, Ok, Brk, "a security requirement was added to the document; an error if the API was open to anyone"),
    ("api-global-security-removed", N, I, Ok, Brk, "a security requirement was removed from the document; an error if other requirements remain"),
    ("api-global-security-scope-added", N, I, Cli, No, "the document now requires an additional scope"),
    ("api-global-security-scope-removed", N, I, Ok, No, "the document no longer requires a scope"),
    // the rest of the document
    ("server-added", N, I, Ok, No, "a server was added"),
    ("server-removed", N, I, Ok, No, "a server was removed; a warning if no other server has its path"),
    ("server-variable-changed", N, I, Ok, No, "a server variable changed"),
    ("webhook-added", N, I, Ok, Add, "a webhook was added"),
    ("webhook-removed", N, E, Cli, Brk, "a webhook was removed"),
    ("callback-added", N, I, Ok, Add, "a callback was added to an operation"),
    ("callback-removed", N, E, Cli, Brk, "a callback was removed from an operation"),
    // the generated crate
    ("generated-api-changed", N, W, Ok, Brk, "the generated API changed in a way that no other finding explains"),
    ("generated-api-extended", N, I, Ok, Add, "the generated API grew in a way that no other finding explains"),
    ("generated-type-renamed", N, W, Ok, Brk, "a generated type was renamed"),
    ("generated-module-renamed", N, E, Ok, Brk, "the generated module of a provider was renamed"),
    ("generated-module-removed", N, E, Ok, Brk, "the generated crate lost the module and the feature of a provider"),
    ("generated-module-added", N, I, Ok, Add, "the generated crate gained the module and the feature of a provider"),
    ("api-schema-added", N, I, Ok, No, "a schema was added that no operation present in both documents uses"),
    ("api-schema-removed", N, I, Ok, No, "a schema was removed that no operation present in both documents used"),
    ("api-title-changed", N, I, Ok, No, "the title of the API changed"),
    ("api-version-changed", N, I, Ok, No, "the version of the API changed"),
    ("api-version-not-bumped", N, I, Ok, No, "the API breaks, but its version stayed the same"),
    ("api-version-decreased", N, I, Ok, No, "the API breaks, but its version decreased"),
    ("api-major-version-not-bumped", N, I, Ok, No, "the API breaks, but its major version stayed the same"),
];

/// All rules of this table, plus lifecycle and access of properties in both directions.
pub(super) fn rules() -> Vec<Rule> {
    let listed = RULES.iter().map(|(id, direction, level, wire, rust, summary)| {
        make((*id).to_owned(), (*direction, *level, *wire, *rust), (*summary).to_owned())
    });
    listed.chain(lifecycle()).chain(access()).collect()
}

fn make(id: String, facts: (Direction, Level, Wire, RustVerdict), summary: String) -> Rule {
    let (direction, level, wire, rust) = facts;
    let explanation = explain(&summary, direction, wire, rust);
    Rule { id, summary, explanation, direction, level, wire, rust }
}

fn lifecycle() -> impl Iterator<Item = Rule> {
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
fn access() -> impl Iterator<Item = Rule> {
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
