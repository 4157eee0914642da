//! Compares limits of numbers, texts, lists and objects.
//!
//! `maximum: 5, exclusiveMaximum: true` (3.0) and `exclusiveMaximum: 5` (3.1) are one spelling here.

use std::cmp::Ordering;

use crate::document::{Node, Number};
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::pairs::Pair;
use crate::drift::model::Schema;

/// The name in ids and the keyword.
const KEYWORDS: [(&str, &str); 10] = [
    ("max", "maximum"),
    ("exclusive-max", "exclusiveMaximum"),
    ("max-length", "maxLength"),
    ("max-items", "maxItems"),
    ("max-properties", "maxProperties"),
    ("min", "minimum"),
    ("exclusive-min", "exclusiveMinimum"),
    ("min-length", "minLength"),
    ("min-items", "minItems"),
    ("min-properties", "minProperties"),
];

/// Reports limits that moved, came or went.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    for (name, keyword) in KEYWORDS {
        let (old, new) = (limit(&pair.old, keyword), limit(&pair.new, keyword));
        report(comparison, pair, name, keyword, (old, new));
    }
    compare_multiple(comparison, pair);
}

/// Reports one limit.
pub(super) fn report<'d>(
    comparison: &mut Comparison<'d>,
    pair: &Pair<'d>,
    name: &str,
    keyword: &str,
    (old, new): (Option<&Number>, Option<&Number>),
) {
    let (action, message) = match (old, new) {
        (None, Some(new)) => ("set", format!("`{keyword}` of {} is {new}, there was none", pair.subject())),
        (Some(old), None) => ("unset", format!("`{keyword}` of {} is gone, it was {old}", pair.subject())),
        (Some(old), Some(new)) => {
            let action = match order(old, new) {
                Ordering::Less => "increased",
                Ordering::Greater => "decreased",
                Ordering::Equal => return,
            };
            (action, format!("`{keyword}` of {} is {new}, it was {old}", pair.subject()))
        }
        (None, None) => return,
    };
    let said = |number: Option<&Number>| number.map(Number::to_string).unwrap_or_default();
    let detail = format!("{}>{}", said(old), said(new));
    comparison.report_aspect(pair, &format!("{name}-{action}"), pair.spot(keyword), &detail, message);
}

fn order(old: &Number, new: &Number) -> Ordering {
    match (old.as_i128(), new.as_i128()) {
        (Some(old), Some(new)) => old.cmp(&new),
        _ => old.as_f64().total_cmp(&new.as_f64()),
    }
}

/// The value of a limit. One that every value keeps, as `minLength: 0`, is none.
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

fn compare_multiple<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    let key = "multipleOf";
    let number = |schema: &Schema<'d>| schema.value(key).and_then(Node::as_number);
    let (aspect, message) = match (number(&pair.old), number(&pair.new)) {
        (None, Some(new)) => ("multiple-of-set", format!("`{key}` of {} is {new}, there was none", pair.subject())),
        (Some(old), None) => ("multiple-of-unset", format!("`{key}` of {} is gone, it was {old}", pair.subject())),
        (Some(old), Some(new)) if old != new => {
            ("multiple-of-changed", format!("`{key}` of {} is {new}, it was {old}", pair.subject()))
        }
        _ => return,
    };
    comparison.report_aspect(pair, aspect, pair.spot(key), &message, message.clone());
}
