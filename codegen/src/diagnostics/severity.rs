//! How serious a diagnostic is, and what a warning costs.

use std::fmt;

/// How serious a diagnostic is, the most serious first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated from the document.
    Error,
    /// Something is lost; the [`Effect`] says what.
    Warning,
    /// Nothing is lost.
    Note,
}

impl Severity {
    /// The name that users see, in messages and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a warning costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// An operation or schema is left out.
    Skipped,
    /// It is generated with less precision, such as any JSON instead of a struct.
    Degraded,
}

impl Effect {
    /// The name that users see, in messages and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Degraded => "degraded",
        }
    }

    /// The effect in a few words.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Skipped => "left out; the rest is generated",
            Self::Degraded => "generated, but not exactly as written",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
