//! Compares the bounds of numbers, strings, arrays and objects.
//!
//! `maximum: 5, exclusiveMaximum: true` (3.0) and `exclusiveMaximum: 5` (3.1) count as equal.

use std::cmp::Ordering;

use crate::document::{Node, Number};
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::SchemaPair;
use crate::drift::model::{ChangeSite, Schema};
use crate::drift::rules::BOUNDS;

/// Reports bounds that moved, were set or were removed.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let respelled = RANGES.map(|range| compare_respelled(comparison, pair, &range));
    let done: Vec<&str> =
        RANGES.iter().zip(respelled).filter(|(_, done)| *done).flat_map(|(range, _)| range.keywords).collect();
    for (name, keyword, _) in BOUNDS.into_iter().filter(|(_, keyword, _)| !done.contains(keyword)) {
        let (old, new) = (limit(&pair.old, keyword), limit(&pair.new, keyword));
        report(comparison, pair, name, keyword, (old, new));
    }
    compare_multiple(comparison, pair);
}

/// The two keywords for one end of the range of a number.
struct Range {
    end: &'static str,
    /// What rule ids call the end.
    name: &'static str,
    /// The keyword of the bound that is a valid value, and that of the one that is not.
    keywords: [&'static str; 2],
    /// From an exclusive bound of integers to the inclusive one.
    step: i128,
}

const RANGES: [Range; 2] = [
    Range { end: "lower", name: "min", keywords: ["minimum", "exclusiveMinimum"], step: 1 },
    Range { end: "upper", name: "max", keywords: ["maximum", "exclusiveMaximum"], step: -1 },
];

impl Range {
    fn keyword(&self, is_exclusive: bool) -> &'static str {
        let [inclusive, exclusive] = self.keywords;
        if is_exclusive { exclusive } else { inclusive }
    }

    /// The only bound of a schema, and whether it is exclusive.
    fn only_bound<'d>(&self, schema: &Schema<'d>) -> Option<(&'d Number, bool)> {
        match self.keywords.map(|keyword| limit(schema, keyword)) {
            [Some(bound), None] => Some((bound, false)),
            [None, Some(bound)] => Some((bound, true)),
            _ => None,
        }
    }

    /// How a bound relates to one of the other kind. An exclusive bound leaves less room.
    fn order(&self, old: (&Number, bool), new: (&Number, bool), of_integers: bool) -> Ordering {
        let whole = |(bound, exclusive): (&Number, bool)| {
            bound.as_i128().map(|bound| if exclusive { bound.saturating_add(self.step) } else { bound })
        };
        match (whole(old), whole(new)) {
            (Some(old), Some(new)) if of_integers => old.cmp(&new),
            _ => order(old.0, new.0)
                .then_with(|| if new.1 == (self.step > 0) { Ordering::Less } else { Ordering::Greater }),
        }
    }
}

/// Compares an inclusive bound with an exclusive one. Returns whether the schemas have these.
fn compare_respelled<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, range: &Range) -> bool {
    let (Some(old), Some(new)) = (range.only_bound(&pair.old), range.only_bound(&pair.new)) else { return false };
    if old.1 == new.1 {
        return false;
    }
    let of_integers = pair.old.types() == ["integer"] && pair.new.types() == ["integer"];
    let action = match range.order(old, new, of_integers) {
        Ordering::Less => "increased",
        Ordering::Greater => "decreased",
        Ordering::Equal => return true,
    };
    let (was, is) = (range.keyword(old.1), range.keyword(new.1));
    let name = if new.1 { format!("exclusive-{}", range.name) } else { range.name.to_owned() };
    let site = ChangeSite::both(&pair.old.at_or_self(was), &pair.new.at_or_self(is));
    let (subject, end) = (pair.subject(), range.end);
    let message = format!("the {end} bound of {subject} changed from `{was}` {} to `{is}` {}", old.0, new.0);
    comparison.report_aspect(
        pair,
        &format!("{name}-{action}"),
        site,
        &format!("{was} {}>{is} {}", old.0, new.0),
        message,
    );
    true
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

/// The value of a bound: the tightest, if several layers of a schema have one.
fn limit<'d>(schema: &Schema<'d>, keyword: &str) -> Option<&'d Number> {
    let number = |key: &str| {
        let all = schema.values(key).filter_map(Node::as_number);
        let tightest = if key.to_ascii_lowercase().contains("min") { Ordering::Greater } else { Ordering::Less };
        all.reduce(|one, other| if order(other, one) == tightest { other } else { one })
    };
    let exclusive = |key: &str| schema.value(key).and_then(Node::as_bool) == Some(true);
    match keyword {
        "maximum" if exclusive("exclusiveMaximum") => None,
        "minimum" if exclusive("exclusiveMinimum") => None,
        "exclusiveMaximum" if exclusive("exclusiveMaximum") => number("maximum"),
        "exclusiveMinimum" if exclusive("exclusiveMinimum") => number("minimum"),
        _ => number(keyword),
    }
}

fn compare_multiple<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let key = "multipleOf";
    // Every integer is a multiple of 1.
    let idle = |number: &Number| number.as_i128() == Some(1) && pair.old.types() == ["integer"];
    let number = |schema: &Schema<'d>| schema.value(key).and_then(Node::as_number).filter(|number| !idle(number));
    let (old, new) = (number(&pair.old), number(&pair.new));
    let aspect = match (old, new) {
        (None, Some(_)) => "multiple-of-set",
        (Some(_), None) => "multiple-of-unset",
        (Some(old), Some(new)) if old != new => "multiple-of-changed",
        _ => return,
    };
    report_as(comparison, pair, (aspect, key), (old, new));
}
