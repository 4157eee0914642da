//! Compares what is said about the items of lists.

use super::bounds;
use super::objects::{below, compare_one};
use crate::document::{Node, Number};
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::pairs::{Context, Pair};
use crate::drift::model::{Schema, Spot};
use crate::drift::rules::Slot;

/// Compares items, tuples, contained items.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    compare_items(comparison, pair);
    compare_prefix(comparison, pair);
    compare_unique(comparison, pair);
    compare_contains(comparison, pair);
    compare_one(comparison, pair, "unevaluatedItems", "unevaluated-items");
}

/// The items of a parameter are values of the parameter still.
fn items_context(pair: &Pair<'_>) -> Context {
    match pair.slot() {
        Slot::Parameter | Slot::Header | Slot::ResponseHeader => pair.context,
        _ => below(pair),
    }
}

fn compare_items<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    let says = |schema: &Schema<'d>| schema.below("items").filter(|schema| !schema.is_anything());
    let action = match (says(&pair.old), says(&pair.new)) {
        (Some(old), Some(new)) => return comparison.compare_below(pair, old, new, items_context(pair), "items"),
        (None, None) => return,
        (None, Some(_)) => "added",
        (Some(_), None) => "removed",
    };
    let said = if action == "added" { "have a schema" } else { "have no schema any more" };
    let message = format!("the items of {} {said}", pair.subject());
    comparison.report_aspect(pair, &format!("items-{action}"), pair.spot("items"), "", message);
}

fn compare_prefix<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    let key = "prefixItems";
    let (mut old, mut new) = (pair.old.composition(key).into_iter(), pair.new.composition(key).into_iter());
    let (old_at, new_at) = (pair.old.at_or_self(key), pair.new.at_or_self(key));
    let mut index = 0usize;
    loop {
        let (aspect, spot, said) = match (old.next(), new.next()) {
            (None, None) => break,
            (Some(before), Some(after)) => {
                comparison.compare_below(pair, before, after, below(pair), &format!("{key}[{index}]"));
                index += 1;
                continue;
            }
            (None, Some(after)) => ("prefix-items-added", Spot::both(&old_at, &after.here), "is new"),
            (Some(before), None) => ("prefix-items-removed", Spot::removed(&before.here, &new_at), "is gone"),
        };
        let message = format!("item {index} in `{key}` of {} {said}", pair.subject());
        comparison.report_aspect(pair, aspect, spot, &index.to_string(), message);
        index += 1;
    }
}

fn compare_unique<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    let key = "uniqueItems";
    let (aspect, said) = match (pair.old.flag(key), pair.new.flag(key)) {
        (false, true) => ("unique-items-added", "have to differ"),
        (true, false) => ("unique-items-removed", "may repeat"),
        _ => return,
    };
    comparison.report_aspect(pair, aspect, pair.spot(key), "", format!("the items of {} {said}", pair.subject()));
}

fn compare_contains<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    compare_one(comparison, pair, "contains", "contains");
    let both = pair.old.value("contains").is_some() && pair.new.value("contains").is_some();
    let one = Number::Int(1);
    for (key, name) in [("minContains", "min-contains"), ("maxContains", "max-contains")] {
        let number = |schema: &Schema<'d>| schema.value(key).and_then(Node::as_number);
        let (old, new) = (number(&pair.old), number(&pair.new));
        if !both || old == new {
            continue;
        }
        // Without `minContains` one item is asked for; without `maxContains` there is no limit.
        let (old, new) = match key {
            "minContains" => (Some(old.unwrap_or(&one)), Some(new.unwrap_or(&one))),
            _ => (old, new),
        };
        match (old, new) {
            (Some(_), Some(_)) => bounds::report(comparison, pair, name, key, (old, new)),
            (None, _) => unlimited(comparison, pair, (key, name), "decreased"),
            (_, None) => unlimited(comparison, pair, (key, name), "increased"),
        }
    }
}

fn unlimited<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, (key, name): (&str, &str), action: &str) {
    let said = if action == "increased" { "is gone" } else { "is new" };
    let message = format!("`{key}` of {} {said}", pair.subject());
    comparison.report_aspect(pair, &format!("{name}-{action}"), pair.spot(key), "", message);
}
