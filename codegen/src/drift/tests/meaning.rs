//! Documents whose meanings are closer than their texts.

use super::{both_ways, drift, ids};
use crate::drift::{Finding, Level, Wire};

/// Whether no finding is an error that breaks clients.
pub(super) fn harmless(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.level < Level::Error || finding.wire != Wire::BreaksClients)
}

#[test]
fn a_class_of_statuses_covers_its_statuses() {
    let single = both_ways("type: string");
    let class = single.replace("'200':", "2XX:");
    let narrower = drift(&class, &single);
    assert_eq!(ids(&narrower), ["response-success-status-removed"]);
    assert!(harmless(&narrower) && narrower[0].message.ends_with("was narrowed to 200"), "{narrower:?}");
    assert_eq!(ids(&drift(&single, &class)), ["response-success-status-added"]);
    let other = both_ways("type: integer");
    let body = drift(&class, &other);
    assert!(ids(&body).contains(&"response-body-type-changed"), "{body:?}");
    let beside = class.replace("responses:\n", "responses:\n        '204': { description: none }\n");
    assert_eq!(ids(&drift(&beside, &beside.replace("2XX:", "'200':"))), ["response-success-status-removed"]);
}

/// A document with one operation, keys before its paths, and keys in the operation.
fn secured(root: &str, operation: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\n{root}\npaths:\n  /a:\n    get:\n      {operation}\n      \
         responses: {{ '204': {{ description: none }} }}\n\
         components:\n  securitySchemes:\n    key: {{ type: apiKey, in: header, name: k }}\n    user: {{ type: http, scheme: basic }}\n"
    )
}

#[test]
fn requirements_may_move_to_the_document() {
    let (own, none) = ("security: [{ key: [] }]", "summary: none");
    let at_operation = secured("tags: []", own);
    for moved in [secured(own, none), secured(own, own)] {
        assert_eq!(ids(&drift(&at_operation, &moved)), Vec::<&str>::new());
        assert_eq!(ids(&drift(&moved, &at_operation)), Vec::<&str>::new());
    }
}

#[test]
fn a_part_of_an_alternative_is_satisfied_by_the_whole() {
    let both = secured("security: [{ key: [], user: [] }]", "summary: none");
    let either = secured("security: [{ key: [] }, { user: [] }]", "summary: none");
    assert!(harmless(&drift(&both, &either)));
    assert!(!harmless(&drift(&either, &both)));
}

#[test]
fn another_http_scheme_breaks_clients() {
    let basic = secured("security: [{ user: [] }]", "summary: none");
    assert!(!harmless(&drift(&basic, &basic.replace("basic", "bearer"))));
}

/// A document with servers at its top, at a path and at an operation.
fn served(root: &str, item: &str, operation: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\nservers: [{root}]\npaths:\n  /a:\n    servers: [{item}]\n    get:\n      \
         servers: [{operation}]\n      responses: {{ '204': {{ description: none }} }}\n"
    )
}

#[test]
fn servers_are_compared_where_they_apply() {
    let (first, second) = ("{ url: 'https://a.example/v1' }", "{ url: 'https://a.example/v2/' }");
    let replaced = ["server-added", "server-removed"];
    let findings = drift(&served(first, "", first), &served(first, "", second));
    assert_eq!(ids(&findings), replaced);
    let removed = findings.iter().find(|finding| finding.id() == "server-removed").expect("a removed server");
    assert_eq!((removed.level, removed.wire), (Level::Warning, Wire::BreaksClients));
    assert_eq!(removed.operations, ["GET /a"]);
    let moved = drift(&served(first, "", first), &served(first, "", &first.replace("a.", "b.")));
    assert_eq!(ids(&moved), replaced);
    assert!(moved.iter().all(|finding| finding.wire == Wire::Compatible), "another host is another deployment");
    let own = served(first, first, "").replace("      servers: []\n", "");
    assert_eq!(ids(&drift(&own, &own.replacen(first, second, 2).replacen(second, first, 1))), replaced);
    let none = served("", "", "").replace("    servers: []\n", "").replace("  servers: []\n", "");
    assert_eq!(ids(&drift(&none, &none.replace("servers: []", "servers: [{ url: / }]"))), Vec::<&str>::new());
}

#[test]
fn an_empty_pattern_is_no_pattern() {
    let with = |pattern: &str| both_ways(&format!("type: string\npattern: '{pattern}'"));
    assert_eq!(ids(&drift(&with(""), &both_ways("type: string"))), Vec::<&str>::new());
    assert_eq!(ids(&drift(&with(""), &with("^a$"))), ["request-body-pattern-added", "response-body-pattern-added"]);
}

#[test]
fn a_value_of_a_discriminator_breaks_like_a_value_of_an_enum() {
    let with = |values: &str| {
        let union = format!(
            "oneOf: [{{ $ref: '#/components/schemas/A' }}]\ndiscriminator: {{ propertyName: k, mapping: {{ {values} }} }}"
        );
        both_ways(&union) + "    A: { type: object, required: [k], properties: { k: { type: string } } }\n"
    };
    let findings = drift(&with("a: A"), &with("aa: A"));
    let breaking: Vec<&str> =
        findings.iter().filter(|finding| finding.wire == Wire::BreaksClients).map(Finding::id).collect();
    assert_eq!(breaking, ["request-body-discriminator-mapping-deleted", "response-body-discriminator-mapping-added"]);
    assert!(
        findings
            .iter()
            .filter(|finding| finding.wire == Wire::BreaksClients)
            .all(|finding| finding.level == Level::Warning)
    );
}

#[test]
fn constants_of_a_choice_are_matched_by_value() {
    let with = |title: &str, value: u8| {
        both_ways(&format!("oneOf: [{{ title: ONE, const: 1 }}, {{ title: {title}, const: {value} }}]"))
    };
    let findings = drift(&with("LINK", 2), &with("PROFILE", 6));
    for id in ["request-body-one-of-added", "request-body-one-of-removed"] {
        assert!(ids(&findings).contains(&id), "{findings:?}");
    }
    assert_eq!(findings.len(), 4, "{findings:?}");
}

#[track_caller]
pub(super) fn same(old: &str, new: &str) {
    assert_eq!(ids(&drift(old, new)), Vec::<&str>::new(), "{old}\n{new}");
    assert_eq!(ids(&drift(new, old)), Vec::<&str>::new(), "{new}\n{old}");
}

const MEMBERS: &str = "    A: { type: object, required: [x], properties: { x: { type: string } } }
    B: { type: object, required: [y], properties: { y: { type: string } } }
    F: { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }
";

pub(super) fn with_members(schema: &str) -> String {
    both_ways(schema) + MEMBERS
}

#[test]
fn members_that_only_annotate_change_nothing() {
    let plain = with_members("type: object\nproperties: { p: { $ref: '#/components/schemas/F' } }");
    for annotation in ["description: x", "nullable: true", "default: {}, title: y"] {
        let wrapped = plain.replace(
            "{ $ref: '#/components/schemas/F' } }",
            &format!("{{ allOf: [{{ $ref: '#/components/schemas/F' }}, {{ {annotation} }}] }} }}"),
        );
        let ids = ids(&drift(&plain, &wrapped)).join(" ");
        assert!(!ids.contains("-of-") && !ids.contains("nullable"), "{annotation}: {ids}");
    }
}

#[test]
fn a_choice_may_move_into_all_of() {
    let choice = "oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }]";
    let base = "allOf: [{ $ref: '#/components/schemas/Base' }";
    let more = "    Base: { type: object, properties: { z: { type: string } } }\n";
    let flat = with_members(&format!("{base}]\n{choice}")) + more;
    let nested = with_members(&format!("{base}, {{ {choice} }}]")) + more;
    same(&flat, &nested);
}

#[test]
fn a_property_may_move_to_the_base() {
    let with = |own: &str, base: &str| {
        both_ways(&format!(
            "type: object\nproperties: {{ a: {{ type: string }}{own} }}\nallOf: [{{ $ref: '#/components/schemas/Base' }}]"
        )) + &format!("    Base: {{ type: object, properties: {{ z: {{ type: string }}{base} }} }}\n")
    };
    let moved = ", b: { type: integer, maximum: 5 }";
    same(&with(moved, ""), &with("", moved));
    let changed = drift(&with(moved, ""), &with("", &moved.replace('5', "4")));
    assert_eq!(ids(&changed), ["request-property-max-decreased", "response-property-max-decreased"]);
}

#[test]
fn all_members_of_all_of_constrain_a_property() {
    let base = "{ $ref: '#/components/schemas/A' }";
    let with =
        |more: &str| with_members(&format!("allOf: [{base}, {{ type: object, properties: {{ x: {{ {more} }} }} }}]"));
    let free = with_members(&format!("allOf: [{base}]"));
    assert_eq!(
        ids(&drift(&free, &with("type: string, enum: [k]"))),
        ["request-property-became-enum", "response-property-became-enum"]
    );
    same(&free, &with("type: string"));
    let narrower = drift(&with("enum: [k, l]"), &with("enum: [k]"));
    assert!(!harmless(&narrower), "{narrower:?}");
}

#[test]
fn a_choice_of_plain_types_is_a_list_of_types() {
    for key in ["anyOf", "oneOf"] {
        let choice = both_ways(&format!(
            "type: object\nproperties: {{ p: {{ {key}: [{{ type: string }}, {{ type: integer }}] }} }}"
        ));
        let list = both_ways("type: object\nproperties: { p: { type: [string, integer] } }");
        same(&choice, &list);
        let limited = choice.replace("{ type: string }", "{ type: string, maxLength: 3 }");
        assert_eq!(
            ids(&drift(&list, &limited)),
            ["request-property-max-length-set", "response-property-max-length-set"]
        );
    }
}

#[test]
fn an_empty_choice_limits_nothing() {
    let with = |list: &str| both_ways(&format!("type: object\nproperties: {{ p: {{ oneOf: [{list}] }} }}"));
    same(&with(""), &both_ways("type: object\nproperties: { p: {} }"));
    let filled = drift(&with(""), &with("{ const: 1 }, { const: 2 }"));
    let response: Vec<Finding> = filled.into_iter().filter(|finding| finding.id().starts_with("response")).collect();
    assert!(!response.is_empty() && harmless(&response), "{response:?}");
    assert!(!harmless(&drift(&with(""), &with("{ const: 1 }, { const: 2 }"))), "requests are limited");
}

#[test]
fn members_may_be_nested_or_listed_twice() {
    let (a, b) = ("{ $ref: '#/components/schemas/A' }", "{ $ref: '#/components/schemas/B' }");
    for key in ["anyOf", "oneOf"] {
        let plain = with_members(&format!("{key}: [{a}, {b}, {{ type: string }}]"));
        same(&plain, &with_members(&format!("{key}: [{a}, {a}, {b}, {{ type: string }}]")));
        same(&plain, &with_members(&format!("{key}: [{{ {key}: [{a}, {b}] }}, {{ type: string }}]")));
    }
}

#[test]
fn a_value_that_selects_a_replaced_schema_is_compared_with_it() {
    let with = |name: &str, limit: &str| {
        let union = format!(
            "oneOf: [{{ $ref: '#/components/schemas/{name}' }}]\ndiscriminator: {{ propertyName: k, mapping: {{ a: {name} }} }}"
        );
        both_ways(&union)
            + &format!(
                "    {name}: {{ type: object, required: [k], properties: {{ k: {{ type: string{limit} }} }} }}\n"
            )
    };
    let findings = drift(&with("Old", ", maxLength: 5"), &with("New", ", maxLength: 4"));
    assert!(!ids(&findings).iter().any(|id| id.contains("mapping")), "{findings:?}");
    assert!(ids(&findings).contains(&"request-property-max-length-decreased"), "{findings:?}");
}

#[test]
fn spellings_of_bytes_are_one() {
    let with = |schema: &str| both_ways(&format!("type: object\nproperties: {{ p: {{ {schema} }} }}"));
    let binary = with("type: string, format: binary");
    same(&binary, &with("type: string, contentMediaType: image/png"));
    same(&binary, &with("contentMediaType: application/octet-stream"));
    same(&with("type: string, format: byte"), &with("type: string, contentEncoding: base64"));
    let text = drift(&binary, &with("type: string, contentMediaType: text/plain"));
    assert!(!harmless(&text), "{text:?}");
    let body = both_ways("type: string\nformat: binary").replace("application/json", "application/octet-stream");
    let schema = "{ schema: { $ref: '#/components/schemas/Thing' } }";
    same(&body, &body.replace(schema, "{}"));
}

#[test]
fn a_format_that_names_the_whole_range_of_its_type_changes_nothing() {
    let with = |schema: &str| both_ways(&format!("type: object\nproperties: {{ p: {{ {schema} }} }}"));
    for (kind, format) in [("integer", "int64"), ("number", "double"), ("string", "password")] {
        same(&with(&format!("type: {kind}")), &with(&format!("type: {kind}, format: {format}")));
    }
    let narrower = drift(&with("type: integer"), &with("type: integer, format: int32"));
    assert_eq!(ids(&narrower), ["request-property-type-changed", "response-property-type-specialized"]);
}

#[test]
fn named_choices_may_be_nested() {
    let (a, f, s) = ("{ $ref: '#/components/schemas/A' }", "{ $ref: '#/components/schemas/F' }", "{ type: string }");
    let b = "{ $ref: '#/components/schemas/B' }";
    let nested = with_members(&format!("oneOf: [{f}, {s}]"));
    same(&nested, &with_members(&format!("oneOf: [{a}, {b}, {s}]")));
    same(&nested, &with_members(&format!("oneOf: [{a}, {f}, {s}]")));
    let fewer = drift(&nested, &with_members(&format!("oneOf: [{a}, {s}]")));
    assert_eq!(ids(&fewer), ["request-body-one-of-removed", "response-body-one-of-removed"]);
    assert!(fewer.iter().all(|finding| finding.message.starts_with("`B` was removed")), "{fewer:?}");
}

#[test]
fn keywords_beside_a_reference_hold() {
    let reference = "$ref: '#/components/schemas/A'";
    let choice = "oneOf: [{ required: [q] }, { required: [r] }]";
    let plain = with_members(reference);
    let narrower = drift(&plain, &with_members(&format!("{reference}\n{choice}")));
    assert!(!harmless(&narrower), "{narrower:?}");
    let beside = with_members(&format!("{reference}\nproperties: {{ x: {{ enum: [k] }} }}"));
    same(&beside, &with_members(&format!("allOf: [{{ {reference} }}, {{ properties: {{ x: {{ enum: [k] }} }} }}]")));
    let base = "{ type: object, properties: { z: { type: string } } }";
    let all = with_members(&format!("{reference}\nallOf: [{base}]"));
    same(&all, &with_members(&format!("allOf: [{{ {reference} }}, {base}]")));
}

#[test]
fn a_security_scheme_may_be_renamed() {
    let old = secured("security: [{ key: [] }]", "security: [{ key: [], user: [] }]");
    let findings = drift(&old, &old.replace("key", "token").replace("user", "person"));
    assert_eq!(ids(&findings), ["api-security-component-removed"]);
    assert!(findings[0].message.contains("was renamed to"), "{findings:?}");
    let other = drift(
        &old,
        &old.replace("key: [", "token: [")
            .replace("key: { type: apiKey, in: header", "token: { type: apiKey, in: query"),
    );
    assert!(!harmless(&other), "{other:?}");
}

#[test]
fn values_of_a_server_variable_are_those_of_an_enum() {
    let with = |variable: &str| {
        served(&format!("{{ url: 'https://{{v}}.example', variables: {{ v: {{ {variable} }} }} }}"), "", "")
    };
    let some = with("default: a, enum: [a, b]");
    same(&some, &with("default: a, enum: [b, a]"));
    for (old, new, level) in [
        (&some, &with("default: a, enum: [a, b, c]"), Level::Info),
        (&some, &with("default: a"), Level::Info),
        (&some, &with("default: a, enum: [a]"), Level::Warning),
        (&with("default: a"), &some, Level::Warning),
    ] {
        let findings = drift(old, new);
        assert_eq!((ids(&findings), findings[0].level), (vec!["server-variable-changed"], level), "{findings:?}");
    }
    assert!(
        drift(&some, &with("default: a, enum: [a]"))[0].message.ends_with("no longer accepts `b` for its variable `v`")
    );
}

#[test]
fn an_added_choice_is_named_as_one() {
    let with = |more: &str| with_members(&format!("oneOf: [{{ type: string }}, {{ type: integer }}{more}]"));
    let findings = drift(&with(""), &with(", { $ref: '#/components/schemas/F' }"));
    assert!(findings.iter().all(|finding| finding.message.starts_with("`F` was added")), "{findings:?}");
}

#[test]
fn explode_of_a_scalar_writes_nothing_differently() {
    let with = |keys: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
             parameters: [{{ name: q, in: query, {keys} }}]\n      responses: {{ '204': {{ description: none }} }}\n"
        )
    };
    let text = with("schema: { type: string }");
    assert_eq!(ids(&drift(&text, &with("explode: false, schema: { type: string }"))), Vec::<&str>::new());
    let list = with("explode: false, schema: { type: array, items: { type: string } }");
    assert_eq!(ids(&drift(&text, &list)), ["request-parameter-type-generalized"]);
    let exploded = list.replace("explode: false", "explode: true");
    assert_eq!(ids(&drift(&exploded, &list)), ["request-parameter-explode-changed"]);
}
