//! Example values, from the examples of a document or from its schemas.

use serde_json::{Map, Value, json};

/// The limit of nesting. It ends recursive schemas.
const DEPTH: usize = 12;

/// Follows references, up to [`DEPTH`] of them.
pub(super) fn resolve<'d>(document: &'d Value, mut node: &'d Value) -> &'d Value {
    for _ in 0..DEPTH {
        let Some(target) = node["$ref"].as_str().and_then(|text| text.strip_prefix('#')) else {
            return node;
        };
        match document.pointer(target) {
            Some(found) => node = found,
            None => return node,
        }
    }
    node
}

/// An example of a media type or header, or else of its schema.
pub(super) fn of_content(document: &Value, content: &Value) -> Value {
    if let Some(example) = content.get("example") {
        return example.clone();
    }
    let named = content["examples"].as_object().and_then(|all| all.values().next());
    if let Some(example) = named.and_then(|one| resolve(document, one).get("value")) {
        return example.clone();
    }
    of_schema(document, &content["schema"], DEPTH)
}

fn of_schema(document: &Value, schema: &Value, depth: usize) -> Value {
    let schema = resolve(document, schema);
    let given = [&schema["example"], &schema["examples"][0], &schema["const"], &schema["default"], &schema["enum"][0]];
    if let Some(value) = given.into_iter().find(|value| !value.is_null()) {
        return value.clone();
    }
    if depth == 0 {
        return Value::Null;
    }
    if let Some(all) = schema["allOf"].as_array() {
        let mut merged = object(document, schema, depth);
        for member in all {
            if let Value::Object(members) = of_schema(document, member, depth - 1) {
                merged.extend(members);
            }
        }
        return Value::Object(merged);
    }
    let choice = [&schema["oneOf"][0], &schema["anyOf"][0]];
    if let Some(first) = choice.into_iter().find(|choice| !choice.is_null()) {
        return of_schema(document, first, depth - 1);
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match kind {
        Some("string") => text(schema),
        Some("integer") => json!(schema["minimum"].as_i64().unwrap_or(1)),
        Some("number") => json!(schema["minimum"].as_f64().unwrap_or(1.5)),
        Some("boolean") => json!(true),
        Some("array") => json!([of_schema(document, &schema["items"], depth - 1)]),
        Some("object") => Value::Object(object(document, schema, depth)),
        _ if schema.get("properties").is_some() => Value::Object(object(document, schema, depth)),
        _ => Value::Null,
    }
}

fn object(document: &Value, schema: &Value, depth: usize) -> Map<String, Value> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.map(|(name, schema)| (name.clone(), of_schema(document, schema, depth - 1))).collect()
}

fn text(schema: &Value) -> Value {
    json!(match schema["format"].as_str() {
        Some("date-time") => "2025-01-28T12:00:00Z",
        Some("date") => "2025-01-28",
        Some("email") => "gary@foo.com",
        Some("uri") => "https://example.com/",
        Some("uuid") => "5f0c9a52-7f3e-4c6a-9c2b-0d8f8b3c1a11",
        _ => "text",
    })
}
