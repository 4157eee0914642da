//! Compares what is said about properties without a name of their own.

use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::pairs::{Context, Pair};
use crate::drift::model::{Schema, Spot};

/// What `additionalProperties` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extra {
    Anything,
    Described,
    Nothing,
}

/// Compares pattern properties, other properties and their names.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    compare_patterns(comparison, pair);
    compare_additional(comparison, pair);
    compare_one(comparison, pair, "propertyNames", "property-names");
    compare_one(comparison, pair, "unevaluatedProperties", "unevaluated-properties");
}

/// The context of what lies below.
pub(super) fn below(pair: &Pair<'_>) -> Context {
    Context { slot: pair.slot().property(), ..pair.context }
}

/// Compares a keyword that holds one schema.
pub(super) fn compare_one<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, key: &str, name: &str) {
    let says = |schema: &Schema<'d>| schema.below(key).filter(|schema| !schema.is_anything());
    let action = match (says(&pair.old), says(&pair.new)) {
        (Some(old), Some(new)) => return comparison.compare_below(pair, old, new, below(pair), key),
        (None, None) => return,
        (None, Some(_)) => "added",
        (Some(_), None) => "removed",
    };
    let said = if action == "added" { "is new" } else { "is gone" };
    let message = format!("`{key}` of {} {said}", pair.subject());
    comparison.report_aspect(pair, &format!("{name}-{action}"), pair.spot(key), "", message);
}

fn compare_patterns<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    compare_named(comparison, pair, "patternProperties", "pattern-property");
}

/// Compares a keyword that holds named schemas.
pub(super) fn compare_named<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, key: &str, name: &str) {
    let (old, new) = (pair.old.named(key), pair.new.named(key));
    let (old_at, new_at) = (pair.old.at_or_self(key), pair.new.at_or_self(key));
    for (pattern, at) in &old {
        if let Some((_, other)) = new.iter().find(|(other, _)| other == pattern) {
            let (old, new) = (pair.old.sibling(at.clone()), pair.new.sibling(other.clone()));
            comparison.compare_below(pair, old, new, below(pair), &format!("{key}[{pattern}]"));
        } else {
            let message = format!("`{pattern}` is gone from `{key}` of {}", pair.subject());
            comparison.report_aspect(pair, &format!("{name}-removed"), Spot::removed(at, &new_at), pattern, message);
        }
    }
    for (pattern, at) in new.iter().filter(|(pattern, _)| !old.iter().any(|(other, _)| other == pattern)) {
        let message = format!("`{pattern}` is new in `{key}` of {}", pair.subject());
        comparison.report_aspect(pair, &format!("{name}-added"), Spot::both(&old_at, at), pattern, message);
    }
}

fn compare_additional<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    let key = "additionalProperties";
    let says = |schema: &Schema<'d>| match schema.below(key) {
        None => Extra::Anything,
        Some(below) if below.is_anything() => Extra::Anything,
        Some(below) if below.is_nothing() => Extra::Nothing,
        Some(_) => Extra::Described,
    };
    let subject = pair.subject();
    let (aspect, said) = match (says(&pair.old), says(&pair.new)) {
        (Extra::Described, Extra::Described) => {
            if let (Some(old), Some(new)) = (pair.old.below(key), pair.new.below(key)) {
                comparison.compare_below(pair, old, new, below(pair), key);
            }
            return;
        }
        (old, new) if old == new => return,
        (_, Extra::Nothing) => ("additional-properties-denied", "may not have properties that are not described"),
        (Extra::Nothing, _) => ("additional-properties-allowed", "may have properties that are not described"),
        (Extra::Anything, _) => {
            ("additional-properties-schema-added", "has a schema for properties that are not described")
        }
        (_, Extra::Anything) => {
            ("additional-properties-schema-removed", "has no schema for properties that are not described any more")
        }
    };
    comparison.report_aspect(pair, aspect, pair.spot(key), "", format!("{subject} {said}"));
}
