//! Tag values that are not text: the constants of a property that is a number or a boolean.

use std::fmt;

use serde_json::Value;

/// A number or a boolean that selects a member of a union.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagValue {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
}

impl TagValue {
    /// Whether a JSON value is this one; `1.0` is the whole number `1`.
    pub(super) fn is(self, value: &Value) -> bool {
        match self {
            Self::Bool(known) => value.as_bool() == Some(known),
            Self::Integer(known) if value.is_f64() => {
                // Whole numbers of this size can be represented exactly as doubles.
                i32::try_from(known).is_ok_and(|known| value.as_f64() == Some(f64::from(known)))
            }
            Self::Integer(known) => value.as_i64() == Some(known),
        }
    }
}

impl fmt::Display for TagValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => value.fmt(f),
            Self::Integer(value) => value.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::TagValue;

    #[test]
    fn a_tag_value_is_compared_as_a_json_number() {
        let is = |tag: TagValue, value| tag.is(&value);
        assert!(is(TagValue::Integer(1), json!(1)) && is(TagValue::Integer(1), json!(1.0)));
        assert!(!is(TagValue::Integer(1), json!(1.5)) && !is(TagValue::Integer(1), json!("1")));
        assert!(is(TagValue::Bool(false), json!(false)) && !is(TagValue::Bool(false), json!(null)));
    }
}
