//! Takes `null` out of `anyOf` and `oneOf` (and sets `nullable: true`), takes annotations out of
//! `allOf`, and unfolds compositions with a single member.

use super::members::{is_annotation, only_annotations};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Object, Span, pointer};
use crate::lower::UNTYPED;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::{COMPOSITIONS, KeywordSet};

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&COMPOSITIONS);

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    for keyword in ["anyOf", "oneOf"] {
        pull_null(schema, keyword, context);
    }
    pull_annotations(schema);
    for keyword in ["anyOf", "oneOf", "allOf"] {
        unfold(schema, keyword, context);
    }
}

/// `anyOf: [A, {type: null}]` becomes `anyOf: [A]` with `nullable: true`. A nullable member makes
/// the union nullable too.
fn pull_null(schema: &mut Object, keyword: &str, context: &mut NodeContext<'_>) {
    let Some(entry) = schema.entry(keyword) else {
        return;
    };
    let span = entry.key_span;
    let Some(list) = schema.get_mut(keyword) else {
        return;
    };
    let Some(members) = list.as_array_mut() else {
        schema.remove(keyword);
        return;
    };
    if members.is_empty() {
        empty(keyword, span, context);
        schema.remove(keyword);
        return;
    }
    let mut nullable = false;
    for member in members.iter_mut() {
        flatten_into(member, keyword);
    }
    flatten(members);
    let all = members.len();
    members.retain(|member| !is_null(member));
    nullable |= members.len() != all;
    for member in members.iter_mut().filter_map(Node::as_object_mut) {
        nullable |= member.remove("nullable").is_some();
    }
    let none_left = members.is_empty();
    if none_left {
        schema.remove(keyword);
        schema.insert("type", Node::new("null", span));
    } else if nullable {
        schema.insert("nullable", Node::new(true, span));
    }
}

/// Marks a member that is only a union under the same keyword, by turning it into a bare list, to
/// be spliced in.
fn flatten_into(member: &mut Node, keyword: &str) {
    let Some(object) = member.as_object_mut() else {
        return;
    };
    let alone = object.len() == 1 || (object.len() == 2 && object.contains_key("nullable"));
    if !alone {
        return;
    }
    let nullable = object.remove("nullable");
    match object.remove(keyword) {
        Some(mut list) => {
            if let (Some(nullable), Some(first)) =
                (nullable, list.as_array_mut().and_then(|list| list.first_mut()).and_then(Node::as_object_mut))
            {
                first.insert("nullable", nullable);
            }
            *member = list;
        }
        None => {
            if let Some(nullable) = nullable {
                object.insert("nullable", nullable);
            }
        }
    }
}

fn flatten(members: &mut Vec<Node>) {
    if members.iter().all(|member| member.as_array().is_none()) {
        return;
    }
    let nested = std::mem::take(members);
    for mut member in nested {
        match member.as_array_mut() {
            Some(inner) => members.append(inner),
            None => members.push(member),
        }
    }
}

/// Whether a member of a union allows only `null`; `{nullable: true}` alone can mean nothing else.
fn is_null(member: &Node) -> bool {
    let Some(object) = member.as_object() else {
        return false;
    };
    let typed = object.get("type").and_then(Node::as_str) == Some("null");
    typed || (object.contains_key("nullable") && only_annotations(object))
}

/// `allOf: [A, {description: d}]` becomes `allOf: [A]` with `description: d`.
fn pull_annotations(schema: &mut Object) {
    let Some(list) = schema.get_mut("allOf") else {
        return;
    };
    let Some(members) = list.as_array_mut() else {
        schema.remove("allOf");
        return;
    };
    if members.iter().any(is_untyped) && !members.iter().all(is_untyped) {
        // A member that allows anything does not limit the whole.
        members.retain(|member| !is_untyped(member));
    }
    let plain = |member: &Node| member.as_object().is_some_and(|object| !object.is_empty() && only_annotations(object));
    if members.len() < 2 || !members.iter().any(plain) {
        return;
    }
    let (pulled, kept): (Vec<Node>, Vec<Node>) = std::mem::take(members).into_iter().partition(plain);
    if kept.is_empty() {
        schema.remove("allOf");
    } else {
        *members = kept;
    }
    for object in pulled.into_iter().filter_map(into_object) {
        for entry in object {
            adopt(schema, entry);
        }
    }
}

fn is_untyped(member: &Node) -> bool {
    member.get(UNTYPED).is_some() && member.as_object().is_some_and(|object| object.len() == 1)
}

fn into_object(node: Node) -> Option<Object> {
    match node.value {
        crate::document::Value::Object(object) => Some(object),
        _ => None,
    }
}

fn adopt(schema: &mut Object, entry: Entry) {
    if !schema.contains_key(&entry.key) {
        schema.insert_entry(entry);
    }
}

/// A composition with one member becomes that member, with the siblings of the composition.
fn unfold(schema: &mut Object, keyword: &str, context: &mut NodeContext<'_>) {
    let Some(entry) = schema.entry(keyword) else {
        return;
    };
    let span = entry.key_span;
    let Some(members) = entry.value.as_array() else {
        return;
    };
    let member = match members {
        [] => {
            empty(keyword, span, context);
            schema.remove(keyword);
            return;
        }
        [member] => member.clone(),
        _ => return,
    };
    let Some(member) = into_object(member) else {
        return;
    };
    if compatible(schema, &member, keyword) {
        schema.remove(keyword);
        if member.contains_key("$ref") {
            schema.remove("type");
        }
        for entry in member {
            adopt(schema, entry);
        }
    } else if keyword != "allOf" {
        widen(schema, keyword);
    }
}

/// Whether the member can be merged into the schema: they share only annotations, and neither would
/// put keywords beside a `$ref`.
fn compatible(schema: &Object, member: &Object, keyword: &str) -> bool {
    let reference = member.contains_key("$ref");
    schema.iter().filter(|entry| *entry.key != *keyword).all(|entry| {
        let key = &*entry.key;
        let same_type = key == "type" && (reference || member.get("type").is_none_or(|other| *other == entry.value));
        is_annotation(key)
            || same_type
            || (!reference && key != "discriminator" && !member.contains_key(key) && !is_composition(key))
            || (key == "discriminator" && keyword != "allOf")
    }) && !(reference && schema.contains_key("$ref"))
}

fn is_composition(key: &str) -> bool {
    COMPOSITIONS.contains(&key) || matches!(key, "$ref" | "not")
}

/// Turns `anyOf: [A]` beside constraints into `allOf: [A]` beside them.
fn widen(schema: &mut Object, keyword: &str) {
    let Some(list) = schema.remove(keyword) else {
        return;
    };
    match schema.get_mut("allOf").and_then(Node::as_array_mut) {
        Some(members) => {
            if let crate::document::Value::Array(mut more) = list.value {
                members.append(&mut more);
            }
        }
        None => {
            schema.insert("allOf", list);
        }
    }
}

fn empty(keyword: &str, span: Span, context: &mut NodeContext<'_>) {
    let message = format!("`{keyword}` has no member");
    let help = "it is ignored; add a schema, or remove the keyword";
    let repair = crate::openapi::repair::remove(&pointer::join(&context.pointer(), keyword));
    context.report(Diagnostic::new(&codes::EMPTY_COMPOSITION, span, message).help(help).overlay(repair));
}
