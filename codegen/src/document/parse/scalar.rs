//! Resolves plain YAML scalars with the core schema of YAML 1.2: `yes` is not a boolean, `0777` is
//! not an octal number, and a date is text.

use super::Value;
use crate::document::Number;

/// The meaning of a scalar without quotes.
pub(super) enum Plain {
    /// A value of JSON.
    Value(Value),
    /// `.inf` or `.nan`, which JSON cannot express.
    NotFinite,
}

/// Resolves a scalar without quotes and without a tag.
pub(super) fn plain(text: &str) -> Plain {
    let Some(first) = text.bytes().next() else {
        return Plain::Value(Value::Null);
    };
    let value = match first {
        b'~' | b'n' | b'N' => null(text),
        b't' | b'T' | b'f' | b'F' => boolean(text),
        b'0'..=b'9' | b'+' | b'-' | b'.' => {
            if not_finite(text) {
                return Plain::NotFinite;
            }
            number(text).map(Value::Number)
        }
        _ => None,
    };
    Plain::Value(value.unwrap_or_else(|| Value::String(text.to_owned())))
}

/// Whether the text is `null`.
pub(super) fn null(text: &str) -> Option<Value> {
    matches!(text, "" | "~" | "null" | "Null" | "NULL").then_some(Value::Null)
}

/// The boolean that the text writes.
pub(super) fn boolean(text: &str) -> Option<Value> {
    match text {
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        _ => None,
    }
}

/// Whether the text is an infinity or NaN, as the core schema writes them.
pub(super) fn not_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

/// The number that the text represents: decimal, `0o17`, `0x1F`, `1.5`, `.5`, `1.`, `1e3`.
pub(super) fn number(text: &str) -> Option<Number> {
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    is_decimal(text).then(|| Number::parse(text)).flatten()
}

/// The text of a scalar that an alias uses as a key.
pub(super) fn key(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("null".to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

fn radix(digits: &str, radix: u32) -> Option<Number> {
    if !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let value = u128::from_str_radix(digits, radix).ok()?;
    Number::parse(&value.to_string())
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa = match mantissa.split_once('.') {
        Some(("", fraction)) => digits(fraction),
        Some((whole, fraction)) => digits(whole) && (fraction.is_empty() || digits(fraction)),
        None => digits(mantissa),
    };
    mantissa && exponent.is_none_or(digits)
}
