//! Gives a schema without `type` the type that its keywords imply: `properties` means an object,
//! `minLength` a string.

use super::members::{is_integer_format, is_numeric_format, type_of};
use crate::document::{Node, Object};
use crate::lower::UNTYPED;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::{COMPOSITIONS, KeywordSet, ValueType};

/// The keywords that define a schema without a `type`.
const DECIDED: KeywordSet = KeywordSet::of(&["type", "$ref"]).and(KeywordSet::of(&COMPOSITIONS));

pub(super) fn run(node: &mut Node, _: &mut NodeContext<'_>) {
    let span = node.span;
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    if schema.get("type").and_then(Node::as_str) == Some("null") {
        schema.remove("nullable");
        return;
    }
    if schema.contains_key(UNTYPED) {
        return;
    }
    if let Some(name) = implied_type(schema) {
        schema.insert("type", Node::new(name, span));
    }
}

/// The type that the keywords of a schema without `type` imply.
#[must_use]
pub fn implied_type(schema: &Object) -> Option<&'static str> {
    let keywords = KeywordSet::in_schema(schema);
    if keywords.meets(DECIDED) || schema.contains_key("not") {
        return None;
    }
    if let Some(values) = schema.get("enum") {
        return type_of_values(values.as_array()?);
    }
    let format = schema.get("format").and_then(Node::as_str);
    match keywords.implied_type() {
        Some(ValueType::Object) => Some("object"),
        Some(ValueType::Array) => Some("array"),
        Some(ValueType::String) => Some("string"),
        _ if format.is_some_and(is_integer_format) => Some("integer"),
        Some(ValueType::Number) => Some("number"),
        None if format.is_some_and(is_numeric_format) => Some("number"),
        None => format.filter(|format| is_text_format(format)).map(|_| "string"),
    }
}

fn type_of_values(values: &[Node]) -> Option<&'static str> {
    let mut names: Vec<&'static str> = values.iter().map(|value| type_of(&value.value)).collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [name] => Some(name),
        ["integer", "number"] => Some("number"),
        _ => None,
    }
}

fn is_text_format(format: &str) -> bool {
    matches!(
        format,
        "date-time"
            | "date"
            | "time"
            | "duration"
            | "uuid"
            | "uri"
            | "uri-reference"
            | "url"
            | "email"
            | "hostname"
            | "ipv4"
            | "ipv6"
            | "byte"
            | "binary"
            | "password"
            | "regex"
    )
}
