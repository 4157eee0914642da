use std::fmt::Write as _;

use super::outline::outline;
use super::{Choices, NameHint, REQUEST, TypeBuilder, codes, finish, table};
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Limits, MemoryReader};
use crate::ir::model::{TypeKind, TypeTable};
use crate::limits::FIELDS;

/// The types of a document that has not been lowered, so nothing about it is certain.
fn raw(schemas: &str) -> (TypeTable, Diagnostics) {
    let text = format!(
        "{{\"openapi\": \"3.0.0\", \"info\": {{\"title\": \"t\", \"version\": \"1\"}}, \"paths\": {{}}, \"components\": {{\"schemas\": {schemas}}}}}"
    );
    let mut out = Diagnostics::new();
    let reader = MemoryReader::new().with("api.json", text);
    let document: Document = crate::load::load("api.json", &reader, &Limits::default(), &mut out).unwrap();
    let mut builder = TypeBuilder::new(&document, &Choices::default());
    for entry in document.root.pointer("/components/schemas").unwrap().as_object().unwrap() {
        builder.type_use(&entry.value, "", REQUEST, &NameHint::new("x"), &mut out);
        builder.multipart(&entry.value, "", REQUEST, &NameHint::new("x"), &mut out);
    }
    (finish(builder, &mut out).0, out)
}

#[test]
fn cycles_of_every_kind_end() {
    let (found, _) = raw(r##"{"A": {"allOf": [{"$ref": "#/components/schemas/A"}]},
            "B": {"$ref": "#/components/schemas/C"}, "C": {"$ref": "#/components/schemas/B"},
            "D": {"oneOf": [{"$ref": "#/components/schemas/D"}, {"type": "string"}]},
            "E": {"type": "object", "properties": {"e": {"$ref": "#/components/schemas/E/properties/e"}}},
            "F": {"type": "array", "items": {"allOf": [{"$ref": "#/components/schemas/F"}, {"$ref": "#/components/schemas/G"}]}},
            "G": {"type": "array", "items": {"$ref": "#/components/schemas/F"}},
            "H": {"type": "array", "items": {"$ref": "#/components/schemas/H/items"}}}"##);
    assert!(found.len() >= 7);
}

#[test]
fn schemas_of_the_wrong_kind_do_no_harm() {
    let (found, _) = raw(
        r##"{"A": 1, "B": null, "C": [], "D": {"type": 3, "properties": [], "required": {}, "enum": {}, "allOf": {}, "oneOf": 1},
            "E": {"type": "object", "properties": {"a": null, "b": "x"}, "required": [1, "c"]},
            "F": {"type": "string", "enum": []}, "G": {"oneOf": []}, "H": {"type": "mystery"},
            "I": {"type": "object", "discriminator": "x"}, "J": {"$ref": "#/nowhere"}, "K": true, "L": false}"##,
    );
    assert_eq!(found.len(), 12);
}

#[test]
fn unions_that_lead_to_one_another_do_not_explode() {
    let names: Vec<String> = (0..24).map(|n| format!("U{n}")).collect();
    let members: Vec<String> =
        names.iter().map(|name| format!("{{\"$ref\": \"#/components/schemas/{name}\"}}")).collect();
    let schemas: Vec<String> = names.iter().map(|name| {
        format!("\"{name}\": {{\"type\": \"object\", \"properties\": {{\"{name}\": {{\"type\": \"string\"}}}}, \"anyOf\": [{}]}}", members.join(","))
    }).collect();
    let (found, _) = raw(&format!("{{{}}}", schemas.join(",")));
    assert!(found.len() >= 24);
}

#[test]
fn long_chains_of_references_do_not_exhaust_the_stack() {
    let schemas: Vec<String> = (0..20_000).map(|n| {
        format!("\"S{n}\": {{\"type\": \"object\", \"properties\": {{\"next\": {{\"$ref\": \"#/components/schemas/S{}\"}}}}}}", n + 1)
    }).collect();
    let (found, _) = raw(&format!("{{{}, \"S20000\": {{\"type\": \"string\"}}}}", schemas.join(",")));
    assert_eq!(found.len(), 20_001);
}

#[test]
fn a_chain_of_subtypes_does_not_grow_with_the_square_of_its_length() {
    let mut text = "openapi: 3.0.0\ncomponents:\n  schemas:\n    S50: {type: object}\n".to_owned();
    for n in 0..50 {
        let subtype = format!(
            "{{allOf: [{{$ref: '#/components/schemas/S{}'}}, {{properties: {{p{n}: {{type: string}}}}}}]}}",
            n + 1
        );
        let _ = writeln!(text, "    S{n}: {subtype}");
    }
    let mut out = Diagnostics::new();
    let reader = MemoryReader::new().with("api.yaml", text);
    let document = crate::load::load("api.yaml", &reader, &Limits::default(), &mut out).unwrap();
    let mut builder = TypeBuilder::new(&document, &Choices { prune: true, ..Choices::default() });
    // As if this many had been made before.
    builder.fields = FIELDS.of(document.root.size()) - 100;
    let first = document.root.pointer("/components/schemas/S0").unwrap();
    builder.type_use(first, "", REQUEST, &NameHint::new("x"), &mut out);
    let (odd, even) = (
        document.root.pointer("/components/schemas/S1").unwrap(),
        document.root.pointer("/components/schemas/S2").unwrap(),
    );
    builder.type_use(odd, "", REQUEST, &NameHint::new("x"), &mut out);
    builder.type_use(even, "", REQUEST, &NameHint::new("x"), &mut out);
    let (found, _) = finish(builder, &mut out);
    let fields = found.iter().map(|(_, ty)| match &ty.kind {
        TypeKind::Struct(object) => object.fields.len(),
        _ => 0,
    });
    assert_eq!(fields.sum::<usize>(), 50 + 49);
    assert_eq!(codes(&out), ["untyped-schema"]);
}

#[test]
fn a_schema_without_a_type_is_any_json_with_a_diagnostic() {
    let (found, out) = raw(r#"{"A": {"type": "object", "properties": {"a": {"if": {}}}}}"#);
    assert_eq!(outline(&found), ["struct A { a?: any }"]);
    assert_eq!(codes(&out), ["untyped-schema"]);
    assert_eq!(found.statistics().untyped, 1);
}

#[test]
fn a_document_gives_the_same_types_every_time() {
    let schemas = "    B: {oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}\n    A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}";
    let once = outline(&table(schemas, &[("A", REQUEST)]).0);
    for _ in 0..5 {
        assert_eq!(once, outline(&table(schemas, &[("A", REQUEST)]).0));
    }
}

/// A ring of `levels` types: each holds the next one, and the last holds the first.
fn ring(levels: usize) -> TypeTable {
    let schemas: Vec<String> = (0..levels)
        .map(|n| {
            let next = (n + 1) % levels;
            format!(
                r##""T{n}": {{"type": "object", "properties": {{"next": {{"$ref": "#/components/schemas/T{next}"}}}}}}"##
            )
        })
        .collect();
    raw(&format!("{{{}}}", schemas.join(","))).0
}

#[test]
fn deeply_nested_types_ask_for_a_recursion_limit() {
    assert_eq!(ring(24).recursion_limit(), None);
    assert_eq!(ring(40).recursion_limit(), Some(512));
}
