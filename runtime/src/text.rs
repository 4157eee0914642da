//! Text → enums of named strings, without a copy of the text.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

use crate::rules::Invalid;

/// Reads text by `make`; `None` refuses it.
///
/// # Errors
/// If the input is no text, or if `make` refuses it.
pub fn read<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    make: fn(&str) -> Option<T>,
    name: &'static str,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor { make, name })
}

/// Says what the values are; never what it was.
#[must_use]
pub fn unlisted(values: &[&str]) -> Invalid {
    Invalid::new(format!("must be one of {}", values.join(", ")))
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
