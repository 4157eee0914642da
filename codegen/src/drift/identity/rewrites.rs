//! Ways to rewrite a document that keep its meaning.

use serde_json::{Value, json};

use crate::limits::INLINING_DEPTH;
use crate::openapi::grammar::{Kind, Position};
use crate::openapi::operations::is_method;

/// A document with the same meaning.
pub(super) type Rewrite = fn(&Value) -> Value;

/// All ways, with their names.
pub(super) const ALL: [(&str, Rewrite); 7] = [
    ("identity", identity),
    ("reordering", reordered),
    ("inlining", inlined),
    ("wrapping in allOf", wrapped_in_all_of),
    ("annotating references", with_annotations),
    ("stating idle constraints", with_idle_constraints),
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
    if leads_into_schemas(document) { document.clone() } else { schemas(document, wrapped_schema) }
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

/// A schema with the same meaning.
type OfSchema = fn(Value) -> Value;

/// Every inline schema of a property, an item, a parameter, a header or a body in another form,
/// innermost first. Other schemas are components, members of compositions or conditions.
fn schemas(document: &Value, rewrite: OfSchema) -> Value {
    below(document, Position::DOCUMENT, rewrite)
}

fn below(node: &Value, at: Position, rewrite: OfSchema) -> Value {
    let inside = |key: &str, value: &Value| {
        let position = at.below(key);
        let value = below(value, position, rewrite);
        let is_place = match at {
            Position::Object(Kind::Schema) | Position::ObjectOrList(Kind::Schema) => key == "items",
            Position::Object(_) => key == "schema",
            _ => false,
        };
        let is_schema = value.is_object() && position.kind() == Some(Kind::Schema);
        let is_property = matches!((at, position), (Position::Object(Kind::Schema), Position::Named(Kind::Schema)));
        match value {
            Value::Object(map) if is_property && key == "properties" => map
                .into_iter()
                .map(|(name, value)| (name, if value.is_object() { rewrite(value) } else { value }))
                .collect(),
            value if is_place && is_schema => rewrite(value),
            value => value,
        }
    };
    match node {
        _ if matches!(at, Position::Data) => node.clone(),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), inside(key, value))).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(index, value)| inside(&index.to_string(), value)).collect(),
        other => other.clone(),
    }
}

fn wrapped_schema(schema: Value) -> Value {
    let is_plain = schema.as_object().is_some_and(|map| !map.is_empty() && !map.contains_key("discriminator"));
    if is_plain { json!({ "allOf": [schema] }) } else { schema }
}

/// Every lone reference beside an annotation, in an `allOf`.
fn with_annotations(document: &Value) -> Value {
    schemas(document, |schema| {
        let is_lone = schema.as_object().is_some_and(|map| map.len() == 1 && map.contains_key("$ref"));
        if is_lone { json!({ "allOf": [schema, { "description": "words" }] }) } else { schema }
    })
}

/// Every schema with constraints that all its values meet.
fn with_idle_constraints(document: &Value) -> Value {
    schemas(document, |mut schema| {
        let idle: Vec<(&str, Value)> = match schema.get("type").and_then(Value::as_str) {
            Some("string") => vec![("minLength", Value::from(0))],
            Some("array") => vec![("minItems", Value::from(0)), ("uniqueItems", Value::from(false))],
            Some("object") => vec![("minProperties", Value::from(0))],
            _ => Vec::new(),
        };
        if let Some(map) = schema.as_object_mut() {
            for (key, value) in idle {
                map.entry(key).or_insert(value);
            }
        }
        schema
    })
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
