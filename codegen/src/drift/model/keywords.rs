//! Tells keywords that constrain nothing from those that do.

use crate::document::{Node, Object};
use crate::openapi::grammar;

/// The formats that name the whole range of their type.
const WHOLE: [(&str, &str); 3] = [("integer", "int64"), ("number", "double"), ("string", "password")];

/// Whether a keyword says nothing about which values are valid.
pub(crate) fn annotation(key: &str) -> bool {
    grammar::is_annotation(key) || grammar::is_bookkeeping(key)
}

/// Whether every value meets a keyword, as it does `minLength: 0`.
pub(super) fn allows_everything(key: &str, node: &Node) -> bool {
    match key {
        "minLength" | "minItems" | "minProperties" => {
            node.as_number().is_some_and(|number| number.as_i128() == Some(0))
        }
        "uniqueItems" | "exclusiveMinimum" | "exclusiveMaximum" | "not" => node.as_bool() == Some(false),
        "allOf" | "anyOf" | "oneOf" | "required" => node.as_array().is_some_and(<[Node]>::is_empty),
        "properties" | "patternProperties" | "dependentRequired" | "dependentSchemas" => {
            node.as_object().is_some_and(Object::is_empty)
        }
        "pattern" => node.as_str() == Some(""),
        _ => false,
    }
}

/// Whether a pattern matches every text.
pub(crate) fn matches_all(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    matches!(inner.strip_suffix('$').unwrap_or(inner), ".*" | "")
}

/// Whether a format names the whole range of one of these types.
pub(crate) fn is_whole_range(types: &[&str], format: &str) -> bool {
    types.iter().any(|name| WHOLE.contains(&(*name, format)))
}
