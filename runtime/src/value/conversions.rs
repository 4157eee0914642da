//! Conversions of parsed values into formatted text.

#[cfg(feature = "decimal")]
use super::format::Decimal;
#[cfg(feature = "url")]
use super::format::Uri;
#[cfg(feature = "uuid")]
use super::format::Uuid;
use super::format::{Base64, Ipv4, Ipv6};
#[cfg(feature = "jiff")]
use super::format::{Date, DateTime, Duration};
use super::{Text, check};

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
    #[cfg(feature = "uuid")] Uuid <- uuid::Uuid;
    #[cfg(feature = "url")] Uri <- url::Url;
    #[cfg(feature = "decimal")] Decimal <- rust_decimal::Decimal;
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
