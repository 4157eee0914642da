//! The facts that passes need beyond the grammar: which keywords and values belong to a type.

use crate::document::{Node, Object, Value};
use crate::lower::{ASSERTIONS, UNTYPED};
use crate::openapi::grammar::{self, ValueType};

/// Whether a keyword only describes a schema. The mark of a lost shape does not count, nor do kept
/// assertions: they replace constraints.
#[must_use]
pub fn is_annotation(keyword: &str) -> bool {
    grammar::is_annotation(keyword) && keyword != UNTYPED && keyword != ASSERTIONS
}

/// Whether a schema has nothing but annotations.
pub(super) fn only_annotations(schema: &Object) -> bool {
    schema.keys().all(is_annotation)
}

/// The types whose values a keyword concerns. Empty if it concerns all.
pub(super) fn types_of(keyword: &str, schema: &Object) -> &'static [&'static str] {
    let format = |node: &Node| node.as_str().is_some_and(is_numeric_format);
    let of = match keyword {
        "format" if schema.get("format").is_some_and(format) => Some(ValueType::Number),
        "format" => Some(ValueType::String),
        _ => grammar::value_type(keyword),
    };
    of.map_or(&[], ValueType::names)
}

/// Formats of numbers; all others are formats of strings.
pub(super) fn is_numeric_format(format: &str) -> bool {
    is_integer_format(format) || matches!(format, "float" | "double" | "decimal128")
}

/// Formats of whole numbers.
pub(super) fn is_integer_format(format: &str) -> bool {
    let width = format.strip_prefix('u').unwrap_or(format).strip_prefix("int");
    width.is_some_and(|width| matches!(width, "" | "8" | "16" | "32" | "64" | "128"))
}

/// The type name of a value.
pub(super) fn type_of(value: &Value) -> &'static str {
    value.kind()
}

/// Whether a value is of a type.
pub(super) fn is_of_type(value: &Value, name: &str) -> bool {
    let own = type_of(value);
    own == name || (name == "number" && own == "integer")
}
