use serde_json::json;

use super::Maker;
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Limits, MemoryReader};

/// A lowered document with the schema `S`, given as YAML in one line.
fn document(schema: &str) -> Document {
    let head = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
    let reader = MemoryReader::new().with("api.yaml", format!("{head}    S: {schema}\n    T: {{type: string}}\n"));
    let mut out = Diagnostics::new();
    let mut document = crate::load::load("api.yaml", &reader, &Limits::default(), &mut out).unwrap();
    crate::lower::lower(&mut document, &mut out);
    document
}

#[test]
fn a_valid_value_satisfies_every_constraint() {
    for (schema, expected) in [
        ("{type: string, minLength: 6}", json!("textte")),
        ("{type: string, pattern: '^[A-Z]{2}$'}", json!("AA")),
        ("{type: string, format: date}", json!("2026-01-31")),
        ("{type: integer, exclusiveMinimum: 3, multipleOf: 5}", json!(5)),
        ("{type: number, maximum: -1.5}", json!(-1.5)),
        ("{type: array, items: {type: boolean}, minItems: 2}", json!([true, true])),
        ("{enum: [7, 8]}", json!(7)),
        ("{type: integer, default: 9223372036854776000}", json!(1)),
        ("{type: integer, format: uint64, default: 9223372036854776000}", json!(9_223_372_036_854_776_000_u64)),
        ("{type: string, pattern: '^[a-f\\d]{24}$'}", json!("aaaaaaaaaaaaaaaaaaaaaaaa")),
        ("{type: string, pattern: '^x[a-z]+$', minLength: 5}", json!("xaaaaaa")),
        (
            "{allOf: [{properties: {s: {type: number}}}, {properties: {s: {enum: [400]}}}], type: object}",
            json!({"s": 400}),
        ),
        (
            "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: boolean}}}, \
             {type: string}]}",
            json!("text"),
        ),
        (
            "{type: object, required: [a], properties: {a: {$ref: '#/components/schemas/T'}, b: {type: 'null'}}}",
            json!({"a": "text", "b": null}),
        ),
        (
            "{type: object, required: [id], properties: {id: {type: string, readOnly: true}, n: {type: integer}}}",
            json!({"n": 1}),
        ),
        ("{type: object, additionalProperties: {type: integer}, minProperties: 2}", json!({"key0": 1, "key1": 1})),
        ("{allOf: [{$ref: '#/components/schemas/T'}, {maxLength: 2}]}", json!("te")),
    ] {
        let document = document(schema);
        let schema_node = document.root.pointer("/components/schemas/S").unwrap();
        assert_eq!(Maker::of_requests(&document.root).valid(schema_node), Some(expected), "{schema}");
    }
    let never = document("{type: string, pattern: '^(?=b)a$'}");
    assert_eq!(Maker::of_requests(&never.root).valid(never.root.pointer("/components/schemas/S").unwrap()), None);
}

#[test]
fn each_constraint_is_broken_once() {
    let document = document(
        "{type: object, required: [name], properties: {name: {type: string, minLength: 2, maxLength: 3, pattern: '^[a-z]+$'}, \
         n: {type: integer, minimum: 1, maximum: 9, multipleOf: 1}, list: {type: array, uniqueItems: true, maxItems: 2, items: {type: string, enum: [x]}}}}",
    );
    let schema = document.root.pointer("/components/schemas/S").unwrap();
    let maker = Maker::of_requests(&document.root);
    let valid = maker.valid(schema).unwrap();
    assert_eq!(valid, json!({"name": "tex", "n": 1, "list": ["x"]}));
    let broken = maker.broken(schema, &valid);
    let found: Vec<String> = broken.iter().map(|one| format!("{} {}", one.keyword, one.pointer)).collect();
    assert_eq!(
        found,
        [
            "type ",
            "required /name",
            "minLength /name",
            "maxLength /name",
            "pattern /name",
            "type /name",
            "minimum /n",
            "maximum /n",
            "type /n",
            "maxItems /list",
            "uniqueItems /list",
            "type /list",
            "enum /list/0",
            "type /list/0",
        ]
    );
    assert!(broken.iter().all(|one| one.value != valid));
}
