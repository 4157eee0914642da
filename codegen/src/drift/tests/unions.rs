//! Unions and negations that accept the same values, and what their members add.

use super::meaning::{harmless, same, with_members};
use super::{both_ways, drift, ids};
use crate::drift::Wire;

#[test]
fn a_member_that_another_one_covers_adds_nothing() {
    let text = both_ways("type: string");
    same(&text, &both_ways("anyOf: [{ type: string }, { type: string, maxLength: 5 }]"));
    let two = "{ type: string }, { type: integer }";
    same(
        &both_ways(&format!("anyOf: [{two}, {{ type: integer, minimum: 1 }}]")),
        &both_ways(&format!("anyOf: [{two}]")),
    );
    let named = |first: &str| with_members(&format!("anyOf: [{first}{{ type: object }}, {{ type: string }}]"));
    let removed = drift(&named("{ $ref: '#/components/schemas/A' }, "), &named(""));
    assert_eq!(ids(&removed), ["request-body-any-of-removed", "response-body-any-of-removed"]);
    assert!(harmless(&removed));
    let one_of = both_ways("oneOf: [{ type: string }, { type: string, maxLength: 5 }]");
    assert!(!harmless(&drift(&text, &one_of)), "short texts match both members");
}

#[test]
fn an_object_may_become_a_member_of_a_union() {
    let a = "{ $ref: '#/components/schemas/A' }";
    let old = with_members("$ref: '#/components/schemas/A'");
    let any_of = with_members(&format!("anyOf: [{a}, {{ $ref: '#/components/schemas/B' }}]"));
    assert_eq!(ids(&drift(&old, &any_of)), ["request-body-any-of-added", "response-body-any-of-added"]);
    assert!(harmless(&drift(&old, &any_of)));
    assert_eq!(ids(&drift(&any_of, &old)), ["request-body-any-of-removed", "response-body-any-of-removed"]);
    assert!(!harmless(&drift(&any_of, &old)));
    let one_of = |other: &str| with_members(&format!("oneOf: [{a}, {other}]"));
    let closed = "{ type: object, required: [k], properties: { k: { type: string } }, additionalProperties: false }";
    let breaks = |old: &str, new: &str| -> Vec<String> {
        let findings = drift(old, new).into_iter().filter(|finding| finding.wire == Wire::BreaksClients);
        findings.map(|finding| finding.id().to_owned()).collect()
    };
    assert_eq!(breaks(&old, &one_of(closed)), ["response-body-wrapped-in-one-of"]);
    assert_eq!(breaks(&one_of(closed), &old), ["request-body-unwrapped-from-one-of"]);
    let overlapping = one_of("{ $ref: '#/components/schemas/B' }");
    assert_eq!(breaks(&old, &overlapping), ["request-body-wrapped-in-one-of", "response-body-wrapped-in-one-of"]);
}

#[test]
fn a_negation_of_another_type_limits_nothing() {
    same(&both_ways("type: string"), &both_ways("type: string\nnot: { type: integer }"));
    let limited = drift(&both_ways("type: string"), &both_ways("type: string\nnot: { const: a }"));
    assert_eq!(ids(&limited), ["request-body-not-added", "response-body-not-added"]);
}

#[test]
fn one_value_is_a_constant() {
    let with = |schema: &str| both_ways(&format!("type: object\nproperties: {{ p: {{ {schema} }} }}"));
    for schema in ["enum: [a]", "type: string, enum: [a]", "type: string, const: a"] {
        same(&with("const: a"), &with(schema));
    }
}
