//! Gives a schema without `type` the one that its keywords imply: `properties` means an object, `minLength` a string.

use super::keywords::Keywords;
use super::members::{is_integer_format, is_numeric_format, type_of};
use crate::document::{Node, Object};
use crate::lower::{Cx, UNTYPED};

const DECIDED: Keywords = Keywords::TYPE.and(Keywords::REF).and(Keywords::UNION).and(Keywords::ALL_OF);

pub(super) fn run(node: &mut Node, _: &mut Cx<'_>) {
    let span = node.span;
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    if schema.get("type").and_then(Node::as_str) == Some("null") {
        schema.remove("nullable");
        return;
    }
    let keywords = Keywords::of(schema);
    if keywords.meets(DECIDED) || schema.contains_key(UNTYPED) || schema.contains_key("not") {
        return;
    }
    if let Some(name) = implied(schema, keywords) {
        schema.insert("type", Node::new(name, span));
    }
}

fn implied(schema: &Object, keywords: Keywords) -> Option<&'static str> {
    if keywords.meets(Keywords::ENUM) {
        return type_of_values(schema.get("enum")?.as_array()?);
    }
    let format = schema.get("format").and_then(Node::as_str);
    if keywords.meets(Keywords::OBJECT) {
        Some("object")
    } else if keywords.meets(Keywords::ITEMS.and(Keywords::LIST)) {
        Some("array")
    } else if keywords.meets(Keywords::STRING) {
        Some("string")
    } else if format.is_some_and(is_integer_format) {
        Some("integer")
    } else if keywords.meets(Keywords::BOUND) || format.is_some_and(is_numeric_format) {
        Some("number")
    } else if format.is_some_and(is_text_format) {
        Some("string")
    } else {
        None
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
