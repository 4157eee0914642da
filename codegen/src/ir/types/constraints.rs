//! Turns constraints into [`Constraints`]. If there are several bounds, the tightest one counts.

use serde_json::Value;

use super::conjunction::Flat;
use crate::document::{Node, Number};
use crate::ir::model::{Constraints, all_patterns};

/// Bounds of text.
pub(super) fn text(flat: &Flat<'_>) -> Constraints {
    Constraints {
        min_length: most(flat, "minLength"),
        max_length: least(flat, "maxLength"),
        pattern: pattern(flat),
        ..Constraints::default()
    }
}

/// Bounds of numbers.
pub(super) fn number(flat: &Flat<'_>) -> Constraints {
    Constraints {
        minimum: bound(flat, "minimum", f64::gt),
        maximum: bound(flat, "maximum", f64::lt),
        exclusive_minimum: bound(flat, "exclusiveMinimum", f64::gt),
        exclusive_maximum: bound(flat, "exclusiveMaximum", f64::lt),
        multiple_of: bound(flat, "multipleOf", f64::gt),
        ..Constraints::default()
    }
}

/// Bounds of lists.
pub(super) fn list(flat: &Flat<'_>) -> Constraints {
    Constraints {
        min_items: most(flat, "minItems"),
        max_items: least(flat, "maxItems"),
        unique_items: flat.all("uniqueItems").any(|node| node.as_bool() == Some(true)),
        ..Constraints::default()
    }
}

/// Bounds of objects.
pub(super) fn object(flat: &Flat<'_>) -> Constraints {
    Constraints {
        min_properties: most(flat, "minProperties"),
        max_properties: least(flat, "maxProperties"),
        ..Constraints::default()
    }
}

/// Values that `enum` allows, as JSON, for schemas without an enum type. If there are several
/// lists, their intersection is allowed.
pub(super) fn allowed(flat: &Flat<'_>) -> Vec<Value> {
    let lists = flat.all("enum").filter_map(Node::as_array);
    let common = lists.map(<[Node]>::to_vec).reduce(|left, right| common(&left, right)).unwrap_or_default();
    common.iter().filter(|node| !node.is_null()).map(Node::to_json).collect()
}

/// The intersection of both lists. If it is empty, the later list counts, because it is more
/// specific.
fn common(left: &[Node], right: Vec<Node>) -> Vec<Node> {
    let both: Vec<Node> = right.iter().filter(|node| left.contains(node)).cloned().collect();
    if both.is_empty() { right } else { both }
}

fn most(flat: &Flat<'_>, keyword: &'static str) -> Option<u64> {
    flat.all(keyword).filter_map(Node::as_u64).max().filter(|bound| *bound > 0)
}

fn least(flat: &Flat<'_>, keyword: &'static str) -> Option<u64> {
    flat.all(keyword).filter_map(Node::as_u64).min()
}

fn bound(flat: &Flat<'_>, keyword: &'static str, tighter: fn(&f64, &f64) -> bool) -> Option<serde_json::Number> {
    let numbers = flat.all(keyword).filter_map(Node::as_number);
    let tightest = numbers.reduce(|a, b| if tighter(&b.as_f64(), &a.as_f64()) { b } else { a })?;
    json_number(tightest)
}

/// A bound as a JSON number; `None` if 64 bits cannot express it.
fn json_number(number: &Number) -> Option<serde_json::Number> {
    let whole = number.as_i64().map(Into::into).or_else(|| number.as_u64().map(Into::into));
    whole.or_else(|| serde_json::Number::from_f64(number.as_f64()))
}

/// One pattern for all patterns that must match.
fn pattern(flat: &Flat<'_>) -> Option<String> {
    let patterns: Vec<&str> = flat.all("pattern").filter_map(Node::as_str).collect();
    all_patterns(&patterns)
}
