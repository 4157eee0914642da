//! The document as the mock serves it: with its own address, with the refusals that every server can
//! make, and with what its types can hold. A tool that tests servers by their document then finds
//! only what is wrong.

use serde_json::{Map, Value, json};
use specwright_codegen::document as tree;
use specwright_codegen::document::{VersionLine, pointer};
use specwright_codegen::ir::model::BodyKind;

use super::plan::{Document, Operation};

/// Statuses of refusals, and of what the state does not have.
const REFUSALS: [(&str, &str); 9] = [
    ("400", "The request cannot be read"),
    ("401", "Credentials are missing"),
    ("404", "There is no such item"),
    ("409", "There is such an item already"),
    ("413", "The body is too large"),
    ("415", "The body has no documented media type"),
    ("422", "The request is invalid"),
    ("501", "No response can be made from the document"),
    ("507", "The collection is full"),
];

/// The media type of a refusal.
const PROBLEM: &str = "application/problem+json";

/// The document as it is served at `origin`.
pub(crate) fn as_served(document: &Document, written: &tree::Document, origin: &str) -> Value {
    let original = written.root.to_json();
    let mut root = original.clone();
    let line = written.version.line;
    at(&mut root, line, origin);
    for operation in document.operations {
        if let Some(described) = described(&mut root, &original, operation) {
            described.remove("servers");
            refusals(described, &original, line);
            unread(described, &original, operation);
        }
    }
    integers(&mut root);
    root
}

/// Sets the address.
fn at(root: &mut Value, line: VersionLine, origin: &str) {
    let Some(object) = root.as_object_mut() else { return };
    if line == VersionLine::V2_0 {
        let host = origin.trim_start_matches("http://");
        object.extend([("host".to_owned(), json!(host)), ("schemes".to_owned(), json!(["http"]))]);
        object.remove("basePath");
    } else {
        object.insert("servers".to_owned(), json!([{"url": origin}]));
    }
}

/// The object of an operation. A path that refers to another one gets a copy of it.
fn described<'r>(root: &'r mut Value, original: &Value, operation: &Operation) -> Option<&'r mut Map<String, Value>> {
    let item = root.get_mut("paths")?.get_mut(&operation.ir.path.raw)?;
    if item.get("$ref").is_some() {
        *item = followed(original, item).clone();
    }
    let item = item.as_object_mut()?;
    item.remove("servers");
    let method = &operation.ir.method.0;
    if item.contains_key(&method.to_ascii_lowercase()) {
        return item.get_mut(&method.to_ascii_lowercase())?.as_object_mut();
    }
    item.get_mut("additionalOperations")?.get_mut(method)?.as_object_mut()
}

/// Adds what is not documented: statuses, and the media type of refusals.
fn refusals(described: &mut Map<String, Value>, original: &Value, line: VersionLine) {
    if line == VersionLine::V2_0 {
        add_produced(described, original);
    }
    let Some(responses) = described.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for response in responses.values_mut() {
        *response = followed(original, response).clone();
    }
    let whole = ["4XX", "4xx", "default"].iter().find(|key| responses.contains_key(**key)).copied();
    for (status, description) in REFUSALS {
        let key = whole.filter(|_| !responses.contains_key(status)).unwrap_or(status);
        let new = || json!({"description": description, "content": {}});
        let response = responses.entry(key).or_insert_with(new);
        let Some(response) = response.as_object_mut() else { continue };
        if line == VersionLine::V2_0 {
            // One schema is for all media types; the shape of a refusal is not that of the others.
            response.remove("schema");
            response.remove("content");
            continue;
        }
        // A documented response without a body has none here either.
        if let Some(content) = response.get_mut("content").and_then(Value::as_object_mut) {
            content.entry(PROBLEM).or_insert_with(|| json!({"schema": {"type": "object"}}));
        }
    }
}

/// The media types of version 2.0 are for all responses. An operation whose responses have no body
/// has none.
fn add_produced(described: &mut Map<String, Value>, original: &Value) {
    let responses = described.get("responses").and_then(Value::as_object).into_iter().flatten();
    if !responses.into_iter().any(|(_, response)| followed(original, response).get("schema").is_some()) {
        described.insert("produces".to_owned(), json!([]));
        return;
    }
    let own = described.get("produces").or_else(|| original.get("produces"));
    let mut produced = own.and_then(Value::as_array).cloned().unwrap_or_else(|| vec![json!("application/json")]);
    produced.push(json!(PROBLEM));
    described.insert("produces".to_owned(), Value::Array(produced));
}

/// Replaces the schemas of bodies that are passed on as bytes, such as XML.
fn unread(described: &mut Map<String, Value>, original: &Value, operation: &Operation) {
    let Some(body) = described.get_mut("requestBody") else { return };
    *body = followed(original, body).clone();
    let contents = operation.ir.body.iter().flat_map(|body| &body.contents);
    let bytes = contents.filter(|content| matches!(content.kind, BodyKind::Binary));
    for media in bytes.flat_map(|content| std::iter::once(&content.media).chain(&content.also)) {
        let at = pointer::join("/content", &media.text);
        if let Some(content) = body.pointer_mut(&at).and_then(Value::as_object_mut) {
            content.insert("schema".to_owned(), json!({"type": "string", "minLength": 1}));
        }
    }
}

/// Gives every integer the bounds of the type that holds it.
fn integers(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(integers),
        Value::Object(object) => {
            object.iter_mut().filter(|(key, _)| !key.starts_with("example")).for_each(|(_, value)| integers(value));
            let kinds = object.get("type");
            let is_integer = kinds.is_some_and(|kinds| {
                *kinds == "integer" || kinds.as_array().is_some_and(|all| all.contains(&json!("integer")))
            });
            if is_integer && !object.contains_key("enum") {
                let (least, most) = match object.get("format").and_then(Value::as_str) {
                    Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
                    Some("uint32") => (json!(0), json!(u32::MAX)),
                    Some("uint64") => (json!(0), json!(u64::MAX)),
                    _ => (json!(i64::MIN), json!(i64::MAX)),
                };
                object.entry("minimum").or_insert(least);
                object.entry("maximum").or_insert(most);
            }
        }
        _ => {}
    }
}

/// The target of a reference, or the value itself.
fn followed<'r>(root: &'r Value, value: &'r Value) -> &'r Value {
    let mut value = value;
    // A document with an endless chain has errors, so it is not served.
    for _ in 0..16 {
        let reference = value.get("$ref").and_then(Value::as_str).and_then(pointer::of_reference);
        match reference.and_then(|at| root.pointer(&at)) {
            Some(target) => value = target,
            None => break,
        }
    }
    value
}
