//! Text in a format. It is kept exactly as received, and is checked and parsed on demand.

use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Format, FormatError, Parsed};

/// Text in the format `F`. Deserialization accepts any string, so that one odd value does not spoil
/// a whole response, and serialization writes the text unchanged. [`Text::new`], `FromStr` and
/// `TryFrom` check the format; servers check it with [`Text::check`]. [`Text::value`] parses it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<F: Format> {
    text: String,
    format: PhantomData<fn() -> F>,
}

impl<F: Format> Text<F> {
    /// Wraps text after checking the format.
    ///
    /// # Errors
    /// If it is not in the format. The error names the format and gives an example.
    pub fn new(text: impl Into<String>) -> Result<Self, FormatError> {
        let text = text.into();
        F::check(&text)?;
        Ok(Self::unchecked(text))
    }

    /// Wraps text without a check.
    #[must_use]
    pub fn unchecked(text: impl Into<String>) -> Self {
        Self { text: text.into(), format: PhantomData }
    }

    /// Checks that the text is in the format.
    ///
    /// # Errors
    /// If it is not in the format.
    pub fn check(&self) -> Result<(), FormatError> {
        F::check(&self.text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, owned.
    #[must_use]
    pub fn into_inner(self) -> String {
        self.text
    }
}

impl<F: Parsed> Text<F> {
    /// Parses the text.
    ///
    /// # Errors
    /// If the text, which may have been deserialized without a check, is not in the format.
    pub fn value(&self) -> Result<F::Value, FormatError> {
        F::parse(&self.text)
    }
}

#[cfg(feature = "jiff")]
impl Text<super::format::DateTime> {
    /// The writer's date and clock time, without the offset.
    ///
    /// # Errors
    /// If the text, which may have been deserialized without a check, is not in the format.
    pub fn local(&self) -> Result<jiff::civil::DateTime, FormatError> {
        self.check()?;
        let text = self.as_str();
        let end = text.find(['Z', 'z', '+']).or_else(|| text.rfind('-').filter(|at| *at > "2024-02-16".len()));
        text[..end.unwrap_or(text.len())].parse().map_err(|_| super::format::DateTime::error())
    }
}

impl<F: Format> fmt::Debug for Text<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<F: Format> fmt::Display for Text<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<F: Format> FromStr for Text<F> {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        Self::new(text)
    }
}

impl<F: Format> TryFrom<&str> for Text<F> {
    type Error = FormatError;

    fn try_from(text: &str) -> Result<Self, FormatError> {
        Self::new(text)
    }
}

impl<F: Format> TryFrom<String> for Text<F> {
    type Error = FormatError;

    fn try_from(text: String) -> Result<Self, FormatError> {
        Self::new(text)
    }
}

impl<F: Format> AsRef<str> for Text<F> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<F: Format> From<Text<F>> for String {
    fn from(text: Text<F>) -> Self {
        text.text
    }
}

impl<F: Format> Serialize for Text<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, F: Format> Deserialize<'de> for Text<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::unchecked)
    }
}

#[cfg(test)]
mod tests {
    use crate::value::{Base64, Date, DateTime, Ipv4};

    #[test]
    fn odd_text_from_a_server_is_kept() {
        let time: DateTime = serde_json::from_str("\"yesterday\"").unwrap();
        assert_eq!(time.as_str(), "yesterday");
        assert!(time.check().is_err());
        assert_eq!(serde_json::to_string(&time).unwrap(), "\"yesterday\"");
    }

    #[test]
    fn construction_checks_the_format() {
        assert!(Date::new("2024-02-29").is_ok());
        let error = "2023-02-29".parse::<Date>().unwrap_err().to_string();
        assert_eq!(error, "not a date, such as `2024-02-16`");
    }

    #[test]
    fn values_are_parsed_on_demand() {
        assert_eq!(Ipv4::new("127.0.0.1").unwrap().value().unwrap(), std::net::Ipv4Addr::LOCALHOST);
        assert_eq!(Base64::from(b"hi".to_vec()).value().unwrap(), b"hi");
    }
}
