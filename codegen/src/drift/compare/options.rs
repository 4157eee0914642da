//! What a comparison needs to know beside the documents.

/// A calendar day, for deprecations.
pub use jiff::civil::Date;

/// What a comparison needs to know beside the documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The day on which sunset dates are validated; without it they are not.
    pub today: Option<Date>,
    /// Days that must lie between a deprecation and its sunset; 0: a sunset is not asked for.
    pub sunset_days: u32,
    /// Whether `info.version` has to say what changed.
    pub check_version: bool,
}
