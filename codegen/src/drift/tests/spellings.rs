//! Schemas that are written in different ways and accept the same values, and changes beside them.

use super::{both_ways, drift, ids};
use crate::drift::{Finding, Level, Wire};

/// Schemas that others refer to. `A` and `B` are told apart by `k`, `C` and `D` by nothing.
const COMPONENTS: &str =
    "    A: { type: object, required: [k, x], properties: { k: { const: a }, x: { type: string } } }
    B: { type: object, required: [k, y], properties: { k: { const: b }, y: { type: integer } } }
    C: { type: object, required: [c], properties: { c: { type: string } } }
    D: { type: object, properties: { d: { type: string } } }
    Code: { type: string }
";
const A: &str = "{ $ref: '#/components/schemas/A' }";
const B: &str = "{ $ref: '#/components/schemas/B' }";
const C: &str = "{ $ref: '#/components/schemas/C' }";
const D: &str = "{ $ref: '#/components/schemas/D' }";

/// A document with a schema as a property of request and response.
fn with(schema: &str) -> String {
    both_ways(&format!("type: object\nproperties: {{ p: {schema} }}")) + COMPONENTS
}

#[track_caller]
fn same(old: &str, new: &str) {
    for (old, new) in [(old, new), (new, old)] {
        assert_eq!(ids(&drift(&with(old), &with(new))), Vec::<&str>::new(), "{old}\n{new}");
    }
}

/// The ids of the findings, without `request-property-` and `response-property-`.
fn changes(findings: &[Finding]) -> Vec<String> {
    let mut ids: Vec<String> = findings.iter().map(|finding| finding.id().replace("property-", "")).collect();
    ids.sort_unstable();
    ids
}

#[track_caller]
fn expect(old: &str, new: &str, expected: &[&str]) -> Vec<Finding> {
    let findings = drift(&with(old), &with(new));
    assert_eq!(changes(&findings), expected, "{old}\n{new}");
    findings
}

#[test]
fn a_union_of_constants_is_an_enum() {
    let list = "{ type: string, enum: [a, b, c] }";
    for union in [
        "{ oneOf: [{ const: a, title: A }, { const: b }, { const: c }] }",
        "{ anyOf: [{ type: string, enum: [a, b] }, { type: string, enum: [c] }] }",
        "{ type: string, oneOf: [{ enum: [c] }, { enum: [b, a] }] }",
    ] {
        same(list, union);
    }
    same("{ oneOf: [{ const: 1 }, { const: 2 }] }", "{ anyOf: [{ const: 2 }, { const: 1 }] }");
    same("{ enum: [a, b, null] }", "{ oneOf: [{ const: a }, { const: b }, { type: 'null' }] }");
    let fewer = "{ oneOf: [{ const: a }, { const: b }] }";
    expect(list, fewer, &["request-enum-value-removed", "response-enum-value-removed"]);
    expect("{ type: string }", fewer, &["request-became-enum", "response-became-enum"]);
}

#[test]
fn unions_of_distinct_members_are_of_either_kind() {
    let closed = "{ type: object, additionalProperties: false, properties: { z: { type: string } } }";
    for members in [
        format!("{A}, {B}"),
        "{ type: string }, { type: boolean }, { type: 'null' }".to_owned(),
        "{ type: array, items: { type: string } }, { type: object, properties: { a: {} } }".to_owned(),
        format!("{C}, {closed}"),
    ] {
        same(&format!("{{ oneOf: [{members}] }}"), &format!("{{ anyOf: [{members}] }}"));
    }
    let (one, any) = (format!("{{ oneOf: [{C}, {D}] }}"), format!("{{ anyOf: [{C}, {D}] }}"));
    let wider = expect(&one, &any, &["request-became-any-of", "response-became-any-of"]);
    let narrower = expect(&any, &one, &["request-became-one-of", "response-became-one-of"]);
    for (findings, prefix) in [(wider, "response"), (narrower, "request")] {
        let breaks = findings.iter().find(|finding| finding.wire == Wire::BreaksClients).expect("a break");
        assert_eq!((breaks.level, breaks.id().starts_with(prefix)), (Level::Warning, true), "{findings:?}");
    }
    let more = format!("{{ anyOf: [{A}, {B}, {{ type: boolean }}] }}");
    expect(&format!("{{ oneOf: [{A}, {B}] }}"), &more, &["request-any-of-added", "response-any-of-added"]);
}

#[test]
fn keywords_that_every_value_meets_change_nothing() {
    for (kind, more) in [
        ("string", "minLength: 0"),
        ("string", "pattern: '.*'"),
        ("string", "pattern: ''"),
        ("string", "not: false"),
        ("integer", "multipleOf: 1"),
        ("array", "minItems: 0, uniqueItems: false, items: {}"),
        ("object", "minProperties: 0, properties: {}, required: [], additionalProperties: true"),
    ] {
        let (plain, full) = (format!("{{ type: {kind} }}"), format!("{{ type: {kind}, {more} }}"));
        same(&plain, &full);
        // Members of unions are matched by their meanings.
        let union = |schema: &str| format!("{{ anyOf: [{schema}, {{ type: {kind}, enum: [[], {{}}, 1, a] }}, {D}] }}");
        same(&union(&plain), &union(&full));
    }
}

#[test]
fn nothing_is_valid_where_its_negation_is_asked_for() {
    expect("{ type: string }", "{ type: string, not: {} }", &["request-not-added", "response-not-added"]);
    expect("{ type: array }", "{ type: array, contains: {} }", &["request-contains-added", "response-contains-added"]);
    let not = |values: &str| format!("{{ type: string, not: {{ enum: [{values}] }} }}");
    let findings = expect(&not("a"), &not("a, b"), &["request-enum-value-added", "response-enum-value-added"]);
    assert_eq!(
        findings.iter().map(|finding| finding.wire).collect::<Vec<_>>(),
        [Wire::BreaksClients, Wire::BreaksServers]
    );
    assert_eq!(findings.first().map(|finding| finding.level), Some(Level::Error));
    let when = |name: &str| format!("{{ type: object, if: {{ required: [{name}] }}, then: {{ required: [z] }} }}");
    let changed = ["request-if-added", "request-if-removed", "response-if-added", "response-if-removed"];
    expect(&when("a"), &when("b"), &changed);
}

#[test]
fn both_kinds_of_bounds_are_one_range() {
    same("{ type: integer, minimum: 1, maximum: 9 }", "{ type: integer, exclusiveMinimum: 0, exclusiveMaximum: 10 }");
    let (at, above) = ("{ type: number, minimum: 5 }", "{ type: number, exclusiveMinimum: 5 }");
    expect(at, above, &["request-exclusive-min-increased", "response-exclusive-min-increased"]);
    expect(above, at, &["request-min-decreased", "response-min-decreased"]);
    let (at, below) = ("{ type: number, maximum: 5 }", "{ type: number, exclusiveMaximum: 5 }");
    expect(at, below, &["request-exclusive-max-decreased", "response-exclusive-max-decreased"]);
    expect(
        "{ type: integer, maximum: 5 }",
        "{ type: integer, exclusiveMaximum: 9 }",
        &["request-exclusive-max-increased", "response-exclusive-max-increased"],
    );
}

#[test]
fn members_of_all_of_limit_a_value_together() {
    same("{ allOf: [{ type: string, enum: [a, b, c] }, { enum: [a, b] }] }", "{ type: string, enum: [a, b] }");
    same(
        "{ allOf: [{ type: integer, minimum: 0 }, { maximum: 5, minimum: 1 }] }",
        "{ type: integer, minimum: 1, maximum: 5 }",
    );
    same(C, &format!("{{ allOf: [{C}, {{ type: object, description: d }}] }}"));
    let code = "{ $ref: '#/components/schemas/Code' }";
    let limited = format!("{{ allOf: [{code}, {{ maxLength: 5 }}] }}");
    same(&limited, "{ $ref: '#/components/schemas/Code', maxLength: 5 }");
    expect(code, &limited, &["request-max-length-set", "response-max-length-set"]);
    let closed = format!("{{ allOf: [{D}], unevaluatedProperties: false }}");
    same(&closed, "{ type: object, properties: { d: { type: string } }, additionalProperties: false }");
    let required = format!("{{ allOf: [{D}, {{ required: [d] }}] }}");
    expect(D, &required, &["request-became-required", "response-became-required"]);
}

#[test]
fn a_text_is_a_list_of_texts() {
    let with = |schema: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{ /a: {{ get: {{ parameters: [{{ name: q, in: query, explode: false, schema: {schema} }}], \
             responses: {{ '204': {{ description: d }} }} }} }} }}\n"
        )
    };
    let text = with("{ type: string }");
    let wider = drift(&text, &with("{ type: array, items: { type: string } }"));
    assert_eq!(ids(&wider), ["request-parameter-type-generalized"]);
    for narrower in
        ["{ type: array, items: { type: integer } }", "{ type: array, items: { type: string }, maxItems: 1 }"]
    {
        assert_eq!(ids(&drift(&text, &with(narrower))), ["request-parameter-type-changed"]);
    }
}

#[test]
fn what_a_reference_says_about_a_property_holds_behind_annotations() {
    let id = "{ $ref: '#/components/schemas/Id' }";
    let with = |schema: &str| with(schema) + "    Id: { type: string, readOnly: true }\n";
    let wrapped = format!("{{ allOf: [{id}, {{ description: d }}] }}");
    for (old, new) in [(id, wrapped.as_str()), (wrapped.as_str(), id)] {
        assert_eq!(ids(&drift(&with(old), &with(new))), Vec::<&str>::new());
    }
    same(
        "{ type: object, nullable: true, oneOf: [{ $ref: '#/components/schemas/C' }] }",
        "{ type: [object, 'null'], oneOf: [{ $ref: '#/components/schemas/C' }] }",
    );
}

#[test]
fn what_annotates_a_property_holds_at_any_depth_of_all_of() {
    let plain = format!("{{ allOf: [{C}, {{ readOnly: true }}, {{ deprecated: true }}] }}");
    same(&property(&plain), &property(&format!("{{ allOf: [{{ allOf: [{plain}] }}] }}")));
    same(
        &property(&plain),
        &property(&format!(
            "{{ allOf: [{{ allOf: [{{ allOf: [{{ deprecated: true }}] }}, {C}] }}, {{ readOnly: true }}] }}"
        )),
    );
    let with = |schema: &str| with(&property(schema)) + "    Old: { type: string, deprecated: true }\n";
    let old = "{ $ref: '#/components/schemas/Old' }";
    let wrapped = format!("{{ allOf: [{old}, {{ description: d }}] }}");
    for (old, new) in [(old, wrapped.as_str()), (wrapped.as_str(), old)] {
        assert_eq!(ids(&drift(&with(old), &with(new))), Vec::<&str>::new());
    }
}

/// A property in an object of its own.
fn property(schema: &str) -> String {
    format!("{{ type: object, properties: {{ q: {schema} }} }}")
}

#[test]
fn annotations_in_all_of_have_no_order() {
    for members in [vec![C], vec![C, D]] {
        let (first, last) = (members.join(", "), members.iter().rev().copied().collect::<Vec<_>>().join(", "));
        let (default, example) = ("{ default: { c: a } }", "{ example: { c: b } }");
        let old = format!("{{ allOf: [{first}, {default}, {example}] }}");
        same(&property(&old), &property(&format!("{{ allOf: [{example}, {last}, {default}] }}")));
        let wrapped = format!("{{ allOf: [{first}, {{ allOf: [{default}] }}, {{ allOf: [{example}] }}] }}");
        same(&property(&old), &property(&wrapped));
    }
}

#[test]
fn all_of_what_limits_nothing_limits_nothing() {
    let with = |schema: &str| {
        let object = format!("{{ type: object, additionalProperties: {schema} }}");
        with(&object) + "    Anything: { description: Whatever it is. }\n"
    };
    let old = with("{ $ref: '#/components/schemas/Anything' }");
    let new = with("{ allOf: [{ $ref: '#/components/schemas/Anything' }, { description: d }] }");
    assert_eq!(ids(&drift(&old, &new)), Vec::<&str>::new());
    assert_eq!(ids(&drift(&new, &old)), Vec::<&str>::new());
}

#[test]
fn members_without_a_common_value_are_different_members() {
    for (old, new) in [
        ("{ title: HIGH, const: 3 }", "{ title: HIGH, const: 2 }"),
        ("{ type: array, items: { type: string } }", "{ type: boolean }"),
        (
            "{ type: object, required: [k], properties: { k: { const: a }, x: {} } }",
            "{ type: object, required: [k], properties: { k: { const: c }, y: {} } }",
        ),
    ] {
        let union = |member: &str| format!("{{ oneOf: [{B}, {member}] }}");
        let expected =
            ["request-one-of-added", "request-one-of-removed", "response-one-of-added", "response-one-of-removed"];
        expect(&union(old), &union(new), &expected);
    }
    let findings = expect(
        &format!("{{ oneOf: [{A}, {B}] }}"),
        &format!("{{ oneOf: [{A}, {C}] }}"),
        &["request-one-of-added", "request-one-of-removed", "response-one-of-added", "response-one-of-removed"],
    );
    assert!(findings.iter().all(|finding| !finding.id().starts_with("api-schema-")), "{findings:?}");
}

#[test]
fn properties_may_move_into_the_members_of_a_union() {
    let properties = |limit: &str| format!("k: {{ type: string }}, l: {{ type: integer{limit} }}");
    let member = |name: &str, required: &str, more: &str| {
        format!(
            "{{ type: object, required: [{required}{name}], properties: {{ {name}: {{ type: string }}, {more} }} }}"
        )
    };
    for key in ["oneOf", "anyOf"] {
        let own = |limit: &str| {
            let own = format!("type: object, required: [k], properties: {{ {} }}", properties(limit));
            format!("{{ {own}, {key}: [{}, {}] }}", member("x", "", ""), member("y", "", ""))
        };
        let of_members = |limit: &str| {
            let more = properties(limit);
            format!("{{ {key}: [{}, {}] }}", member("x", "k, ", &more), member("y", "k, ", &more))
        };
        same(&own(""), &of_members(""));
        expect(&own(""), &of_members(", maximum: 3"), &["request-max-set", "response-max-set"]);
        expect(&of_members(", maximum: 3"), &own(""), &["request-max-unset", "response-max-unset"]);
    }
}
