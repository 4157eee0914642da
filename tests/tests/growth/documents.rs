//! Documents: reading, building, printing and comparing them.

use std::fmt::Write as _;

use serde_json::{Value, json};
use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::MemoryReader;
use specwright_codegen::drift::{Options, RustChanges, compare};
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::ir::model::Api;
use specwright_codegen::pipeline::{self, Packaging, build_api, read};

use super::Subject;

pub const SUBJECTS: &[Subject] = &[
    ("load json", |n| load("a.json", schemas(n).to_string()), 200),
    ("load yaml", |n| load("a.yaml", yaml(n)), 100),
    ("overlay", overlay, 100),
    ("build schemas", |n| drop(api(schemas(n))), 50),
    ("build operations", |n| drop(api(operations(n))), 25),
    ("build tags", |n| drop(api(tagged(n))), 100),
    ("build a wide oneOf", |n| drop(api(wide("oneOf", n))), 50),
    ("build a wide oneOf of lists", |n| drop(api(lists(n))), 50),
    ("build a wide allOf", |n| drop(api(wide("allOf", n))), 50),
    ("build alike names", |n| drop(api(alike(n))), 50),
    ("build a tree", |n| drop(api(tree(n))), 30),
    ("build a chain of references", |n| drop(api(chain(n))), 50),
    ("build lists that come in pages", |n| drop(api(pages(n))), 50),
    ("print operations", |n| print(&operations(n)), 5),
    ("print unions of equal members", |n| print(&equal(n)), 50),
    ("print a chain of anyOf", |n| print(&choices(n)), 25),
    ("drift", drift, 20),
];

/// Subjects whose budgets are exceeded only by long documents, which take minutes.
pub const SLOW: &[Subject] = &[
    ("build a chain of allOf", |n| drop(api(extending(n, &json!({"type": "object"})))), 100),
    ("build a chain of subtypes", |n| drop(api(extending(n, &tagged_object(0)))), 100),
    ("build subtypes of a wide schema", |n| drop(api(inheriting(n))), 100),
];

fn document(paths: Value, schemas: Value) -> Value {
    json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths, "components": {"schemas": schemas}})
}

/// A document with one operation that returns `S0`, and these schemas.
fn returning(schemas: impl IntoIterator<Item = (String, Value)>) -> Value {
    let response =
        json!({"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}});
    document(json!({"/a": {"get": {"responses": {"200": response}}}}), schemas.into_iter().collect())
}

fn named(index: usize) -> String {
    format!("S{index}")
}

fn reference(index: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/S{index}")})
}

fn object(index: usize) -> Value {
    let own = format!("p{index}");
    json!({"type": "object", "required": [own], "properties": {own: {"type": "string", "maxLength": 9}, "kind": {"enum": ["a", "b"]}}})
}

fn schemas(count: usize) -> Value {
    returning((0..count).map(|index| (named(index), object(index))))
}

fn yaml(count: usize) -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
    for index in 0..count {
        let _ = writeln!(
            text,
            "    S{index}:\n      type: object\n      properties:\n        p{index}: {{type: string, enum: ['a', \"b\"]}}"
        );
    }
    text
}

fn operations(count: usize) -> Value {
    let operation = |index: usize| {
        let parameters = json!([{"name": "q", "in": "query", "schema": {"type": "string"}}, {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}]);
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}, format!("p{index}"): {"type": "integer"}}});
        let content = json!({"application/json": {"schema": schema}});
        let operation = json!({"operationId": format!("op{index}"), "parameters": parameters, "requestBody": {"content": content}, "responses": {"200": {"description": "d", "content": content}, "404": {"description": "d"}}});
        (format!("/a{index}/{{id}}"), json!({"post": operation}))
    };
    document((0..count).map(operation).collect(), json!({}))
}

/// One operation with many tags, all of which are described.
fn tagged(count: usize) -> Value {
    let names: Vec<String> = (0..count).map(|index| format!("tag {index}")).collect();
    let mut document =
        document(json!({"/a": {"get": {"tags": names, "responses": {"204": {"description": "d"}}}}}), json!({}));
    document["tags"] = names.iter().map(|name| json!({"name": name})).collect();
    document
}

fn wide(keyword: &str, count: usize) -> Value {
    let members: Vec<Value> = (0..count).map(object).collect();
    returning([(named(0), json!({keyword: members}))])
}

fn lists(count: usize) -> Value {
    let list = |index| json!({"type": "array", "items": reference(index)});
    let members: Vec<Value> = (1..=count).map(list).collect();
    returning(
        [(named(0), json!({"oneOf": members}))]
            .into_iter()
            .chain((1..=count).map(|index| (named(index), object(index)))),
    )
}

/// Objects that all have the same title.
fn alike(count: usize) -> Value {
    let titled = |index: usize| json!({"title": "Thing", "type": "object", "properties": {format!("p{index}"): {"type": "string"}}});
    let properties: Value = (0..count).map(|index| (format!("q{index}"), titled(index))).collect();
    returning([(named(0), json!({"type": "object", "properties": properties}))])
}

/// Objects within objects, two in each.
fn tree(nodes: usize) -> Value {
    fn below(nodes: usize) -> Value {
        match nodes {
            0 | 1 => json!({"type": "string"}),
            _ => json!({"type": "object", "properties": {"a": below(nodes / 2), "b": below(nodes - nodes / 2)}}),
        }
    }
    returning([(named(0), below(nodes))])
}

fn chain(count: usize) -> Value {
    let link =
        |index| (named(index), json!({"type": "object", "required": ["n"], "properties": {"n": reference(index + 1)}}));
    returning((0..count).map(link).chain([(named(count), json!({"type": "string"}))]))
}

/// Schemas of which each extends the one before it.
fn extending(count: usize, first: &Value) -> Value {
    let link = |index: usize| (named(index), json!({"allOf": [reference(index - 1), object(index)]}));
    returning([(named(0), first.clone())].into_iter().chain((1..=count).map(link)))
}

/// An object whose discriminator tells the schemas that extend it apart, with some more properties.
fn tagged_object(properties: usize) -> Value {
    let more = (0..properties).map(|index| (format!("b{index}"), json!({"type": "string"})));
    let all: Value = more.chain([("t".to_owned(), json!({"type": "string"}))]).collect();
    json!({"type": "object", "required": ["t"], "properties": all, "discriminator": {"propertyName": "t"}})
}

/// Schemas that extend one with as many properties as there are schemas.
fn inheriting(count: usize) -> Value {
    let subtype = |index: usize| (named(index), json!({"allOf": [reference(0), object(index)]}));
    returning([(named(0), tagged_object(count))].into_iter().chain((1..=count).map(subtype)))
}

fn load(path: &str, text: String) {
    let reader = MemoryReader::new().with(path, text);
    assert!(read(path, &reader, None).is_ok());
}

fn overlay(count: usize) {
    let action = "overlay: 1.0.0\nactions:\n- {target: '$.components.schemas[?@.type]', x-reason: a, update: {x-a: 1}}\n- {target: '$..kind', x-reason: a, remove: true}\n";
    let reader = MemoryReader::new().with("a.json", schemas(count).to_string()).with("o.yaml", action);
    assert!(read("a.json", &reader, Some("o.yaml")).is_ok_and(|repaired| !repaired.diagnostics.has_errors()));
}

fn api(document: Value) -> Api {
    let reader = MemoryReader::new().with("a.json", document.to_string());
    build_api("a.json", &reader, None, &config()).api.expect("an API")
}

fn config() -> ProviderConfig {
    ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() }
}

/// Operations that return one body with lists.
fn pages(count: usize) -> Value {
    let lists: Value =
        (0..300).map(|index| (format!("l{index}"), json!({"type": "array", "items": {"type": "string"}}))).collect();
    let response = json!({"description": "d", "content": {"application/json": {"schema": reference(0)}}});
    let parameters = json!([{"name": "cursor", "in": "query", "schema": {"type": "string"}}]);
    let operation =
        |index| (format!("/a{index}"), json!({"get": {"parameters": parameters, "responses": {"200": response}}}));
    document((0..count).map(operation).collect(), json!({"S0": {"type": "object", "properties": lists}}))
}

/// A union of members that are alike in pairs.
fn equal(count: usize) -> Value {
    let members: Vec<Value> = (0..count).map(|index| object(index / 2)).collect();
    returning([(named(0), json!({"anyOf": members}))])
}

/// Unions of each other.
fn choices(count: usize) -> Value {
    let link = |index| (named(index), json!({"anyOf": [reference(index + 1), object(index)]}));
    returning((0..count).map(link).chain([(named(count), object(count))]))
}

fn print(document: &Value) {
    let layout = Layout {
        path: "api".to_owned(),
        client: Emission::Printed,
        server: Emission::Printed,
        document: Emission::Omitted,
        examples: Emission::Omitted,
    };
    let reader = MemoryReader::new().with("a.json", document.to_string());
    let generated = pipeline::generate("a.json", &reader, None, &config(), &layout, Packaging::Module);
    assert!(generated.is_ok_and(|generated| !generated.files.is_empty()));
}

/// Compares two documents in which every operation and every type differs.
fn drift(count: usize) {
    let old = operations(count);
    let new: Value = serde_json::from_str(&old.to_string().replace("integer", "number")).expect("JSON");
    let (before, after) = (api(old.clone()), api(new.clone()));
    let document = |value: Value| {
        let reader = MemoryReader::new().with("a.json", value.to_string());
        read("a.json", &reader, None).expect("a document").document
    };
    let mut drift = specwright_codegen::drift::Drift {
        findings: compare(&document(old), &document(new), &Options::default()),
        ..Default::default()
    };
    RustChanges::new(&before, &after).apply(&mut drift);
    assert!(drift.findings.len() >= count && !specwright_codegen::drift::report::to_text(&drift, false).is_empty());
}
