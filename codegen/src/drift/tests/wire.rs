//! Verdicts that depend on the context.

use super::{both_ways, drift, ids};
use crate::drift::{Finding, Level, Wire};

fn find<'f>(findings: &'f [Finding], id: &str) -> &'f Finding {
    findings.iter().find(|finding| finding.id() == id).unwrap_or_else(|| panic!("{id} is not in {:?}", ids(findings)))
}

#[test]
fn a_limit_breaks_in_requests_only() {
    let findings = drift(&both_ways("type: string\nmaxLength: 9"), &both_ways("type: string\nmaxLength: 5"));
    let request = find(&findings, "request-body-max-length-decreased");
    assert_eq!((request.level, request.wire), (Level::Error, Wire::BreaksClients));
    let response = find(&findings, "response-body-max-length-decreased");
    assert_eq!((response.level, response.wire), (Level::Info, Wire::BreaksServers));
}

#[test]
fn findings_have_both_locations_and_all_operations() {
    let findings = drift(&both_ways("type: string\nmaxLength: 9"), &both_ways("type: string\n\nmaxLength: 5"));
    let finding = find(&findings, "request-body-max-length-decreased");
    assert_eq!(finding.old.to_string(), "old.yaml:20:7");
    assert_eq!(finding.new.to_string(), "new.yaml:21:7");
    assert_eq!(finding.pointer, "/components/schemas/Thing/maxLength");
    assert_eq!(finding.operations, ["POST /things"]);
}

#[test]
fn security_that_tightens_is_an_error() {
    let open = both_ways("type: object");
    let closed = open.replace("info:", "security: [{ key: [] }]\ninfo:");
    assert_eq!(find(&drift(&open, &closed), "api-global-security-added").level, Level::Error);
    assert_eq!(find(&drift(&closed, &open), "api-global-security-removed").level, Level::Info);
    let more = closed.replace("[{ key: [] }]", "[{ key: [] }, { other: [] }]");
    assert_eq!(find(&drift(&closed, &more), "api-global-security-added").level, Level::Info);
    assert_eq!(find(&drift(&more, &closed), "api-global-security-removed").level, Level::Error);
    let scoped = closed.replace("key: []", "key: [write]");
    assert_eq!(find(&drift(&closed, &scoped), "api-global-security-scope-added").wire, Wire::BreaksClients);
}

#[test]
fn read_only_properties_break_no_request() {
    let with = |limit: u8| {
        both_ways(&format!("type: object\nproperties: {{ a: {{ type: integer, readOnly: true, maximum: {limit} }} }}"))
    };
    let findings = drift(&with(9), &with(5));
    assert_eq!(find(&findings, "request-read-only-property-max-decreased").wire, Wire::Compatible);
    assert!(findings.iter().all(|finding| finding.level == Level::Info));
}

#[test]
fn webhooks_reverse_the_direction() {
    let hook = |schema: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\nwebhooks:\n  done:\n    post:\n      requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}\n      responses: {{ '200': {{ description: ok }} }}\n"
        )
    };
    let findings = drift(&hook("{ type: string }"), &hook("{ type: string, nullable: true }"));
    assert_eq!(ids(&findings), ["response-body-became-nullable"]);
}

#[test]
fn integers_that_became_strings_break_both_directions() {
    let with = |kind: &str| both_ways(&format!("type: object\nrequired: [id]\nproperties: {{ id: {{ {kind} }} }}"));
    let findings = drift(&with("type: integer, format: int64"), &with("type: string"));
    assert_eq!(ids(&findings), ["request-property-type-changed", "response-property-type-changed"]);
    assert!(findings.iter().all(|finding| finding.level == Level::Error && finding.wire == Wire::BreaksClients));
}

#[test]
fn a_type_of_both_lists_is_compared() {
    let old = both_ways("type: string\nmaxLength: 9");
    let new = both_ways("oneOf: [{ type: string, maxLength: 5 }, { type: integer }]");
    let findings = drift(&old, &new);
    for id in ["request-body-list-of-types-widened", "request-property-max-length-decreased"] {
        assert_eq!(find(&findings, id).operations, ["POST /things"]);
    }
    assert_eq!(findings.len(), 4, "{findings:?}");
    let unnamed = both_ways("oneOf: [{ type: string, enum: [a] }, { type: string, enum: [b] }]");
    let more = both_ways("oneOf: [{ type: string, enum: [a] }, { type: string, enum: [b] }, { type: boolean }]");
    find(&drift(&unnamed, &more), "request-body-one-of-added");
}

#[test]
fn fingerprints_do_not_depend_on_lines() {
    let (old, new) = (both_ways("type: string"), both_ways("type: string\npattern: x"));
    let moved = new.replace("paths:", "\n\npaths:");
    let prints = |new: &str| drift(&old, new).into_iter().map(|finding| finding.fingerprint).collect::<Vec<_>>();
    assert_eq!(prints(&new), prints(&moved));
}
