//! A point in time of the crate `time`, written as RFC 3339. The serialization of `time` itself is
//! different.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339 as Notation;

/// A point in time with its offset from UTC, such as `2024-02-16T10:00:00Z`.
///
/// ```
/// use specwright_runtime::Rfc3339;
///
/// let start: Rfc3339 = "2024-02-16T10:00:00+01:00".parse().unwrap();
/// assert_eq!(start.unix_timestamp(), 1_708_074_000);
/// assert_eq!(start.to_string(), "2024-02-16T10:00:00+01:00");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rfc3339(pub OffsetDateTime);

impl Deref for Rfc3339 {
    type Target = OffsetDateTime;

    fn deref(&self) -> &OffsetDateTime {
        &self.0
    }
}

impl From<OffsetDateTime> for Rfc3339 {
    fn from(time: OffsetDateTime) -> Self {
        Self(time)
    }
}

impl From<Rfc3339> for OffsetDateTime {
    fn from(time: Rfc3339) -> Self {
        time.0
    }
}

impl FromStr for Rfc3339 {
    type Err = time::error::Parse;

    fn from_str(text: &str) -> Result<Self, time::error::Parse> {
        OffsetDateTime::parse(text, &Notation).map(Self)
    }
}

impl fmt::Display for Rfc3339 {
    /// # Errors
    /// If the year is beyond 9999 or the offset has seconds, which RFC 3339 cannot express.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.format(&Notation).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}

impl fmt::Debug for Rfc3339 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for Rfc3339 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.format(&Notation).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Rfc3339 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom("not a date and time in the notation of RFC 3339"))
    }
}
