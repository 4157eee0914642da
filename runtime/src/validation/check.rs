//! Checks of single values against [`Constraints`], shared by newtype constructors and servers.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::Serialize;

use super::equal::canonical;
use super::pattern::{self, Verdict};
use super::{Bound, Constraints, Invalid};

/// Checks text: its length in characters, pattern and allowed values.
///
/// # Errors
/// The first constraint that is broken.
pub fn check_str(constraints: &Constraints, text: &str) -> Result<(), Invalid> {
    if let Some(least) = constraints.min_length
        && !has_at_least(text, least)
    {
        return Err(Invalid::of(
            "minLength",
            format!("must have at least {}", counted(least, "character", "characters")),
        ));
    }
    if let Some(most) = constraints.max_length
        && most < u64::MAX
        && has_at_least(text, most + 1)
    {
        return Err(Invalid::of(
            "maxLength",
            format!("must have at most {}", counted(most, "character", "characters")),
        ));
    }
    if let Some(expression) = constraints.pattern {
        match pattern::verdict(expression, text) {
            Verdict::Matches => {}
            Verdict::Differs => return Err(Invalid::of("pattern", format!("must match `{expression}`"))),
            Verdict::Unknown => {
                return Err(Invalid::undecided(format!(
                    "must be shorter, so that it can be matched with `{expression}`"
                )));
            }
        }
    }
    allowed(constraints, |json| serde_json::from_str::<String>(json).is_ok_and(|value| value == text))
}

/// Checks a whole number. Bounds are compared without rounding.
///
/// # Errors
/// The first constraint that is broken.
pub fn check_integer(constraints: &Constraints, value: i128) -> Result<(), Invalid> {
    bounds(constraints, |bound| match bound {
        Bound::Integer(bound) => Some(value.cmp(&bound)),
        Bound::Float(bound) => compare(value, bound),
    })?;
    if let Some(step) = constraints.multiple_of
        && !integer_is_multiple(value, step)
    {
        return Err(Invalid::of("multipleOf", format!("must be a multiple of {step}")));
    }
    allowed(constraints, |json| {
        json.parse::<i128>().map_or_else(
            |_| json.parse().is_ok_and(|other| compare(value, other).is_some_and(Ordering::is_eq)),
            |other| other == value,
        )
    })
}

/// Checks a number. `multipleOf` tolerates the error of binary fractions (`0.3` is a multiple of
/// `0.1`).
///
/// # Errors
/// The first constraint that is broken. Numbers that JSON cannot express (`NaN`, infinities) are
/// always invalid.
pub fn check_f64(constraints: &Constraints, value: f64) -> Result<(), Invalid> {
    if !value.is_finite() {
        return Err(Invalid::of("type", "must be a finite number"));
    }
    bounds(constraints, |bound| match bound {
        Bound::Integer(bound) => compare(bound, value).map(Ordering::reverse),
        Bound::Float(bound) => value.partial_cmp(&bound),
    })?;
    if let Some(step) = constraints.multiple_of
        && !float_is_multiple(value, step)
    {
        return Err(Invalid::of("multipleOf", format!("must be a multiple of {step}")));
    }
    allowed(constraints, |json| {
        json.parse::<f64>().is_ok_and(|other| other.partial_cmp(&value).is_some_and(Ordering::is_eq))
    })
}

/// Checks a boolean, which only `enum` can constrain.
///
/// # Errors
/// The constraint that is broken.
pub fn check_bool(constraints: &Constraints, value: bool) -> Result<(), Invalid> {
    allowed(constraints, |json| json.parse().is_ok_and(|other: bool| other == value))
}

/// Checks the number of a list's items and whether they are unique. Items are compared as JSON.
///
/// # Errors
/// The first constraint that is broken.
pub fn check_items<T: Serialize>(constraints: &Constraints, items: &[T]) -> Result<(), Invalid> {
    check_count(constraints, items.len())?;
    if constraints.unique_items && !are_unique(items) {
        return Err(Invalid::of("uniqueItems", "must not have the same item twice"));
    }
    Ok(())
}

/// Checks the number of a list's items.
pub(crate) fn check_count(constraints: &Constraints, count: usize) -> Result<(), Invalid> {
    let length = count as u64;
    if let Some(least) = constraints.min_items
        && length < least
    {
        return Err(Invalid::of("minItems", format!("must have at least {}", counted(least, "item", "items"))));
    }
    if let Some(most) = constraints.max_items
        && length > most
    {
        return Err(Invalid::of("maxItems", format!("must have at most {}", counted(most, "item", "items"))));
    }
    Ok(())
}

/// Checks the number of an object's properties.
///
/// # Errors
/// The first constraint that is broken.
pub fn check_properties(constraints: &Constraints, count: usize) -> Result<(), Invalid> {
    let count = count as u64;
    if let Some(least) = constraints.min_properties
        && count < least
    {
        return Err(Invalid::of(
            "minProperties",
            format!("must have at least {}", counted(least, "property", "properties")),
        ));
    }
    if let Some(most) = constraints.max_properties
        && count > most
    {
        return Err(Invalid::of(
            "maxProperties",
            format!("must have at most {}", counted(most, "property", "properties")),
        ));
    }
    Ok(())
}

/// Whether `text` has at least `count` characters. Stops as soon as this is known.
fn has_at_least(text: &str, count: u64) -> bool {
    let Ok(count) = usize::try_from(count) else {
        return false;
    };
    // A character has one to four bytes, so the length in bytes decides most cases.
    if text.len() < count {
        return false;
    }
    text.len() / 4 >= count || count == 0 || text.chars().nth(count - 1).is_some()
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Checks the four bounds. `compare` compares the value with a bound.
fn bounds(constraints: &Constraints, compare: impl Fn(Bound) -> Option<Ordering>) -> Result<(), Invalid> {
    let broken =
        |bound: Option<Bound>, fits: fn(Ordering) -> bool| bound.filter(|bound| !compare(*bound).is_some_and(fits));
    if let Some(bound) = broken(constraints.minimum, Ordering::is_ge) {
        return Err(Invalid::of("minimum", format!("must be at least {bound}")));
    }
    if let Some(bound) = broken(constraints.maximum, Ordering::is_le) {
        return Err(Invalid::of("maximum", format!("must be at most {bound}")));
    }
    if let Some(bound) = broken(constraints.exclusive_minimum, Ordering::is_gt) {
        return Err(Invalid::of("exclusiveMinimum", format!("must be greater than {bound}")));
    }
    if let Some(bound) = broken(constraints.exclusive_maximum, Ordering::is_lt) {
        return Err(Invalid::of("exclusiveMaximum", format!("must be less than {bound}")));
    }
    Ok(())
}

fn allowed(constraints: &Constraints, equals: impl Fn(&str) -> bool) -> Result<(), Invalid> {
    if constraints.allowed.is_empty() || constraints.allowed.iter().any(|json| equals(json)) {
        return Ok(());
    }
    Err(Invalid::of("enum", format!("must be one of {}", constraints.allowed.join(", "))))
}

/// 2^127: above every `i128`, and exact as a float.
const LIMIT: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;

/// Compares a whole number with a float without rounding.
fn compare(left: i128, right: f64) -> Option<Ordering> {
    if right.is_nan() {
        return None;
    }
    if right >= LIMIT {
        return Some(Ordering::Less);
    }
    if right < -LIMIT {
        return Some(Ordering::Greater);
    }
    let floor = right.floor();
    #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
    let whole = floor as i128;
    Some(left.cmp(&whole).then(if right > floor { Ordering::Less } else { Ordering::Equal }))
}

fn integer_is_multiple(value: i128, step: Bound) -> bool {
    match step {
        Bound::Integer(0) => true,
        Bound::Integer(step) => value.checked_rem(step).is_none_or(|rest| rest == 0),
        #[expect(
            clippy::cast_precision_loss,
            reason = "a multiple of a fraction is exact only within the precision of floats"
        )]
        Bound::Float(step) => close_to_multiple(value as f64, step),
    }
}

fn float_is_multiple(value: f64, step: Bound) -> bool {
    match step {
        #[expect(clippy::cast_precision_loss, reason = "the value is a float already")]
        Bound::Integer(step) => close_to_multiple(value, step as f64),
        Bound::Float(step) => close_to_multiple(value, step),
    }
}

/// Whether the quotient is whole, within the rounding error of the division.
fn close_to_multiple(value: f64, step: f64) -> bool {
    if step == 0.0 || !step.is_finite() {
        return true;
    }
    let quotient = value / step;
    if !quotient.is_finite() {
        return true;
    }
    let distance = (quotient - quotient.round()).abs();
    distance <= quotient.abs().max(1.0) * f64::EPSILON * 4.0
}

/// Items are compared by their JSON text. Numbers that differ only in notation (`1`, `1.0`) count
/// as different.
fn are_unique<T: Serialize>(items: &[T]) -> bool {
    let mut seen = BTreeSet::new();
    // The conversion to `Value` sorts the maps.
    items.iter().all(|item| serde_json::to_value(item).map_or(true, |value| seen.insert(canonical(value).to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVEN: Constraints = Constraints { multiple_of: Some(Bound::Integer(2)), ..Constraints::NONE };

    const FRACTION: Constraints = Constraints { exclusive_minimum: Some(Bound::Float(1.5)), ..Constraints::NONE };

    #[test]
    fn lengths_count_characters_not_bytes() {
        const CONSTRAINTS: Constraints = Constraints { min_length: Some(2), max_length: Some(3), ..Constraints::NONE };
        assert!(check_str(&CONSTRAINTS, "é").is_err());
        assert!(check_str(&CONSTRAINTS, "日本語").is_ok());
        assert!(check_str(&CONSTRAINTS, "日本語x").is_err());
        assert!(check_str(&CONSTRAINTS, "😀😀").is_ok());
    }

    #[test]
    fn bounds_beyond_the_precision_of_floats_are_exact() {
        const CONSTRAINTS: Constraints =
            Constraints { maximum: Some(Bound::Integer(9_007_199_254_740_992)), ..Constraints::NONE };
        assert!(check_integer(&CONSTRAINTS, 9_007_199_254_740_992).is_ok());
        assert!(check_integer(&CONSTRAINTS, 9_007_199_254_740_993).is_err());
        assert!(check_integer(&FRACTION, 1).is_err());
        assert!(check_integer(&FRACTION, 2).is_ok());
        assert!(check_f64(&FRACTION, 1.5).is_err());
        assert!(check_f64(&FRACTION, 1.500_000_1).is_ok());
    }

    #[test]
    fn multiples_tolerate_binary_fractions() {
        const CENTS: Constraints = Constraints { multiple_of: Some(Bound::Float(0.01)), ..Constraints::NONE };
        for price in [0.07, 19.99, 1_000_000.01, 0.3, 0.0, -4.35] {
            assert!(check_f64(&CENTS, price).is_ok(), "{price}");
        }
        assert!(check_f64(&CENTS, 0.015).is_err());
        assert!(check_integer(&EVEN, -3).is_err());
        assert!(check_integer(&EVEN, i128::MIN).is_ok());
    }

    #[test]
    fn items_are_compared_as_json() {
        const UNIQUE: Constraints = Constraints { unique_items: true, max_items: Some(3), ..Constraints::NONE };
        assert!(check_items(&UNIQUE, &["a", "b"]).is_ok());
        assert!(check_items(&UNIQUE, &["a", "a"]).is_err());
        let same = [serde_json::json!({"a": 1, "b": 2}), serde_json::json!({"b": 2, "a": 1})];
        assert!(check_items(&UNIQUE, &same).is_err());
    }

    #[test]
    fn allowed_values_are_compared_by_value() {
        const STEPS: Constraints = Constraints { allowed: &["1", "2.0", "\"a\""], ..Constraints::NONE };
        assert!(check_integer(&STEPS, 2).is_ok());
        assert!(check_integer(&STEPS, 3).is_err());
        assert!(check_str(&STEPS, "a").is_ok());
        assert!(check_str(&STEPS, "1").is_err());
        assert!(check_f64(&STEPS, 1.0).is_ok());
    }

    #[test]
    fn inline_constraints_are_static() {
        fn in_place() -> &'static Constraints {
            &Constraints {
                items: Some(&Constraints { minimum: Some(Bound::Float(0.5)), ..Constraints::NONE }),
                ..Constraints::NONE
            }
        }
        assert!(in_place().items.is_some_and(|constraints| check_f64(constraints, 0.25).is_err()));
    }
}
