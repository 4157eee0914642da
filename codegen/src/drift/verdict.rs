//! The terms of a verdict: level, direction, and the consequences on the wire and for Rust code.

use std::fmt;

/// How much a finding matters to the reader of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth a line in a changelog.
    Info,
    /// May break callers; the document alone cannot tell.
    Warning,
    /// Breaks callers.
    Error,
}

impl Level {
    /// The word in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Parses a level; `breaking` is accepted for `error`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "info" => Some(Self::Info),
            "warning" => Some(Self::Warning),
            "error" | "breaking" => Some(Self::Error),
            _ => None,
        }
    }
}

/// The direction in which the values of a rule travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From clients to servers.
    Request,
    /// From servers to clients.
    Response,
    /// Neither, as for paths, security and descriptions of the API.
    Neither,
}

impl Direction {
    /// The word in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Neither => "none",
        }
    }
}

/// What a finding means for programs written against the old document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// Neither side is affected.
    Compatible,
    /// Servers written for the old document may receive what they do not know, or may not send what
    /// clients of the new document rely on.
    BreaksServers,
    /// Clients written for the old document may be rejected, or may receive what they do not know.
    BreaksClients,
}

impl Wire {
    /// The word in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::BreaksServers => "breaks-servers",
            Self::BreaksClients => "breaks-clients",
        }
    }
}

/// What a finding means for Rust code written against the crate generated from the old document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RustVerdict {
    /// The generated API is unchanged.
    #[default]
    None,
    /// The generated API grows; existing code still compiles.
    Additive,
    /// Existing code may no longer compile.
    Breaking,
}

impl RustVerdict {
    /// The word in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

macro_rules! display_as_str {
    ($($name:ty),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(self.as_str())
            }
        }
    )*};
}
display_as_str!(Level, Direction, Wire, RustVerdict);
