//! Estimates the kind of a schema's values before any type is made. The estimate is sufficient to
//! choose between JSON, text and bytes.

use super::find::follow;
use crate::document::{Document, Node};
use crate::limits::VALUE_KIND_SCHEMAS;

/// The kind of a schema's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// Unconstrained.
    Any,
    /// Objects.
    Object,
    /// Lists.
    List,
    /// Strings.
    Text,
    /// `format: binary`.
    Binary,
    /// Numbers and booleans.
    Scalar,
    /// More than one of these.
    Mixed,
}

/// The kind of a schema's values.
pub(super) fn value_kind(document: &Document, schema: &Node) -> ValueKind {
    let mut budget = VALUE_KIND_SCHEMAS;
    kind_within(document, schema, 0, &mut budget)
}

fn kind_within(document: &Document, schema: &Node, depth: u32, budget: &mut u32) -> ValueKind {
    if *budget == 0 || depth > 32 {
        return ValueKind::Mixed;
    }
    *budget -= 1;
    let schema = follow(document, schema);
    if let Some(kind) = schema.get("type").and_then(Node::as_str) {
        return match kind {
            "object" => ValueKind::Object,
            "array" => ValueKind::List,
            "string" if schema.get("format").and_then(Node::as_str) == Some("binary") => ValueKind::Binary,
            "string" => ValueKind::Text,
            _ => ValueKind::Scalar,
        };
    }
    let mut members = |key: &str| -> Vec<ValueKind> {
        let members = schema.get(key).and_then(Node::as_array).unwrap_or_default();
        members.iter().map(|member| kind_within(document, member, depth + 1, budget)).collect()
    };
    if let Some(kind) = members("allOf").into_iter().find(|kind| *kind != ValueKind::Any) {
        return kind;
    }
    let alternatives = [members("oneOf"), members("anyOf")].concat();
    match alternatives.split_first() {
        Some((first, rest)) if rest.iter().all(|kind| kind == first) => *first,
        Some(_) => ValueKind::Mixed,
        None => ValueKind::Any,
    }
}
