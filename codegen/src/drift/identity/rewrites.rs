//! Ways to rewrite a document that keep its meaning.

use serde_json::{Map, Value, json};

use crate::limits::INLINING_DEPTH;
use crate::openapi::operations::is_method;

/// A document with the same meaning.
pub(super) type Rewrite = fn(&Value) -> Value;

/// All ways, with their names.
pub(super) const ALL: [(&str, Rewrite); 5] = [
    ("identity", identity),
    ("reordering", reordered),
    ("inlining", inlined),
    ("wrapping in allOf", wrapped_in_all_of),
    ("moving security to the top", with_security_at_the_top),
];

fn identity(document: &Value) -> Value {
    document.clone()
}

/// Maps are sorted by the parser; lists whose members are named are reversed.
fn reordered(document: &Value) -> Value {
    match document {
        Value::Object(map) => {
            let entry = |(key, value): (&String, &Value)| {
                let named = matches!(key.as_str(), "parameters" | "required" | "tags") && value.is_array();
                let mut value = if is_data(key) { value.clone() } else { reordered(value) };
                if let Some(list) = value.as_array_mut().filter(|_| named) {
                    list.reverse();
                }
                (key.clone(), value)
            };
            Value::Object(map.iter().map(entry).collect())
        }
        Value::Array(list) => list.iter().map(reordered).collect(),
        other => other.clone(),
    }
}

/// Whether a key holds values of the API, not parts of the format.
fn is_data(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum" | "const") || key.starts_with("x-")
}

/// The targets of references in `paths` in place of the references.
fn inlined(document: &Value) -> Value {
    let mut rewritten = document.clone();
    if let Some(paths) = document.get("paths")
        && let Some(place) = rewritten.get_mut("paths")
    {
        *place = followed(paths, document, INLINING_DEPTH);
    }
    rewritten
}

fn followed(node: &Value, root: &Value, depth: usize) -> Value {
    match node {
        Value::Object(map) => {
            let reference = map.get("$ref").and_then(Value::as_str).filter(|_| map.len() == 1);
            let target = reference.and_then(|reference| target(reference, root)).filter(|_| depth > 0);
            if let Some(target) = target {
                return followed(target, root, depth - 1);
            }
            let value = |(key, value): (&String, &Value)| {
                // The names of the members of a choice can be the values of its discriminator.
                let kept = is_data(key) || matches!(key.as_str(), "oneOf" | "anyOf" | "allOf" | "discriminator");
                (key.clone(), if kept { value.clone() } else { followed(value, root, depth) })
            };
            Value::Object(map.iter().map(value).collect())
        }
        Value::Array(list) => list.iter().map(|value| followed(value, root, depth)).collect(),
        other => other.clone(),
    }
}

/// The target of a reference inside the document. A schema with a discriminator knows its subtypes
/// by its name.
fn target<'d>(reference: &str, root: &'d Value) -> Option<&'d Value> {
    let target = root.pointer(reference.strip_prefix('#')?)?;
    let is_free = reference.starts_with("#/components/") && target.get("discriminator").is_none();
    is_free.then_some(target)
}

/// Every inline schema as the only member of an `allOf`. Where a reference leads into a schema, that
/// would move its target, so the document stays as it is.
fn wrapped_in_all_of(document: &Value) -> Value {
    if leads_into_schemas(document) { document.clone() } else { wrapped(document) }
}

fn leads_into_schemas(node: &Value) -> bool {
    match node {
        Value::Object(map) => {
            let reference = map.get("$ref").and_then(Value::as_str);
            // `#/components/schemas/Pet` has four parts.
            let is_deep = reference.is_some_and(|reference| reference.split('/').count() > 4);
            is_deep || map.values().any(leads_into_schemas)
        }
        Value::Array(list) => list.iter().any(leads_into_schemas),
        _ => false,
    }
}

fn wrapped(node: &Value) -> Value {
    match node {
        Value::Object(map) => Value::Object(map.iter().map(|(key, value)| (key.clone(), below(key, value))).collect()),
        Value::Array(list) => list.iter().map(wrapped).collect(),
        other => other.clone(),
    }
}

fn below(key: &str, value: &Value) -> Value {
    match (key, value) {
        _ if is_data(key) => value.clone(),
        ("properties", Value::Object(map)) => named(map, wrapped_schema),
        ("schema" | "items", Value::Object(_)) => wrapped_schema(value),
        _ => wrapped(value),
    }
}

fn named(map: &Map<String, Value>, rewrite: fn(&Value) -> Value) -> Value {
    Value::Object(map.iter().map(|(name, value)| (name.clone(), rewrite(value))).collect())
}

fn wrapped_schema(schema: &Value) -> Value {
    let inner = wrapped(schema);
    let is_plain = inner.as_object().is_some_and(|map| !map.is_empty() && !map.contains_key("discriminator"));
    if is_plain { json!({ "allOf": [inner] }) } else { inner }
}

/// The requirements that most operations have as those of the document; operations with others say
/// so.
fn with_security_at_the_top(document: &Value) -> Value {
    let mut rewritten = document.clone();
    let inherited = document.get("security").cloned().unwrap_or_else(|| json!([]));
    let of = |operation: &Value| operation.get("security").cloned().unwrap_or_else(|| inherited.clone());
    let all: Vec<Value> = operations(&mut rewritten).into_iter().map(|operation| of(operation)).collect();
    let count = |one: &Value| all.iter().filter(|other| *other == one).count();
    let Some(common) = all.iter().max_by_key(|one| count(one)).cloned() else { return rewritten };
    for operation in operations(&mut rewritten) {
        let own = of(operation);
        let Some(map) = operation.as_object_mut() else { continue };
        if own == common {
            map.remove("security");
        } else {
            map.insert("security".to_owned(), own);
        }
    }
    if let Some(root) = rewritten.as_object_mut() {
        root.insert("security".to_owned(), common);
    }
    rewritten
}

/// The operations under `paths`.
fn operations(document: &mut Value) -> Vec<&mut Value> {
    let items = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    let maps = items.filter_map(|(_, item)| item.as_object_mut()).flatten();
    maps.filter(|(key, operation)| is_method(key) && operation.is_object()).map(|(_, operation)| operation).collect()
}
