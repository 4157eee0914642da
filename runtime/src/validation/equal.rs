//! Equality of JSON values as JSON Schema defines it: numbers are equal if their values are, so `1` and
//! `1.0` are.

use serde_json::{Number, Value};

/// Whole numbers up to this size can be represented exactly as doubles.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Whether two values are equal.
pub(crate) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => match (one.as_i128(), other.as_i128()) {
            (Some(one), Some(other)) => one == other,
            _ => one.as_f64() == other.as_f64(),
        },
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(key, value): (&String, &Value)| other.get(key).is_some_and(|other| equal(value, other));
            one.len() == other.len() && one.iter().all(same)
        }
        _ => one == other,
    }
}

/// The value with whole numbers written as integers, so that the texts of equal values are the same.
pub(super) fn canonical(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => Value::Number(whole(&number).unwrap_or(number)),
        Value::Array(items) => items.into_iter().map(canonical).collect(),
        Value::Object(entries) => entries.into_iter().map(|(key, value)| (key, canonical(value))).collect(),
        other => other,
    }
}

fn whole(number: &Number) -> Option<Number> {
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= EXACT)?;
    #[expect(clippy::cast_possible_truncation, reason = "a whole number of this size fits")]
    Some(Number::from(float as i64))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{canonical, equal};

    #[test]
    fn numbers_are_compared_by_value_at_any_depth() {
        for (one, other) in [
            (json!(1), json!(1.0)),
            (json!({"a": [1]}), json!({"a": [1.0]})),
            (json!([{"a": -0.0}, 2.0]), json!([{"a": 0}, 2])),
            (json!(1e15), json!(1_000_000_000_000_000_i64)),
        ] {
            assert!(equal(&one, &other), "{one} {other}");
            assert_eq!(canonical(one).to_string(), canonical(other).to_string());
        }
        for (one, other) in [
            (json!({"a": [1]}), json!({"a": [1.5]})),
            (json!({"a": 1}), json!({"a": 1, "b": 1})),
            (json!({"a": 1}), json!({"b": 1})),
            (json!([1]), json!([1, 1])),
            (json!(1), json!("1")),
            (json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992_i64)),
            (Value::Null, json!(0)),
        ] {
            assert!(!equal(&one, &other), "{one} {other}");
            assert_ne!(canonical(one).to_string(), canonical(other).to_string());
        }
    }
}
