//! Values with a meaning beyond their JSON type: formatted text, secrets, `null` and absent values.

mod conversions;
pub mod format;
mod maybe_absent;
#[cfg(feature = "time")]
mod rfc3339;
mod secret;
mod text;
mod unit;

pub use format::{Format, FormatError, Parsed};
pub use maybe_absent::{MaybeAbsent, required_nullable};
#[cfg(feature = "time")]
pub use rfc3339::Rfc3339;
pub use secret::Secret;
pub use text::Text;
pub use unit::{Never, Null};

/// RFC 3339 date and time, such as `2024-02-16T10:00:00Z`.
pub type DateTime = Text<format::DateTime>;
/// RFC 3339 date, such as `2024-02-16`.
pub type Date = Text<format::Date>;
/// RFC 3339 time, such as `10:00:00Z`.
pub type Time = Text<format::Time>;
/// ISO 8601 duration, such as `P1DT2H`.
pub type Duration = Text<format::Duration>;
/// UUID, such as `67e55044-10b1-426f-9247-bb680e5fe0c8`.
pub type Uuid = Text<format::Uuid>;
/// Absolute URI, such as `https://example.com/a`.
pub type Uri = Text<format::Uri>;
/// E-mail address.
pub type Email = Text<format::Email>;
/// IPv4 address in dotted-quad form.
pub type Ipv4 = Text<format::Ipv4>;
/// IPv6 address.
pub type Ipv6 = Text<format::Ipv6>;
/// Decimal number in a string, such as `12.50`.
pub type Decimal = Text<format::Decimal>;
/// Bytes written in Base64.
pub type Base64 = Text<format::Base64>;
