//! Compares the bounds of numbers, strings, arrays and objects.
//!
//! `maximum: 5, exclusiveMaximum: true` (3.0) and `exclusiveMaximum: 5` (3.1) count as equal.

use std::cmp::Ordering;

use crate::document::{Node, Number};
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::SchemaPair;
use crate::drift::model::Schema;
use crate::drift::rules::BOUNDS;

/// Reports bounds that moved, were set or were removed.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    for (name, keyword, _) in BOUNDS {
        let (old, new) = (limit(&pair.old, keyword), limit(&pair.new, keyword));
        report(comparison, pair, name, keyword, (old, new));
    }
    compare_multiple(comparison, pair);
}

/// Reports one bound.
pub(super) fn report<'d>(
    comparison: &mut Comparison<'d>,
    pair: &SchemaPair<'d>,
    name: &str,
    keyword: &str,
    (old, new): (Option<&Number>, Option<&Number>),
) {
    let action = match (old, new) {
        (None, Some(_)) => "set",
        (Some(_), None) => "unset",
        (Some(old), Some(new)) => match order(old, new) {
            Ordering::Less => "increased",
            Ordering::Greater => "decreased",
            Ordering::Equal => return,
        },
        (None, None) => return,
    };
    report_as(comparison, pair, (&format!("{name}-{action}"), keyword), (old, new));
}

fn report_as<'d>(
    comparison: &mut Comparison<'d>,
    pair: &SchemaPair<'d>,
    (aspect, keyword): (&str, &str),
    (old, new): (Option<&Number>, Option<&Number>),
) {
    let subject = pair.subject();
    let message = match (old, new) {
        (None, Some(new)) => format!("`{keyword}` of {subject} was set to {new}"),
        (Some(old), None) => format!("`{keyword}` of {subject} was removed (was {old})"),
        (Some(old), Some(new)) => format!("`{keyword}` of {subject} changed from {old} to {new}"),
        (None, None) => return,
    };
    let text = |number: Option<&Number>| number.map(Number::to_string).unwrap_or_default();
    let detail = format!("{}>{}", text(old), text(new));
    comparison.report_aspect(pair, aspect, pair.site(keyword), &detail, message);
}

fn order(old: &Number, new: &Number) -> Ordering {
    match (old.as_i128(), new.as_i128()) {
        (Some(old), Some(new)) => old.cmp(&new),
        _ => old.as_f64().total_cmp(&new.as_f64()),
    }
}

/// The value of a bound, unless every value meets it, as with `minLength: 0`.
fn limit<'d>(schema: &Schema<'d>, keyword: &str) -> Option<&'d Number> {
    let number = |key: &str| schema.value(key).and_then(Node::as_number);
    let exclusive = |key: &str| schema.value(key).and_then(Node::as_bool) == Some(true);
    match keyword {
        "maximum" if exclusive("exclusiveMaximum") => None,
        "minimum" if exclusive("exclusiveMinimum") => None,
        "exclusiveMaximum" if exclusive("exclusiveMaximum") => number("maximum"),
        "exclusiveMinimum" if exclusive("exclusiveMinimum") => number("minimum"),
        "minLength" | "minItems" | "minProperties" => number(keyword).filter(|number| number.as_i128() != Some(0)),
        _ => number(keyword),
    }
}

fn compare_multiple<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let key = "multipleOf";
    let number = |schema: &Schema<'d>| schema.value(key).and_then(Node::as_number);
    let (old, new) = (number(&pair.old), number(&pair.new));
    let aspect = match (old, new) {
        (None, Some(_)) => "multiple-of-set",
        (Some(_), None) => "multiple-of-unset",
        (Some(old), Some(new)) if old != new => "multiple-of-changed",
        _ => return,
    };
    report_as(comparison, pair, (aspect, key), (old, new));
}
