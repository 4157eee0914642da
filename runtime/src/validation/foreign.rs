//! Types of other crates that represent formats. All of their values are valid.

#[cfg(any(
    feature = "chrono",
    feature = "decimal",
    feature = "jiff",
    feature = "time",
    feature = "url",
    feature = "uuid"
))]
use super::Validate;

macro_rules! valid {
    ($($(#[$gate:meta])+ $ty:ty;)*) => { $($(#[$gate])+ impl Validate for $ty {})* };
}

valid! {
    #[cfg(feature = "jiff")] jiff::Timestamp;
    #[cfg(feature = "jiff")] jiff::civil::Date;
    #[cfg(feature = "chrono")] chrono::NaiveDate;
    #[cfg(feature = "time")] crate::value::Rfc3339;
    #[cfg(feature = "time")] time::Date;
    #[cfg(feature = "uuid")] uuid::Uuid;
    #[cfg(feature = "url")] url::Url;
    #[cfg(feature = "decimal")] rust_decimal::Decimal;
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> Validate for chrono::DateTime<Z> {}
