//! Text → enums of named strings, without copying the text, and text that may arrive as a number.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

use crate::validation::Invalid;

/// Reads text with `make`, which returns `None` to refuse it.
///
/// # Errors
/// If the input is not text, or if `make` refuses it.
pub fn read<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    make: fn(&str) -> Option<T>,
    name: &'static str,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor { make, name })
}

/// The newtype name of text that may also arrive as a number. It tells untyped formats that text is
/// expected.
pub(crate) const OR_NUMBER: &str = "$specwright_runtime::text_or_number";

/// Doubles are exact up to this number. Larger ones may have lost digits.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads text, or a whole number as its decimal digits.
///
/// # Errors
/// If the input is neither.
pub fn read_or_number<'de, D: Deserializer<'de>>(deserializer: D, name: &'static str) -> Result<String, D::Error> {
    deserializer.deserialize_newtype_struct(OR_NUMBER, OrNumber { name })
}

struct OrNumber {
    name: &'static str,
}

impl<'de> Visitor<'de> for OrNumber {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value of {}: text or a whole number", self.name)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<String, E> {
        if number.fract() == 0.0 && number.abs() <= EXACT {
            return Ok(number.to_string());
        }
        Err(E::invalid_value(Unexpected::Float(number), &self))
    }
}

/// An error that lists the allowed values, without the actual one.
#[must_use]
pub fn unlisted(values: &[&str]) -> Invalid {
    Invalid::of("enum", format!("must be one of {}", values.join(", ")))
}

struct TextVisitor<T> {
    make: fn(&str) -> Option<T>,
    name: &'static str,
}

impl<T> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value of {}", self.name)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.make)(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}
