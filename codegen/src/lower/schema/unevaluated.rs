//! `unevaluatedProperties: false` becomes `additionalProperties: false` where both mean the same,
//! and stays beside `allOf` and `oneOf`. Elsewhere, no Rust type can express these keywords.

use super::members::only_annotations;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Object};
use crate::lower::ASSERTIONS;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::{COMPOSITIONS, KeywordSet};

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["unevaluatedProperties", "unevaluatedItems"]);

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    properties(schema, context);
    items(schema, context);
}

/// Reports a keyword that is left out.
pub(super) fn report(entry: &Entry, context: &mut NodeContext<'_>) {
    let message = format!("`{}` is not checked", entry.key);
    let help = "values that break it are accepted; mention it in the description";
    context.report(Diagnostic::new(&codes::UNSUPPORTED_KEYWORD, entry, message).help(help));
}

/// Reports a keyword without the one that gives it a meaning.
pub(super) fn report_idle(entry: &Entry, needed: &str, context: &mut NodeContext<'_>) {
    let message = format!("`{}` has no effect without {needed}", entry.key);
    let help = "it is ignored; add what it needs beside it, or remove it";
    context.report(Diagnostic::new(&codes::IDLE_KEYWORD, entry, message).help(help));
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

fn properties(schema: &mut Object, context: &mut NodeContext<'_>) {
    // Which properties these keywords evaluate depends on the value.
    let depends = ["anyOf", ASSERTIONS].iter().any(|key| schema.contains_key(key));
    if composed(schema) && !depends && schema.get("unevaluatedProperties").is_some_and(is_never) {
        return;
    }
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

fn items(schema: &mut Object, context: &mut NodeContext<'_>) {
    let Some(entry) = schema.remove_entry("unevaluatedItems") else {
        return;
    };
    if is_anything(&entry.value) {
        return;
    }
    let contains = schema.get(ASSERTIONS).is_some_and(|kept| kept.get("contains").is_some());
    if composed(schema) || contains {
        report(&entry, context);
    } else if !schema.contains_key("items") {
        schema.insert("items", entry.value);
    }
}
