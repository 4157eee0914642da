//! Normalizes the numbers in JSON, so that `1` and `1.0` compare equal.

use serde_json::Value;

/// Replaces every number with its value as a float.
#[must_use]
pub fn by_value(json: Value) -> Value {
    match json {
        Value::Number(number) => number.as_f64().map_or(Value::Number(number), Value::from),
        Value::Array(items) => items.into_iter().map(by_value).collect(),
        Value::Object(properties) => properties.into_iter().map(|(name, value)| (name, by_value(value))).collect(),
        other => other,
    }
}
