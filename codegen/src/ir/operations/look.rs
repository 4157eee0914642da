//! Turns a schema into the kind of its values, at a glance: enough to choose between JSON, text and bytes, before any type is made.

use super::find::follow;
use crate::document::{Document, Node};

/// Schemas that a glance visits at most; deeper ones are [`Look::Mixed`].
const FUEL: u32 = 500;

/// The kind of a schema's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing is said.
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

/// Looks at a schema.
pub(super) fn look(document: &Document, schema: &Node) -> Look {
    let mut fuel = FUEL;
    look_within(document, schema, 0, &mut fuel)
}

fn look_within(document: &Document, schema: &Node, depth: u32, fuel: &mut u32) -> Look {
    if *fuel == 0 || depth > 32 {
        return Look::Mixed;
    }
    *fuel -= 1;
    let schema = follow(document, schema);
    if let Some(kind) = schema.get("type").and_then(Node::as_str) {
        return match kind {
            "object" => Look::Object,
            "array" => Look::List,
            "string" if schema.get("format").and_then(Node::as_str) == Some("binary") => Look::Binary,
            "string" => Look::Text,
            _ => Look::Scalar,
        };
    }
    let mut members = |key: &str| -> Vec<Look> {
        let members = schema.get(key).and_then(Node::as_array).unwrap_or_default();
        members.iter().map(|member| look_within(document, member, depth + 1, fuel)).collect()
    };
    if let Some(look) = members("allOf").into_iter().find(|look| *look != Look::Any) {
        return look;
    }
    let alternatives = [members("oneOf"), members("anyOf")].concat();
    match alternatives.split_first() {
        Some((first, rest)) if rest.iter().all(|look| look == first) => *first,
        Some(_) => Look::Mixed,
        None => Look::Any,
    }
}
