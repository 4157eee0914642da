//! What the passes ask about keywords and values: which are annotations, which type each belongs to.

use crate::document::{Node, Object, Value};
use crate::lower::UNTYPED;

/// Keywords that say something about a schema without changing which values it has (`nullable` counts: it is an attribute of a use).
#[must_use]
pub fn is_annotation(keyword: &str) -> bool {
    matches!(
        keyword,
        "title"
            | "description"
            | "deprecated"
            | "readOnly"
            | "writeOnly"
            | "default"
            | "examples"
            | "nullable"
            | "externalDocs"
            | "xml"
    ) || (keyword.starts_with("x-") && keyword != UNTYPED)
}

/// Whether nothing but annotations stands in the schema.
pub(super) fn only_annotations(schema: &Object) -> bool {
    schema.keys().all(is_annotation)
}

/// The types that a keyword speaks of; empty for all.
pub(super) fn types_of(keyword: &str, schema: &Object) -> &'static [&'static str] {
    const NUMBERS: &[&str] = &["number", "integer"];
    match keyword {
        "minLength" | "maxLength" | "pattern" => &["string"],
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => NUMBERS,
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" => &["array"],
        "properties"
        | "patternProperties"
        | "additionalProperties"
        | "required"
        | "minProperties"
        | "maxProperties" => &["object"],
        "format" => {
            let format = schema.get("format").and_then(Node::as_str);
            if format.is_some_and(is_numeric_format) { NUMBERS } else { &["string"] }
        }
        _ => &[],
    }
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
