//! Validates values of user attributes by the type of the attribute.

use serde_json::Value;

use super::error::LookerError;
use crate::providers::make;

/// Validates a value of an attribute.
pub(super) fn value(attribute: &Value, value: Option<&str>) -> Result<(), LookerError> {
    validate("value", make::text(attribute, "type"), value)
}

/// Validates a value of a type; the error names `field`.
pub(super) fn validate(field: &'static str, kind: &str, value: Option<&str>) -> Result<(), LookerError> {
    let Some(text) = value else {
        return Ok(());
    };
    let is_valid = match kind {
        "number" => text.trim().parse::<f64>().is_ok_and(f64::is_finite),
        "yesno" => matches!(text, "yes" | "no"),
        "zipcode" => text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()),
        "datetime" => is_datetime(text),
        _ => true,
    };
    if is_valid {
        return Ok(());
    }
    Err(LookerError::invalid(field, "invalid", format!("{field} is not a valid {kind}")))
}

/// A date, or a date and a time with a space or a `T` between them.
fn is_datetime(text: &str) -> bool {
    let with_t = text.replacen(' ', "T", 1);
    text.parse::<jiff::civil::Date>().is_ok() || with_t.parse::<jiff::civil::DateTime>().is_ok()
}
