//! Swapping the documents turns additions into removals.

use super::{both_ways, drift, ids};

/// The id for the reverse change.
fn mirrored(id: &str) -> String {
    const ENDS: [(&str, &str); 15] = [
        ("-became-one-of", "-became-any-of"),
        ("-became-not-nullable", "-became-nullable"),
        ("-became-not-enum", "-became-enum"),
        ("-became-optional", "-became-required"),
        ("-became-not-read-only", "-became-read-only"),
        ("-became-not-write-only", "-became-write-only"),
        ("-specialized", "-generalized"),
        ("-narrowed", "-widened"),
        ("-decreased", "-increased"),
        ("-unset", "-set"),
        ("-denied", "-allowed"),
        ("-removed", "-added"),
        ("-unwrapped-from-one-of", "-wrapped-in-one-of"),
        ("-removed-annotation-only", "-added-annotation-only"),
        ("endpoint-deprecated", "endpoint-reactivated"),
    ];
    for (one, other) in ENDS {
        if let Some(stem) = id.strip_suffix(one) {
            return format!("{stem}{other}");
        }
        if let Some(stem) = id.strip_suffix(other) {
            return format!("{stem}{one}");
        }
    }
    id.to_owned()
}

/// One id for events whose ids have no common stem, such as new properties of requests.
fn class(id: &str) -> String {
    let id = match id {
        "new-required-request-property" | "new-optional-request-property" => "request-property-added",
        "api-removed-without-deprecation" | "api-path-removed-without-deprecation" => "endpoint-removed",
        // Requests have no id for a type that became narrower.
        "request-body-type-changed" => "request-body-type-specialized",
        "request-property-type-changed" => "request-property-type-specialized",
        other => other,
    };
    id.replace("-deleted", "-removed")
}

#[track_caller]
fn mirrors(old: &str, new: &str) {
    let there = drift(old, new);
    let back = drift(new, old);
    assert!(!there.is_empty(), "{old}\n{new}");
    let mut left: Vec<String> = ids(&there).into_iter().map(|id| mirrored(&class(id))).collect();
    let mut right: Vec<String> = ids(&back).into_iter().map(class).collect();
    left.sort_unstable();
    right.sort_unstable();
    let plain = |list: &[String]| -> Vec<String> {
        list.iter().map(|id| id.replace("-optional-", "-").replace("-required-", "-")).collect()
    };
    assert_eq!(plain(&left), plain(&right), "{old}\n{new}");
}

#[test]
fn schema_changes_mirror() {
    let base = "type: object\nproperties: { a: { type: string } }";
    let cases = [
        (base, "type: object\nproperties: { a: { type: string }, b: { type: string } }"),
        (base, "type: object\nproperties: { a: { type: [string, 'null'] } }"),
        (base, "type: object\nproperties: { a: { type: string, maxLength: 3 } }"),
        (base, "type: object\nproperties: { a: { type: string, minLength: 3 } }"),
        (base, "type: object\nproperties: { a: { type: string, enum: [x] } }"),
        (base, "type: object\nproperties: { a: { type: string, const: x } }"),
        (base, "type: object\nproperties: { a: { type: string, pattern: x } }"),
        (base, "type: object\nproperties: { a: { type: string, default: x } }"),
        (base, "type: object\nproperties: { a: { type: string, contentSchema: { type: object } } }"),
        (base, "type: object\nadditionalProperties: false\nproperties: { a: { type: string } }"),
        (base, "type: object\nadditionalProperties: { type: string }\nproperties: { a: { type: string } }"),
        (base, "type: object\npropertyNames: { pattern: x }\nproperties: { a: { type: string } }"),
        (base, "type: object\npatternProperties: { x: { type: string } }\nproperties: { a: { type: string } }"),
        (base, "type: object\nunevaluatedProperties: false\nproperties: { a: { type: string } }"),
        (base, "type: object\ndependentRequired: { a: [b] }\nproperties: { a: { type: string } }"),
        (base, "type: object\ndependentSchemas: { a: { required: [b] } }\nproperties: { a: { type: string } }"),
        (
            base,
            "type: object\nif: { required: [a] }\nthen: { required: [b] }\nelse: { required: [c] }\nproperties: { a: { type: string } }",
        ),
        (base, "type: object\nnot: { required: [b] }\nproperties: { a: { type: string } }"),
        (base, "type: object\nminProperties: 1\nmaxProperties: 2\nproperties: { a: { type: string } }"),
        ("type: integer", "type: number"),
        ("type: integer\nformat: int32", "type: integer\nformat: int64"),
        ("type: [string, integer]", "type: [string, integer, boolean]"),
        ("type: integer\nmaximum: 5", "type: integer\nmaximum: 6"),
        ("type: integer\nexclusiveMinimum: 5", "type: integer\nexclusiveMinimum: 6"),
        ("type: integer", "type: integer\nmultipleOf: 6"),
        ("type: string\nenum: [a]", "type: string\nenum: [a, b]"),
        ("type: array\nitems: { type: string }", "type: array"),
        ("type: array\nmaxItems: 1", "type: array\nmaxItems: 2"),
        ("type: array", "type: array\nuniqueItems: true"),
        (
            "type: array\nprefixItems: [{ type: string }]",
            "type: array\nprefixItems: [{ type: string }, { type: string }]",
        ),
        (
            "type: array\ncontains: { type: string }",
            "type: array\ncontains: { type: string }\nminContains: 2\nmaxContains: 3",
        ),
        ("type: array", "type: array\ncontains: { type: string }"),
        ("type: array", "type: array\nunevaluatedItems: false"),
        (
            "oneOf: [{ type: string }, { type: integer }]",
            "oneOf: [{ type: string }, { type: integer }, { type: boolean }]",
        ),
        (
            "anyOf: [{ type: string }, { type: integer }]",
            "anyOf: [{ type: string }, { type: integer }, { type: boolean }]",
        ),
        (
            "allOf: [{ required: [a] }, { required: [b] }]",
            "allOf: [{ required: [a] }, { required: [b] }, { required: [c] }]",
        ),
        (base, "oneOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { b: {} } }]"),
    ];
    for (old, new) in cases {
        mirrors(&both_ways(old), &both_ways(new));
    }
}

#[test]
fn changes_of_operations_mirror() {
    let base = both_ways("type: object");
    let cases = [
        base.replace("    post:\n", "    get: { responses: { '204': { description: none } } }\n    post:\n"),
        base.replace("'200':", "'404': { description: none }\n        '200':"),
        base.replace("'200':", "'204': { description: none }\n        '200':"),
        base.replace("      operationId: makeThing\n", "      operationId: makeThing\n      tags: [x]\n"),
        base.replace("      operationId: makeThing\n", "      operationId: makeThing\n      deprecated: true\n"),
        base.replace("info:", "servers: [{ url: 'https://a.example' }]\ninfo:"),
        base.replace("info:", "webhooks: { x: { post: { responses: { '200': { description: ok } } } } }\ninfo:"),
        base.replace("info:", "security: [{ key: [] }]\ninfo:"),
        base.replace("required: true\n", "required: false\n"),
    ];
    for new in cases {
        mirrors(&base, &new);
    }
}
