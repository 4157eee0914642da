//! Leaves one name under `type`: `type: [T, "null"]` becomes `type: T` with `nullable: true`, and
//! several types become an `anyOf` of schemas with one type each.

use super::members::{is_annotation, is_of_type, types_of};
use crate::diagnostics::{Diagnostic, codes, nearest};
use crate::document::{Node, Object, Span, Value};
use crate::lower::UNTYPED;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::{COMPOSITIONS, KeywordSet};

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["type"]);

const NAMES: [&str; 7] = ["string", "integer", "number", "boolean", "object", "array", "null"];

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
    let span = node.span;
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    let Some(written) = schema.get("type") else {
        return;
    };
    if written.as_str().is_some_and(|name| NAMES.contains(&name)) {
        if written.as_str() == Some("null") {
            schema.remove("nullable");
        }
        return;
    }
    let place = written.span;
    if written.as_str() == Some("any") {
        context.report(
            unknown_type(written).note().help(with_types("values of this schema are any JSON, as without `type`")),
        );
        schema.remove("type");
        return;
    }
    let mut names = names(written, context);
    if names.is_empty() {
        unknown(schema, place);
        return;
    }
    if names.contains(&"number") {
        names.retain(|name| *name != "integer");
    }
    let null = names.len() > 1 && names.contains(&"null");
    if null {
        names.retain(|name| *name != "null");
        schema.insert("nullable", Node::new(true, place));
    }
    match names.as_slice() {
        [name] => {
            schema.insert("type", Node::new(*name, place));
        }
        _ => several(schema, &names, place, span, context),
    }
}

/// The known names under `type`, without duplicates. Other names are reported.
fn names(written: &Node, context: &mut NodeContext<'_>) -> Vec<&'static str> {
    let single = std::slice::from_ref(written);
    let mut names = Vec::new();
    for member in written.as_array().unwrap_or(single) {
        match known(member) {
            Some(name) if names.contains(&name) => {}
            Some(name) => {
                if member.as_str() != Some(name) {
                    context.report(unknown_type(member).note().help(with_types(&format!("it is read as `{name}`"))));
                }
                names.push(name);
            }
            None => report(member, context),
        }
    }
    names
}

fn known(member: &Node) -> Option<&'static str> {
    if member.is_null() {
        return Some("null");
    }
    let written = member.as_str()?;
    NAMES.into_iter().find(|name| name.eq_ignore_ascii_case(written.trim()))
}

fn unknown_type(member: &Node) -> Diagnostic {
    let message = match member.as_str() {
        Some(name) => format!("there is no type `{name}`"),
        None => format!("a type is a string, not {}", member.value.kind()),
    };
    Diagnostic::new(&codes::UNKNOWN_TYPE, member, message)
}

/// A consequence, followed by the list of all types.
fn with_types(consequence: &str) -> String {
    format!("{consequence}; types are {}", NAMES.join(", "))
}

fn report(member: &Node, context: &mut NodeContext<'_>) {
    let diagnostic = unknown_type(member);
    let consequence = "values of this schema are any JSON";
    context.report(match member.as_str().and_then(meant) {
        Some((name, format)) => diagnostic
            .help(format!("{consequence}; did you mean `{name}`{}?", with_format(format, " with `format: ", "`")))
            .overlay(crate::openapi::repair::update(
                &context.pointer(),
                &format!("type: {name}{}", with_format(format, "\nformat: ", "")),
            )),
        None => diagnostic.help(with_types(consequence)),
    });
}

/// The type that was probably meant: its name comes from another language or has a typo. If the
/// name is that of a format, the format is returned too.
fn meant(written: &str) -> Option<(&'static str, Option<&'static str>)> {
    Some(match written.to_ascii_lowercase().as_str() {
        "float" => ("number", Some("float")),
        "double" => ("number", Some("double")),
        "decimal" | "numeric" => ("number", None),
        "int32" => ("integer", Some("int32")),
        "int64" | "long" => ("integer", Some("int64")),
        "int" => ("integer", None),
        "bool" => ("boolean", None),
        "date" => ("string", Some("date")),
        "datetime" | "date-time" => ("string", Some("date-time")),
        "uuid" => ("string", Some("uuid")),
        "file" | "binary" => ("string", Some("binary")),
        "str" | "text" | "enum" => ("string", None),
        "map" | "dict" | "hash" | "json" => ("object", None),
        "list" => ("array", None),
        other => (nearest(other, NAMES)?, None),
    })
}

fn with_format(format: Option<&str>, before: &str, after: &str) -> String {
    format.map_or_else(String::new, |format| format!("{before}{format}{after}"))
}

fn unknown(schema: &mut Object, place: Span) {
    schema.remove("type");
    if schema.keys().all(|key| is_annotation(key) || key == "format") {
        schema.insert(UNTYPED, Node::new(true, place));
    }
}

/// Splits the schema into one for each type, unless a composition or reference already does that.
fn several(schema: &mut Object, names: &[&'static str], place: Span, span: Span, context: &mut NodeContext<'_>) {
    let composed = schema.contains_key("$ref") || COMPOSITIONS.iter().any(|key| schema.contains_key(key));
    let bare = schema.keys().all(|key| is_annotation(key) || key == "type");
    let everything = names.len() >= 5;
    schema.remove("type");
    if composed || (bare && everything) {
        return;
    }
    let keywords: Vec<String> = schema.keys().filter(|key| !is_annotation(key)).map(str::to_owned).collect();
    let moved: Object = keywords.iter().filter_map(|key| schema.remove_entry(key)).collect();
    let members: Vec<Node> = names.iter().filter_map(|name| member(&moved, name, place, span, context)).collect();
    schema.insert("anyOf", Node::new(members, span));
}

fn member(moved: &Object, name: &'static str, place: Span, span: Span, context: &mut NodeContext<'_>) -> Option<Node> {
    let mut member = Object::new();
    member.insert("type", Node::new(name, place));
    for entry in moved {
        let types = types_of(&entry.key, moved);
        if types.is_empty() || types.contains(&name) {
            member.insert_entry(entry.clone());
        }
    }
    if let Some(Value::Array(values)) = member.get_mut("enum").map(|node| &mut node.value) {
        values.retain(|value| is_of_type(&value.value, name));
        if values.is_empty() {
            return None;
        }
    }
    let mut member = Node::new(member, span);
    super::canonical(&mut member, context);
    Some(member)
}
