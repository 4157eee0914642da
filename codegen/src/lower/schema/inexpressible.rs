//! Removes keywords that no Rust type can express. `unevaluatedProperties: false` becomes
//! `additionalProperties: false` where they are the same.

use super::members::only_annotations;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Object, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::{COMPOSITIONS, KeywordSet};

/// The keywords that are removed everywhere.
const KEYWORDS: [&str; 5] = ["dependentRequired", "dependentSchemas", "dependencies", "propertyNames", "contains"];
/// The keywords that mean nothing without `contains`.
const COUNTS: [&str; 2] = ["minContains", "maxContains"];
/// The keywords that some schemas can express.
const PARTLY: [&str; 6] = ["unevaluatedProperties", "unevaluatedItems", "not", "if", "then", "else"];

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&KEYWORDS).and(KeywordSet::of(&COUNTS)).and(KeywordSet::of(&PARTLY));

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    unevaluated_properties(schema, context);
    unevaluated_items(schema, context);
    negation(schema, context);
    condition(schema, context);
    for keyword in KEYWORDS {
        if let Some(entry) = schema.remove_entry(keyword)
            && means_something(&entry)
        {
            report(&entry, context);
        }
    }
    for keyword in COUNTS {
        schema.remove(keyword);
    }
}

fn report(entry: &Entry, context: &mut NodeContext<'_>) {
    let message = format!("`{}` is not checked", entry.key);
    let help = "values that break it are accepted; mention it in the description";
    context.report(Diagnostic::new(&codes::UNSUPPORTED_KEYWORD, entry, message).help(help));
}

/// Whether a schema of names allows every name: `{}`, `true` and `{type: string}` do.
fn means_something(entry: &Entry) -> bool {
    match &entry.value.value {
        Value::Object(object) if &*entry.key == "propertyNames" => {
            let text = object.len() == 1 && object.get("type").and_then(Node::as_str) == Some("string");
            !text && !only_annotations(object)
        }
        Value::Object(object) => !object.is_empty(),
        _ => false,
    }
}

fn is_anything(node: &Node) -> bool {
    node.as_object().is_some_and(only_annotations)
}

/// Whether a schema allows no value at all: `{not: {}}`.
pub(super) fn is_never(node: &Node) -> bool {
    node.get("not").and_then(Node::as_object).is_some_and(Object::is_empty)
}

fn composed(schema: &Object) -> bool {
    schema.contains_key("$ref") || COMPOSITIONS.iter().any(|key| schema.contains_key(key))
}

fn unevaluated_properties(schema: &mut Object, context: &mut NodeContext<'_>) {
    let Some(entry) = schema.remove_entry("unevaluatedProperties") else {
        return;
    };
    if is_anything(&entry.value) {
        return;
    }
    if composed(schema) {
        report(&entry, context);
    } else if !schema.contains_key("additionalProperties") {
        schema.insert("additionalProperties", entry.value);
    }
}

fn unevaluated_items(schema: &mut Object, context: &mut NodeContext<'_>) {
    let Some(entry) = schema.remove_entry("unevaluatedItems") else {
        return;
    };
    if is_anything(&entry.value) {
        return;
    }
    if composed(schema) || schema.contains_key("contains") {
        report(&entry, context);
    } else if !schema.contains_key("items") {
        schema.insert("items", entry.value);
    }
}

fn negation(schema: &mut Object, context: &mut NodeContext<'_>) {
    let never = schema.get("not").and_then(Node::as_object).is_none_or(Object::is_empty);
    if never {
        return;
    }
    let Some(entry) = schema.remove_entry("not") else {
        return;
    };
    if !is_never(&entry.value) {
        report(&entry, context);
    }
}

fn condition(schema: &mut Object, context: &mut NodeContext<'_>) {
    let question = schema.remove_entry("if");
    let yes = schema.remove_entry("then");
    let no = schema.remove_entry("else");
    let asks = |branch: &Option<Entry>| branch.as_ref().is_some_and(|entry| !is_anything(&entry.value));
    if let Some(question) = question
        && (asks(&yes) || asks(&no))
    {
        report(&question, context);
    }
}
