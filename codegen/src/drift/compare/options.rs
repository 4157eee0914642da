//! The options of a comparison.

/// A calendar date, for sunsets.
pub use jiff::civil::Date;

/// The options of a comparison.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Today, against which sunset dates are checked; without it they are not checked.
    pub today: Option<Date>,
    /// The minimum number of days from today to the sunset of a deprecated element; with 0 no
    /// sunset is required.
    pub sunset_days: u32,
    /// Whether `info.version` must reflect breaking changes.
    pub check_version: bool,
}
