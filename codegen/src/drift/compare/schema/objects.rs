//! Compares the keywords for objects other than `properties` and `required`.

use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::{Context, SchemaPair};
use crate::drift::model::{ChangeSite, Schema};

/// The three cases of `additionalProperties`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Additional {
    Anything,
    Described,
    Nothing,
}

/// Compares pattern properties, additional properties and property names.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    compare_patterns(comparison, pair);
    compare_one(comparison, pair, "propertyNames", "property-names");
    if is_closed(&pair.old) && is_closed(&pair.new) {
        return;
    }
    compare_additional(comparison, pair);
    compare_one(comparison, pair, "unevaluatedProperties", "unevaluated-properties");
}

/// Whether only described properties are allowed. With `allOf`, 3.1 says so in another keyword.
fn is_closed(schema: &Schema<'_>) -> bool {
    let is_false = |key: &str| schema.below(key).is_some_and(|below| below.is_nothing());
    is_false("additionalProperties") || is_false("unevaluatedProperties")
}

/// The context of nested schemas.
pub(super) fn below(pair: &SchemaPair<'_>) -> Context {
    Context { role: pair.role().property(), ..pair.context }
}

/// Compares a keyword that holds one schema.
pub(super) fn compare_one<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, key: &str, name: &str) {
    let says = |schema: &Schema<'d>| schema.below(key).filter(|below| !below.is_idle_below(key, schema));
    let actions: &[&str] = match (says(&pair.old), says(&pair.new)) {
        // What another condition means depends on what follows from it.
        (Some(old), Some(new)) if key == "if" => {
            if comparison.equality.same(&old, &new) {
                &[]
            } else {
                &["removed", "added"]
            }
        }
        (Some(old), Some(new)) => {
            let negated = pair.context.negated != (key == "not");
            return comparison.compare_below(pair, old, new, Context { negated, ..below(pair) }, key);
        }
        (None, None) => &[],
        (None, Some(_)) => &["added"],
        (Some(_), None) => &["removed"],
    };
    for action in actions {
        let message = format!("`{key}` of {} was {action}", pair.subject());
        comparison.report_aspect(pair, &format!("{name}-{action}"), pair.site(key), "", message);
    }
}

fn compare_patterns<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    compare_named(comparison, pair, "patternProperties", "pattern-property");
}

/// Compares a keyword that holds named schemas.
pub(super) fn compare_named<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, key: &str, name: &str) {
    let (old, new) = (pair.old.named(key), pair.new.named(key));
    let (old_at, new_at) = (pair.old.at_or_self(key), pair.new.at_or_self(key));
    for (pattern, at) in &old {
        if let Some((_, other)) = new.iter().find(|(other, _)| other == pattern) {
            let (old, new) = (pair.old.sibling(at.clone()), pair.new.sibling(other.clone()));
            comparison.compare_below(pair, old, new, below(pair), &format!("{key}[{pattern}]"));
        } else {
            let message = format!("`{pattern}` was removed from `{key}` of {}", pair.subject());
            comparison.report_aspect(
                pair,
                &format!("{name}-removed"),
                ChangeSite::removed(at, &new_at),
                pattern,
                message,
            );
        }
    }
    for (pattern, at) in new.iter().filter(|(pattern, _)| !old.iter().any(|(other, _)| other == pattern)) {
        let message = format!("`{pattern}` was added to `{key}` of {}", pair.subject());
        comparison.report_aspect(pair, &format!("{name}-added"), ChangeSite::both(&old_at, at), pattern, message);
    }
}

fn compare_additional<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let key = "additionalProperties";
    let kind = |schema: &Schema<'d>| match schema.below(key) {
        None => Additional::Anything,
        Some(below) if below.is_anything() => Additional::Anything,
        Some(below) if below.is_nothing() => Additional::Nothing,
        Some(_) => Additional::Described,
    };
    let subject = pair.subject();
    let (aspect, phrase) = match (kind(&pair.old), kind(&pair.new)) {
        (Additional::Described, Additional::Described) => {
            if let (Some(old), Some(new)) = (pair.old.below(key), pair.new.below(key)) {
                comparison.compare_below(pair, old, new, below(pair), key);
            }
            return;
        }
        (old, new) if old == new => return,
        (_, Additional::Nothing) => ("additional-properties-denied", "no longer allows additional properties"),
        (Additional::Nothing, _) => ("additional-properties-allowed", "now allows additional properties"),
        (Additional::Anything, _) => {
            ("additional-properties-schema-added", "now has a schema for additional properties")
        }
        (_, Additional::Anything) => {
            ("additional-properties-schema-removed", "no longer has a schema for additional properties")
        }
    };
    comparison.report_aspect(pair, aspect, pair.site(key), "", format!("{subject} {phrase}"));
}
