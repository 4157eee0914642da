//! Conversions of parsed values into formatted text.

use super::Text;
#[cfg(feature = "decimal")]
use super::format::Decimal;
#[cfg(feature = "jiff")]
use super::format::Duration;
#[cfg(feature = "url")]
use super::format::Uri;
#[cfg(feature = "uuid")]
use super::format::Uuid;
use super::format::check;
use super::format::{Base64, Ipv4, Ipv6};
#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
use super::format::{Date, DateTime};
#[cfg(any(feature = "chrono", feature = "time"))]
use super::{Format as _, FormatError};

macro_rules! from_value {
    ($($(#[$gate:meta])? $marker:ident <- $value:ty;)*) => {$(
        $(#[$gate])?
        impl From<$value> for Text<$marker> {
            fn from(value: $value) -> Self {
                Self::unchecked(value.to_string())
            }
        }
    )*};
}

from_value! {
    Ipv4 <- std::net::Ipv4Addr;
    Ipv6 <- std::net::Ipv6Addr;
    #[cfg(feature = "jiff")] DateTime <- jiff::Timestamp;
    #[cfg(feature = "jiff")] Date <- jiff::civil::Date;
    #[cfg(feature = "jiff")] Duration <- jiff::Span;
    #[cfg(feature = "chrono")] Date <- chrono::NaiveDate;
    #[cfg(feature = "time")] DateTime <- super::Rfc3339;
    #[cfg(feature = "time")] Date <- time::Date;
    #[cfg(feature = "uuid")] Uuid <- uuid::Uuid;
    #[cfg(feature = "url")] Uri <- url::Url;
    #[cfg(feature = "decimal")] Decimal <- rust_decimal::Decimal;
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for Text<DateTime> {
    fn from(value: chrono::DateTime<Z>) -> Self {
        Self::unchecked(value.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    }
}

/// Text of a format → a value of a crate that none of our features prefers.
#[cfg(any(feature = "chrono", feature = "time"))]
macro_rules! into_value {
    ($($(#[$gate:meta])? $marker:ident -> $value:ty = $parse:expr;)*) => {$(
        $(#[$gate])?
        impl TryFrom<&Text<$marker>> for $value {
            type Error = FormatError;

            fn try_from(text: &Text<$marker>) -> Result<Self, FormatError> {
                text.check()?;
                $parse(text.as_str()).map_err(|_| $marker::error())
            }
        }
    )*};
}

#[cfg(any(feature = "chrono", feature = "time"))]
into_value! {
    #[cfg(feature = "chrono")] DateTime -> chrono::DateTime<chrono::FixedOffset> = chrono::DateTime::parse_from_rfc3339;
    #[cfg(feature = "chrono")] Date -> chrono::NaiveDate = str::parse::<chrono::NaiveDate>;
    #[cfg(feature = "time")] DateTime -> super::Rfc3339 = str::parse::<super::Rfc3339>;
    #[cfg(feature = "time")] Date -> time::Date = iso_date;
}

#[cfg(feature = "time")]
fn iso_date(text: &str) -> Result<time::Date, time::error::Parse> {
    time::Date::parse(text, &time::format_description::well_known::Iso8601::DATE)
}

impl From<Vec<u8>> for Text<Base64> {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<&[u8]> for Text<Base64> {
    fn from(bytes: &[u8]) -> Self {
        Self::unchecked(check::encode_base64(bytes))
    }
}
