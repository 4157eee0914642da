//! The document as the mock serves it: with its own address, with the responses that every server can
//! make, with what its types can hold, and without what the format says to ignore. A tool that tests
//! servers by their document then finds only what is wrong.

use serde_json::{Map, Number, Value, json};
use specwright_codegen::document as tree;
use specwright_codegen::document::{VersionLine, pointer};
use specwright_codegen::ir::model::BodyKind;
use specwright_codegen::ir::types::integer_range;
use specwright_codegen::lower::schema::implied_type;
use specwright_codegen::openapi::grammar::Kind;
use specwright_codegen::openapi::walk::walk_in;

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
    let mut original = written.root.to_json();
    let line = written.version.line;
    types(&mut original, written);
    integers(&mut original);
    let mut root = original.clone();
    at(&mut root, line, origin);
    for operation in document.operations {
        if let Some(item) = item(&mut root, &original, operation) {
            without_ignored(item, &original);
        }
        if let Some(described) = described(&mut root, operation) {
            described.remove("servers");
            without_ignored(described, &original);
            success(described);
            refusals(described, &original, line);
            unread(described, &original, operation);
        }
    }
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

/// The path item of an operation. A path that refers to another one gets a copy of it.
fn item<'r>(root: &'r mut Value, original: &Value, operation: &Operation) -> Option<&'r mut Map<String, Value>> {
    let item = root.get_mut("paths")?.get_mut(&operation.ir.path.raw)?;
    if item.get("$ref").is_some() {
        *item = followed(original, item).clone();
    }
    let item = item.as_object_mut()?;
    item.remove("servers");
    Some(item)
}

/// The object of an operation.
fn described<'r>(root: &'r mut Value, operation: &Operation) -> Option<&'r mut Map<String, Value>> {
    let item = root.get_mut("paths")?.get_mut(&operation.ir.path.raw)?.as_object_mut()?;
    let method = &operation.ir.method.0;
    if item.contains_key(&method.to_ascii_lowercase()) {
        return item.get_mut(&method.to_ascii_lowercase())?.as_object_mut();
    }
    item.get_mut("additionalOperations")?.get_mut(method)?.as_object_mut()
}

/// Headers whose parameters are to be ignored, because other parts of the format describe them.
const IGNORED: [&str; 3] = ["accept", "content-type", "authorization"];

/// Removes the parameters that the format says to ignore.
fn without_ignored(object: &mut Map<String, Value>, original: &Value) {
    let Some(parameters) = object.get_mut("parameters").and_then(Value::as_array_mut) else { return };
    parameters.retain(|parameter| {
        let parameter = followed(original, parameter);
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
        let is_header = parameter.get("in").and_then(Value::as_str) == Some("header");
        !(is_header && IGNORED.iter().any(|ignored| name.eq_ignore_ascii_case(ignored)))
    });
}

/// Adds the success of an operation that documents none: it may have any body.
fn success(described: &mut Map<String, Value>) {
    let responses = described.entry("responses").or_insert_with(|| json!({}));
    let Some(responses) = responses.as_object_mut() else { return };
    if !responses.keys().any(|status| status.starts_with(['2', '3']) || status == "default") {
        responses.insert("200".to_owned(), json!({"description": "Any response"}));
    }
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
        let is_new = !responses.contains_key(key);
        let response = responses.entry(key).or_insert_with(new);
        let Some(response) = response.as_object_mut() else { continue };
        if line == VersionLine::V2_0 {
            // One schema is for all media types; the shape of a refusal is not that of the others.
            response.remove("schema");
            response.remove("content");
            continue;
        }
        // A documented response without a body has none here either.
        let content = response.get_mut("content").and_then(Value::as_object_mut);
        if let Some(content) = content.filter(|content| is_new || !content.is_empty()) {
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

/// Leaves out XML where a body can be something else, and replaces the schemas of other bodies that are
/// passed on as bytes. What a tool writes as XML says nothing about the schema.
fn unread(described: &mut Map<String, Value>, original: &Value, operation: &Operation) {
    let Some(body) = described.get_mut("requestBody") else { return };
    *body = followed(original, body).clone();
    if let Some(contents) = body.get_mut("content").and_then(Value::as_object_mut)
        && contents.keys().any(|media| !is_xml(media))
    {
        contents.retain(|media, _| !is_xml(media));
    }
    let contents = operation.ir.body.iter().flat_map(|body| &body.contents);
    let bytes = contents.filter(|content| matches!(content.kind, BodyKind::Binary));
    for media in bytes.flat_map(|content| std::iter::once(&content.media).chain(&content.also)) {
        let at = pointer::join("/content", &media.text);
        if let Some(content) = body.pointer_mut(&at).and_then(Value::as_object_mut) {
            content.insert("schema".to_owned(), json!({"type": "string", "minLength": 1}));
        }
    }
}

fn is_xml(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// Keywords below which a type would change what is asserted.
const ASSERTED: [&str; 5] = ["not", "if", "then", "else", "dependentSchemas"];

/// Gives each schema without a type the one that its other keywords imply, because servers read no
/// other.
fn types(root: &mut Value, written: &tree::Document) {
    let mut implied = Vec::new();
    walk_in(written.version.line, &written.root, &mut |kind, node, path| {
        let mut above = Some(path);
        let is_asserted = std::iter::from_fn(|| {
            let here = above?;
            above = here.above();
            Some(here.last_key().is_some_and(|key| ASSERTED.contains(&key)))
        });
        let found = node.as_object().filter(|_| kind == Kind::Schema).and_then(implied_type);
        if let Some(name) = found.filter(|_| !is_asserted.into_iter().any(|asserted| asserted)) {
            implied.push((path.pointer(), name));
        }
    });
    for (at, name) in implied {
        if let Some(schema) = root.pointer_mut(&at).and_then(Value::as_object_mut) {
            schema.insert("type".to_owned(), json!(name));
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
                let (least, most) = integer_range(object.get("format").and_then(Value::as_str));
                for (keyword, bound) in [("minimum", least), ("maximum", most)] {
                    if let Some(bound) = Number::from_i128(bound).filter(|_| !object.contains_key(keyword)) {
                        object.insert(keyword.to_owned(), Value::Number(bound));
                    }
                }
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
