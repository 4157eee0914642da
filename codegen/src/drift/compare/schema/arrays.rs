//! Compares the keywords for arrays.

use super::bounds;
use super::objects::{below, compare_one};
use crate::document::{Node, Number};
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::{Context, SchemaPair};
use crate::drift::model::{ChangeSite, Schema};
use crate::drift::rules::SchemaRole;

/// Compares items, tuples, contained items.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    compare_items(comparison, pair);
    compare_prefix(comparison, pair);
    compare_unique(comparison, pair);
    compare_contains(comparison, pair);
    compare_one(comparison, pair, "unevaluatedItems", "unevaluated-items");
}

/// The context of items. Items of a parameter or header keep its role, because it carries them.
fn items_context(pair: &SchemaPair<'_>) -> Context {
    match pair.role() {
        SchemaRole::Parameter | SchemaRole::Header | SchemaRole::ResponseHeader => pair.context,
        _ => below(pair),
    }
}

fn compare_items<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let says = |schema: &Schema<'d>| schema.below("items").filter(|schema| !schema.is_anything());
    let action = match (says(&pair.old), says(&pair.new)) {
        (Some(old), Some(new)) => return comparison.compare_below(pair, old, new, items_context(pair), "items"),
        (None, None) => return,
        (None, Some(_)) => "added",
        (Some(_), None) => "removed",
    };
    let verb = if action == "added" { "was added" } else { "was removed" };
    let message = format!("the schema for the items of {} {verb}", pair.subject());
    comparison.report_aspect(pair, &format!("items-{action}"), pair.site("items"), "", message);
}

fn compare_prefix<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let key = "prefixItems";
    let (mut old, mut new) = (pair.old.composition(key).into_iter(), pair.new.composition(key).into_iter());
    let (old_at, new_at) = (pair.old.at_or_self(key), pair.new.at_or_self(key));
    let mut index = 0usize;
    loop {
        let (aspect, site, verb) = match (old.next(), new.next()) {
            (None, None) => break,
            (Some(before), Some(after)) => {
                comparison.compare_below(pair, before, after, below(pair), &format!("{key}[{index}]"));
                index += 1;
                continue;
            }
            (None, Some(after)) => ("prefix-items-added", ChangeSite::both(&old_at, &after.here), "was added"),
            (Some(before), None) => ("prefix-items-removed", ChangeSite::removed(&before.here, &new_at), "was removed"),
        };
        let message = format!("item {index} of `{key}` of {} {verb}", pair.subject());
        comparison.report_aspect(pair, aspect, site, &index.to_string(), message);
        index += 1;
    }
}

fn compare_unique<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let key = "uniqueItems";
    let (aspect, phrase) = match (pair.old.flag(key), pair.new.flag(key)) {
        (false, true) => ("unique-items-added", "must be unique"),
        (true, false) => ("unique-items-removed", "no longer need to be unique"),
        _ => return,
    };
    comparison.report_aspect(pair, aspect, pair.site(key), "", format!("the items of {} {phrase}", pair.subject()));
}

fn compare_contains<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    compare_one(comparison, pair, "contains", "contains");
    let both = pair.old.value("contains").is_some() && pair.new.value("contains").is_some();
    let one = Number::Int(1);
    for (key, name) in [("minContains", "min-contains"), ("maxContains", "max-contains")] {
        let number = |schema: &Schema<'d>| schema.value(key).and_then(Node::as_number);
        let (old, new) = (number(&pair.old), number(&pair.new));
        if !both || old == new {
            continue;
        }
        // The default of `minContains` is 1; without `maxContains` there is no limit.
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

fn unlimited<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, (key, name): (&str, &str), action: &str) {
    let verb = if action == "increased" { "was removed" } else { "was added" };
    let message = format!("`{key}` of {} {verb}", pair.subject());
    comparison.report_aspect(pair, &format!("{name}-{action}"), pair.site(key), "", message);
}
