//! Compares listed values, constants, patterns and defaults.

use crate::document::{Node, Value};
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::pairs::Pair;
use crate::drift::model::{Located, Schema, Spot, show};

/// Reports changes of what a value may be.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    compare_enum(comparison, pair);
    compare_extensible(comparison, pair);
    compare_pattern(comparison, pair);
    compare_default(comparison, pair);
}

/// `const: a` is `enum: [a]`; it is validated as a constant where no side lists values.
fn compare_enum<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    let constant = |schema: &Schema<'d>| schema.at("const").filter(|at| !at.node.is_null());
    let (old_constant, new_constant) = (constant(&pair.old), constant(&pair.new));
    let (mut old, mut new) = (pair.old.enumeration(), pair.new.enumeration());
    if old.is_empty() && new.is_empty() {
        return compare_constant(comparison, pair, old_constant.as_ref(), new_constant.as_ref());
    }
    if old.is_empty() {
        old.extend(old_constant);
    }
    if new.is_empty() {
        new.extend(new_constant);
    }
    let subject = pair.subject();
    match (old.is_empty(), new.is_empty()) {
        (true, false) => {
            let message = format!("{subject} is limited to {}", list(&new));
            comparison.report_aspect(pair, "became-enum", pair.spot("enum"), &list(&new), message);
        }
        (false, true) => {
            let message = format!("{subject} is no longer limited to {}", list(&old));
            comparison.report_aspect(pair, "became-not-enum", pair.spot("enum"), &list(&old), message);
        }
        _ => {
            compare_values(comparison, pair, ("enum", "enum-value"), (&old, &new));
        }
    }
}

fn list(values: &[Located<'_>]) -> String {
    let shown: Vec<String> = values.iter().take(6).map(|value| format!("`{}`", show(value.node))).collect();
    let more = if values.len() > 6 { format!(" and {} more", values.len() - 6) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

fn compare_values<'d>(
    comparison: &mut Comparison<'d>,
    pair: &Pair<'d>,
    (key, aspect): (&str, &str),
    (old, new): (&[Located<'d>], &[Located<'d>]),
) {
    let (before, after) = (Values::new(old), Values::new(new));
    let (old_at, new_at) = (pair.old.at_or_self(key), pair.new.at_or_self(key));
    let subject = pair.subject();
    for value in old.iter().filter(|value| !after.holds(value.node)) {
        let shown = show(value.node);
        let message = format!("the value `{shown}` of {subject} is gone");
        comparison.report_aspect(pair, &format!("{aspect}-removed"), Spot::removed(value, &new_at), &shown, message);
    }
    for value in new.iter().filter(|value| !before.holds(value.node)) {
        let shown = show(value.node);
        let message = format!("the value `{shown}` of {subject} is new");
        comparison.report_aspect(pair, &format!("{aspect}-added"), Spot::both(&old_at, value), &shown, message);
    }
}

/// A set of values: texts are looked up, the few others compared.
struct Values<'d> {
    texts: std::collections::BTreeSet<&'d str>,
    others: Vec<&'d Node>,
}

impl<'d> Values<'d> {
    fn new(values: &[Located<'d>]) -> Self {
        let texts = values.iter().filter_map(|value| value.node.as_str()).collect();
        let others = values.iter().map(|value| value.node).filter(|node| node.as_str().is_none()).collect();
        Self { texts, others }
    }

    fn holds(&self, node: &Node) -> bool {
        match node.as_str() {
            Some(text) => self.texts.contains(text),
            None => self.others.contains(&node),
        }
    }
}

fn compare_constant<'d>(
    comparison: &mut Comparison<'d>,
    pair: &Pair<'d>,
    old: Option<&Located<'d>>,
    new: Option<&Located<'d>>,
) {
    let subject = pair.subject();
    let (aspect, message) = match (old, new) {
        (None, Some(new)) => ("const-added", format!("{subject} is always `{}`", show(new.node))),
        (Some(old), None) => ("const-removed", format!("{subject} is no longer always `{}`", show(old.node))),
        (Some(old), Some(new)) if old.node != new.node => {
            ("const-changed", format!("{subject} is always `{}`, it was `{}`", show(new.node), show(old.node)))
        }
        _ => return,
    };
    comparison.report_aspect(pair, aspect, pair.spot("const"), &message, message.clone());
}

fn compare_extensible<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    let key = "x-extensible-enum";
    let values = |schema: &Schema<'d>| schema.at(key).map(|list| list.members()).unwrap_or_default();
    let (old, new) = (values(&pair.old), values(&pair.new));
    if !old.is_empty() && !new.is_empty() {
        compare_values(comparison, pair, (key, "x-extensible-enum-value"), (&old, &new));
    }
}

fn compare_pattern<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    let key = "pattern";
    let subject = pair.subject();
    let request = pair.slot().direction() == crate::drift::verdict::Direction::Request;
    let (aspect, message) = match (pair.old.text(key), pair.new.text(key)) {
        (None, Some(new)) => ("pattern-added", format!("{subject} has to match `{new}`")),
        (Some(old), None) => ("pattern-removed", format!("{subject} no longer has to match `{old}`")),
        (Some(old), Some(new)) if old != new => {
            let aspect = if request && matches_all(new) { "pattern-generalized" } else { "pattern-changed" };
            (aspect, format!("{subject} has to match `{new}`, it was `{old}`"))
        }
        _ => return,
    };
    comparison.report_aspect(pair, aspect, pair.spot(key), &message, message.clone());
}

fn matches_all(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    matches!(inner.strip_suffix('$').unwrap_or(inner), ".*" | "")
}

/// Reports a default that came, went or changed.
pub(super) fn compare_default<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    let key = "default";
    let subject = pair.subject();
    let (old, new) = (pair.old.value(key), pair.new.value(key));
    let same = |old: &Node, new: &Node| match (&old.value, &new.value) {
        (Value::String(text), Value::Bool(_) | Value::Number(_)) if pair.slot().textual() => *text == show(new),
        (Value::Bool(_) | Value::Number(_), Value::String(text)) if pair.slot().textual() => *text == show(old),
        _ => old == new,
    };
    let (aspect, message) = match (old, new) {
        (None, Some(new)) => ("default-value-added", format!("{subject} has the default `{}`, it had none", show(new))),
        (Some(old), None) => {
            ("default-value-removed", format!("{subject} has no default any more, it was `{}`", show(old)))
        }
        (Some(old), Some(new)) if !same(old, new) => {
            ("default-value-changed", format!("the default of {subject} is `{}`, it was `{}`", show(new), show(old)))
        }
        _ => return,
    };
    comparison.report_aspect(pair, aspect, pair.spot(key), &message, message.clone());
}
