//! Moves the keywords that no Rust type can express into one extension, for servers to check.

use super::members::{is_annotation, only_annotations};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Object, Value};
use crate::lower::ASSERTIONS;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that are moved wherever they constrain something.
const KEYWORDS: [&str; 7] =
    ["dependentRequired", "dependentSchemas", "propertyNames", "contains", "minContains", "maxContains", "not"];

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet =
    KeywordSet::of(&KEYWORDS).and(KeywordSet::of(&["dependencies", "if", "then", "else", "anyOf", "oneOf"]));

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
    let span = node.span;
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    dependencies(schema, context);
    let mut moved: Vec<Entry> = condition(schema, context);
    let counts = schema.get("contains").is_some_and(|contains| !is_anything(contains));
    for keyword in KEYWORDS {
        // `not: {}` is the canonical form of `false`.
        if keyword == "not" && schema.get(keyword).is_some_and(is_empty) {
            continue;
        }
        let Some(entry) = schema.remove_entry(keyword) else { continue };
        if means_something(&entry) || counts && keyword.ends_with("Contains") {
            moved.push(entry);
        } else if keyword.ends_with("Contains") {
            super::unevaluated::report_idle(&entry, "`contains`", context);
        }
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(entry) = only_require(schema.get(keyword)).then(|| schema.remove_entry(keyword)).flatten() {
            let message = "these alternatives only require properties, which types do not show";
            let help = "servers check it; describe in prose which properties belong together";
            context.report(Diagnostic::new(&codes::REQUIRED_ALTERNATIVES, &entry, message).help(help));
            moved.push(entry);
        }
    }
    if moved.is_empty() {
        return;
    }
    if !schema.contains_key(ASSERTIONS) {
        schema.insert(ASSERTIONS, Node::new(Object::new(), span));
    }
    if let Some(kept) = schema.get_mut(ASSERTIONS).and_then(Node::as_object_mut) {
        for entry in moved {
            kept.insert_entry(entry);
        }
    }
}

fn is_empty(node: &Node) -> bool {
    node.as_object().is_some_and(Object::is_empty)
}

fn is_anything(node: &Node) -> bool {
    node.as_object().is_some_and(only_annotations)
}

/// Whether a keyword excludes any value. `{}`, `true`, names of type `string` and `not: {not: {}}`
/// do not.
fn means_something(entry: &Entry) -> bool {
    match (&*entry.key, &entry.value.value) {
        ("propertyNames", Value::Object(object)) => {
            let text = object.len() == 1 && object.get("type").and_then(Node::as_str) == Some("string");
            !text && !only_annotations(object)
        }
        ("not", Value::Object(object)) => !object.get("not").is_some_and(is_empty),
        ("minContains" | "maxContains", _) => false,
        (_, Value::Object(object)) => !object.is_empty(),
        _ => false,
    }
}

/// `if` with the branches that constrain something.
fn condition(schema: &mut Object, context: &mut NodeContext<'_>) -> Vec<Entry> {
    let question = schema.remove_entry("if");
    let branches = ["then", "else"].into_iter().filter_map(|keyword| schema.remove_entry(keyword));
    let branches: Vec<Entry> = branches.collect();
    let is_alone = branches.is_empty();
    let branches = branches.into_iter().filter(|entry| !is_anything(&entry.value));
    match question {
        None => {
            branches.for_each(|entry| super::unevaluated::report_idle(&entry, "`if`", context));
            Vec::new()
        }
        Some(question) => {
            if is_alone {
                super::unevaluated::report_idle(&question, "`then` or `else`", context);
            }
            let branches: Vec<Entry> = branches.collect();
            if branches.is_empty() { branches } else { std::iter::once(question).chain(branches).collect() }
        }
    }
}

/// Lists in `dependencies` (drafts before 2019-09) are those of `dependentRequired`; its schemas
/// are not checked.
fn dependencies(schema: &mut Object, context: &mut NodeContext<'_>) {
    let Some(mut entry) = schema.remove_entry("dependencies") else {
        return;
    };
    let Some(written) = entry.value.as_object_mut() else {
        return;
    };
    let schemas = written.values().any(|value| value.as_array().is_none() && !is_anything(value));
    written.retain(|_, value| value.as_array().is_some());
    let lists = std::mem::take(written);
    if schemas {
        super::unevaluated::report(&entry, context);
    }
    if !schema.contains_key("dependentRequired") {
        schema.insert("dependentRequired", Node::new(Object::new(), entry.value.span));
    }
    if let Some(known) = schema.get_mut("dependentRequired").and_then(Node::as_object_mut) {
        for entry in lists {
            known.insert_entry(entry);
        }
    }
}

/// Whether alternatives differ only in the properties that they require or in the values that they
/// exclude.
fn only_require(list: Option<&Node>) -> bool {
    let members = list.and_then(Node::as_array).unwrap_or_default();
    let asserts = |key: &str| matches!(key, "required" | ASSERTIONS);
    let only = |object: &Object| object.keys().all(|key| asserts(key) || key == "type" || is_annotation(key));
    let objects: Vec<&Object> = members.iter().filter_map(Node::as_object).collect();
    objects.len() == members.len()
        && objects.len() > 1
        && objects.iter().all(|object| only(object))
        && objects.iter().any(|object| object.keys().any(asserts))
}
