//! Reads unquoted YAML scalars as they are spelled where text is expected: `010` in an enum of
//! strings is `"010"`, not the number 10.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node, Object, Value};
use crate::limits::COMPONENT_CHAIN;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::{COMPOSITIONS, Kind};
use crate::openapi::path::NodePath;
use crate::openapi::walk::{Changer, change};
use crate::source::Sources;

pub(super) fn run(document: &mut Document, out: &mut Diagnostics) {
    let texts = text_components(&document.root);
    let Document { root, sources, .. } = document;
    change(root, &mut Spelling { sources, texts, out });
}

struct Spelling<'d> {
    sources: &'d Sources,
    /// The references to components whose values are text.
    texts: BTreeSet<String>,
    out: &'d mut Diagnostics,
}

impl Changer for Spelling<'_> {
    fn enter(&mut self, kind: Kind, node: &mut Node, path: &NodePath<'_>) -> bool {
        if kind != Kind::Schema {
            return true;
        }
        let holds = holds(node, &self.texts);
        let sources = self.sources;
        let mut context = NodeContext::new(path, self.out);
        let Some(schema) = node.as_object_mut().filter(|_| holds != Holds::Other) else { return true };
        if let Some(value) = schema.get_mut("default") {
            match (holds, value.as_array_mut()) {
                (Holds::Texts, Some(items)) => {
                    for item in items {
                        respell(sources, "default", item, false, &mut context);
                    }
                }
                (Holds::Texts, None) => {}
                _ => respell(sources, "default", value, false, &mut context),
            }
        }
        if holds == Holds::Text {
            respell_values(schema, sources, &mut context);
        }
        true
    }
}

/// The values of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// Text or `null`.
    Text,
    /// Lists of text.
    Texts,
    Other,
}

/// What the values of a schema are.
fn holds(schema: &Node, texts: &BTreeSet<String>) -> Holds {
    if is_text(schema) || schema.reference().is_some_and(|reference| texts.contains(reference)) {
        return Holds::Text;
    }
    match schema.get("type").and_then(Node::as_str) {
        Some("array") if schema.get("items").is_some_and(|items| holds(items, texts) == Holds::Text) => Holds::Texts,
        Some(_) => Holds::Other,
        None => by_members(schema, texts),
    }
}

/// What the members of a composition hold: one of `allOf`, or all of the others but for `null`.
fn by_members(schema: &Node, texts: &BTreeSet<String>) -> Holds {
    let members = |keyword: &str| schema.get(keyword).and_then(Node::as_array).unwrap_or_default();
    let known = |member: &Node| holds(member, texts);
    if let Some(found) = members("allOf").iter().map(known).find(|found| *found != Holds::Other) {
        return found;
    }
    let is_null = |member: &&Node| member.get("type").and_then(Node::as_str) == Some("null");
    let alternatives = members("anyOf").iter().chain(members("oneOf"));
    let mut found = alternatives.filter(|member| !is_null(member)).map(known);
    let first = found.next().unwrap_or(Holds::Other);
    if found.all(|other| other == first) { first } else { Holds::Other }
}

/// Whether values are text or `null` by the type of the schema itself.
fn is_text(schema: &Node) -> bool {
    let text = |node: &Node| node.as_str() == Some("string");
    let Some(written) = schema.get("type") else { return false };
    match written.as_array() {
        None => text(written),
        Some(list) => list.iter().any(text) && list.iter().all(|one| text(one) || one.as_str() == Some("null")),
    }
}

/// The references to components of text, also by way of other components.
fn text_components(root: &Node) -> BTreeSet<String> {
    let components = root.pointer("/components/schemas").and_then(Node::as_object);
    let mut texts = BTreeSet::new();
    for _ in 0..COMPONENT_CHAIN {
        let before = texts.len();
        for entry in components.into_iter().flatten() {
            let reference = format!("#/components/schemas/{}", entry.key);
            if !texts.contains(&reference) && holds(&entry.value, &texts) == Holds::Text {
                texts.insert(reference);
            }
        }
        if texts.len() == before {
            break;
        }
    }
    texts
}

/// Respells the values that a schema of text lists, itself or in alternatives without a type.
fn respell_values(schema: &mut Object, sources: &Sources, context: &mut NodeContext<'_>) {
    let nullable = schema.contains_key("nullable") || schema.get("type").is_none_or(|node| node.as_array().is_some());
    for keyword in ["enum", "const"] {
        match schema.get_mut(keyword) {
            None => {}
            Some(list) if keyword == "enum" => {
                let values = list.as_array_mut().into_iter().flatten();
                values.for_each(|value| respell(sources, keyword, value, !nullable, context));
            }
            Some(value) => respell(sources, keyword, value, !nullable, context),
        }
    }
    for keyword in COMPOSITIONS {
        let members = schema.get_mut(keyword).and_then(Node::as_array_mut).into_iter().flatten();
        for member in members.filter_map(Node::as_object_mut) {
            if !member.contains_key("type") && !member.contains_key("$ref") {
                respell_values(member, sources, context);
            }
        }
    }
}

/// Makes a number or a boolean the text that it is spelled as, and `NULL` where `null` is not a
/// value.
fn respell(sources: &Sources, keyword: &str, value: &mut Node, never_null: bool, context: &mut NodeContext<'_>) {
    let written = sources.slice(value.span).trim();
    match value.value {
        Value::Number(_) | Value::Bool(_) => {}
        Value::Null if never_null && matches!(written, "NULL" | "Null") => {}
        _ => return,
    }
    // The spans of aliases and overlays do not spell the value.
    let spells =
        !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let text = if spells { written.to_owned() } else { value.to_json().to_string() };
    let message = format!("the value `{text}` in `{keyword}` is not of type `string`");
    let code = if keyword == "default" { &codes::DEFAULT_DOES_NOT_FIT } else { &codes::ENUM_VALUE_OF_OTHER_TYPE };
    let help = format!("it is read as the string {text:?}; quote it");
    context.report(Diagnostic::new(code, &*value, message).note().help(help));
    value.value = Value::String(text);
}
