//! Values of user attributes, validated by the attribute's type.

use serde_json::Value;

use super::fault::Refusal;
use crate::providers::make;

/// Whether a value fits the attribute.
pub(super) fn value(attribute: &Value, value: Option<&str>) -> Result<(), Refusal> {
    validate("value", make::text(attribute, "type"), value)
}

/// Whether a text is a value of a type; `field` is to blame if it is not.
pub(super) fn validate(field: &'static str, kind: &str, value: Option<&str>) -> Result<(), Refusal> {
    let Some(text) = value else {
        return Ok(());
    };
    let good = match kind {
        "number" => text.trim().parse::<f64>().is_ok_and(f64::is_finite),
        "yesno" => matches!(text, "yes" | "no"),
        "zipcode" => text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()),
        "datetime" => is_datetime(text),
        _ => true,
    };
    if good {
        return Ok(());
    }
    Err(Refusal::wrong(field, "invalid", format!("{field} is not a valid {kind}")))
}

/// A date, or a date and a time with a space or a `T` between them.
fn is_datetime(text: &str) -> bool {
    let with_t = text.replacen(' ', "T", 1);
    text.parse::<jiff::civil::Date>().is_ok() || with_t.parse::<jiff::civil::DateTime>().is_ok()
}
