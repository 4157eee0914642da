//! The documents of the tables of changes: unit tests and the test that compiles share them.

use serde_json::{Map, Value, json};

/// Changes of a schema.
pub const ASPECTS: &str = include_str!("fixtures/aspects.yaml");
/// Changes outside schemas.
pub const RULES: &str = include_str!("fixtures/rules.yaml");

/// The rows of a table.
pub fn rows(text: &str) -> Vec<Map<String, Value>> {
    serde_yaml::from_str(text).expect("a list of rows")
}

/// A document with one operation.
pub fn around(operation: &Value) -> Value {
    let named = |name: &str| json!({ "type": "object", "properties": { name: { "type": "string" } } });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "post": operation } },
        "components": { "schemas": { "One": named("one"), "Two": named("two") } },
    })
}

/// A required body of this schema.
pub fn body(schema: &Value) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": schema } } })
}

/// Merges the keys of one object into another, recursively.
pub fn merge(into: &mut Value, from: &Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        match into.get_mut(key) {
            Some(there) if there.is_object() && value.is_object() => merge(there, value),
            _ => into[key] = value.clone(),
        }
    }
}

/// One document of a row of the table of rules.
pub fn row_document(row: &Map<String, Value>, index: usize) -> Value {
    let part = |key: &str| row.get(key).map(|both| both[index].clone());
    let mut operation = json!({ "responses": {} });
    if let Some(schema) = part("request") {
        operation["requestBody"] = body(&schema);
    }
    if let Some(schema) = part("response") {
        operation["responses"] = json!({ "200": body(&schema) });
    }
    if let Some(keys) = part("operation") {
        merge(&mut operation, &keys);
    }
    let mut all = around(&operation);
    if let Some(keys) = part("item") {
        merge(&mut all["paths"]["/a"], &keys);
    }
    merge(&mut all, &part("root").unwrap_or_default());
    all
}
