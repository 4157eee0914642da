//! Compares listed values, constants, patterns and defaults.

use crate::document::{Node, Value};
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::SchemaPair;
use crate::drift::model::{ChangeSite, Located, Schema, matches_all, show};

/// Compares the keywords that limit single values, and the default.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    compare_enum(comparison, pair);
    compare_extensible(comparison, pair);
    compare_pattern(comparison, pair);
    compare_default(comparison, pair);
}

/// Compares `enum` and `const`. A constant counts as an enum with one value, unless neither schema
/// has an enum.
fn compare_enum<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
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
            let message = format!("{subject} was restricted to {}", list(&new));
            comparison.report_aspect(pair, "became-enum", pair.site("enum"), &list(&new), message);
        }
        (false, true) => {
            let message = format!("{subject} is no longer restricted to {}", list(&old));
            comparison.report_aspect(pair, "became-not-enum", pair.site("enum"), &list(&old), message);
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
    pair: &SchemaPair<'d>,
    (key, aspect): (&str, &str),
    (old, new): (&[Located<'d>], &[Located<'d>]),
) {
    let (before, after) = (Values::new(old), Values::new(new));
    let (old_at, new_at) = (pair.old.at_or_self(key), pair.new.at_or_self(key));
    let subject = pair.subject();
    for value in old.iter().filter(|value| !after.holds(value.node)) {
        let shown = show(value.node);
        let message = format!("the value `{shown}` of {subject} was removed");
        comparison.report_aspect(
            pair,
            &format!("{aspect}-removed"),
            ChangeSite::removed(value, &new_at),
            &shown,
            message,
        );
    }
    for value in new.iter().filter(|value| !before.holds(value.node)) {
        let shown = show(value.node);
        let message = format!("the value `{shown}` of {subject} was added");
        comparison.report_aspect(pair, &format!("{aspect}-added"), ChangeSite::both(&old_at, value), &shown, message);
    }
}

/// Identifies a change of a single value in fingerprints.
fn detail(old: Option<&Node>, new: Option<&Node>) -> String {
    let text = |node: Option<&Node>| node.map(|node| node.to_json().to_string()).unwrap_or_default();
    format!("{}>{}", text(old), text(new))
}

/// A set of values. Strings are looked up, the few others compared one by one.
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
    pair: &SchemaPair<'d>,
    old: Option<&Located<'d>>,
    new: Option<&Located<'d>>,
) {
    let subject = pair.subject();
    let (aspect, message) = match (old, new) {
        (None, Some(new)) => ("const-added", format!("{subject} must now be `{}`", show(new.node))),
        (Some(old), None) => ("const-removed", format!("{subject} no longer has to be `{}`", show(old.node))),
        (Some(old), Some(new)) if old.node != new.node => {
            ("const-changed", format!("{subject} must be `{}` instead of `{}`", show(new.node), show(old.node)))
        }
        _ => return,
    };
    comparison.report_aspect(
        pair,
        aspect,
        pair.site("const"),
        &detail(old.map(|at| at.node), new.map(|at| at.node)),
        message,
    );
}

fn compare_extensible<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let key = "x-extensible-enum";
    let values = |schema: &Schema<'d>| schema.at(key).map(|list| list.members()).unwrap_or_default();
    let (old, new) = (values(&pair.old), values(&pair.new));
    if !old.is_empty() && !new.is_empty() {
        compare_values(comparison, pair, (key, "x-extensible-enum-value"), (&old, &new));
    }
}

fn compare_pattern<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let key = "pattern";
    let subject = pair.subject();
    let (old, new) = (pair.old.text(key), pair.new.text(key));
    let request = pair.role().direction() == crate::drift::verdict::Direction::Request;
    let (aspect, message) = match (old, new) {
        (None, Some(pattern)) | (Some(pattern), None) if matches_all(pattern) => return,
        (None, Some(new)) => ("pattern-added", format!("{subject} must match `{new}`")),
        (Some(old), None) => ("pattern-removed", format!("{subject} no longer has to match `{old}`")),
        (Some(old), Some(new)) if old != new => {
            let aspect = if request && matches_all(new) { "pattern-generalized" } else { "pattern-changed" };
            (aspect, format!("{subject} must match `{new}` instead of `{old}`"))
        }
        _ => return,
    };
    let detail = format!("{}>{}", old.unwrap_or_default(), new.unwrap_or_default());
    comparison.report_aspect(pair, aspect, pair.site(key), &detail, message);
}

/// Reports a default that was added, removed or changed.
pub(super) fn compare_default<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let key = "default";
    let subject = pair.subject();
    let (old, new) = (pair.old.value(key), pair.new.value(key));
    let same = |old: &Node, new: &Node| match (&old.value, &new.value) {
        (Value::String(text), Value::Bool(_) | Value::Number(_)) if pair.role().textual() => *text == show(new),
        (Value::Bool(_) | Value::Number(_), Value::String(text)) if pair.role().textual() => *text == show(old),
        _ => old == new,
    };
    if says_the_same(&pair.old, &pair.new) {
        return;
    }
    let (aspect, message) = match (old, new) {
        (None, Some(new)) => ("default-value-added", format!("the default `{}` was added to {subject}", show(new))),
        (Some(old), None) => ("default-value-removed", format!("the default `{}` of {subject} was removed", show(old))),
        (Some(old), Some(new)) if !same(old, new) => (
            "default-value-changed",
            format!("the default of {subject} changed from `{}` to `{}`", show(old), show(new)),
        ),
        _ => return,
    };
    comparison.report_aspect(pair, aspect, pair.site(key), &detail(old, new), message);
}

/// Whether members of `allOf` list the same defaults, in any order.
fn says_the_same(old: &Schema<'_>, new: &Schema<'_>) -> bool {
    let (was, is): (Vec<&Node>, Vec<&Node>) = (old.values("default").collect(), new.values("default").collect());
    was.len() > 1 && was.iter().all(|value| is.contains(value)) && is.iter().all(|value| was.contains(value))
}
