//! The formats of [`Text`](super::Text): how each is checked (`check`) and, if a feature is enabled,
//! parsed.

pub(super) mod check;

use std::fmt;

/// Text is not in the expected format. The text is not repeated, because it may be confidential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatError {
    /// The name of the format with its article: `a date`.
    noun: &'static str,
    /// Text that is in the format.
    example: &'static str,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {}, such as `{}`", self.noun, self.example)
    }
}

impl std::error::Error for FormatError {}

impl FormatError {
    /// What the text must be, with an example: ``a date, such as `2024-02-16` ``.
    #[cfg(feature = "schemas")]
    pub(crate) fn expected(&self) -> String {
        format!("{}, such as `{}`", self.noun, self.example)
    }
}

/// A format of text.
pub trait Format: Clone + Copy + Ord + std::hash::Hash + 'static {
    /// The name in `OpenAPI` documents.
    const NAME: &'static str;
    /// The name in messages, with its article.
    const NOUN: &'static str;
    /// An example of text in this format.
    const EXAMPLE: &'static str;

    /// Whether the text is in the format.
    fn holds(text: &str) -> bool;

    /// Checks that the text is in the format.
    ///
    /// # Errors
    /// If it is not in the format.
    fn check(text: &str) -> Result<(), FormatError> {
        if Self::holds(text) { Ok(()) } else { Err(Self::error()) }
    }

    /// The error for text that is not in the format.
    #[must_use]
    fn error() -> FormatError {
        FormatError { noun: Self::NOUN, example: Self::EXAMPLE }
    }
}

/// A format whose text can be parsed into a value.
pub trait Parsed: Format {
    /// The parsed value.
    type Value;

    /// Parses a text.
    ///
    /// # Errors
    /// If the text is not in the format.
    fn parse(text: &str) -> Result<Self::Value, FormatError>;
}

macro_rules! formats {
    ($($marker:ident, $name:literal, $noun:literal, $example:literal, $holds:path;)*) => {$(
        #[doc = concat!("The format `", $name, "`.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $marker {}

        impl Format for $marker {
            const NAME: &'static str = $name;
            const NOUN: &'static str = $noun;
            const EXAMPLE: &'static str = $example;

            fn holds(text: &str) -> bool {
                $holds(text)
            }
        }
    )*};
}

formats! {
    DateTime, "date-time", "a date and time", "2024-02-16T10:00:00Z", check::date_time;
    Date, "date", "a date", "2024-02-16", check::date;
    Time, "time", "a time", "10:00:00Z", check::time;
    Duration, "duration", "a duration", "P1DT2H", check::duration;
    Uuid, "uuid", "a UUID", "67e55044-10b1-426f-9247-bb680e5fe0c8", check::uuid;
    Uri, "uri", "an absolute URI", "https://example.com/a", check::uri;
    Email, "email", "an e-mail address", "user@example.com", check::email;
    Ipv4, "ipv4", "an IPv4 address", "192.0.2.1", check::ipv4;
    Ipv6, "ipv6", "an IPv6 address", "2001:db8::1", check::ipv6;
    Decimal, "decimal", "a decimal number", "12.50", check::decimal;
    Base64, "byte", "Base64", "aGVsbG8=", check::base64;
}

impl Parsed for Ipv4 {
    type Value = std::net::Ipv4Addr;

    fn parse(text: &str) -> Result<Self::Value, FormatError> {
        text.parse().map_err(|_| Self::error())
    }
}

impl Parsed for Ipv6 {
    type Value = std::net::Ipv6Addr;

    fn parse(text: &str) -> Result<Self::Value, FormatError> {
        text.parse().map_err(|_| Self::error())
    }
}

impl Parsed for Base64 {
    type Value = Vec<u8>;

    fn parse(text: &str) -> Result<Self::Value, FormatError> {
        check::decode_base64(text).ok_or_else(Self::error)
    }
}

/// A time without an offset is read as UTC. `local` returns it as written.
#[cfg(feature = "jiff")]
impl Parsed for DateTime {
    type Value = jiff::Timestamp;

    fn parse(text: &str) -> Result<Self::Value, FormatError> {
        Self::check(text)?;
        let parsed = text.parse().or_else(|_| format!("{text}Z").parse());
        parsed.map_err(|_| Self::error())
    }
}

/// The writer's clock time, without the offset.
#[cfg(feature = "jiff")]
impl Parsed for Time {
    type Value = jiff::civil::Time;

    fn parse(text: &str) -> Result<Self::Value, FormatError> {
        Self::check(text)?;
        let clock = text.split(['Z', 'z', '+', '-']).next().unwrap_or(text);
        clock.parse().map_err(|_| Self::error())
    }
}

#[cfg(feature = "jiff")]
impl Parsed for Date {
    type Value = jiff::civil::Date;

    fn parse(text: &str) -> Result<Self::Value, FormatError> {
        Self::check(text)?;
        text.parse().map_err(|_| Self::error())
    }
}

#[cfg(feature = "jiff")]
impl Parsed for Duration {
    type Value = jiff::Span;

    fn parse(text: &str) -> Result<Self::Value, FormatError> {
        Self::check(text)?;
        text.parse().map_err(|_| Self::error())
    }
}

#[cfg(feature = "uuid")]
impl Parsed for Uuid {
    type Value = uuid::Uuid;

    fn parse(text: &str) -> Result<Self::Value, FormatError> {
        text.parse().map_err(|_| Self::error())
    }
}

#[cfg(feature = "url")]
impl Parsed for Uri {
    type Value = url::Url;

    fn parse(text: &str) -> Result<Self::Value, FormatError> {
        url::Url::parse(text).map_err(|_| Self::error())
    }
}

#[cfg(feature = "decimal")]
impl Parsed for Decimal {
    type Value = rust_decimal::Decimal;

    fn parse(text: &str) -> Result<Self::Value, FormatError> {
        text.parse().or_else(|_| rust_decimal::Decimal::from_scientific(text)).map_err(|_| Self::error())
    }
}
