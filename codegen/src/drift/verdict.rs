//! The words of a verdict: level, direction, and the effect on the wire and in Rust.

use std::fmt;

/// How much a change matters to somebody who reads a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth a line in a changelog.
    Info,
    /// Breaks some callers, in a way that a document cannot tell.
    Warning,
    /// Breaks callers.
    Error,
}

impl Level {
    /// The word users see.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level of a word; `breaking` is another word for `error`.
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

/// Which way the values travel that a rule speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From clients to servers.
    Request,
    /// From servers to clients.
    Response,
    /// Neither: paths, security, descriptions of the API.
    Neither,
}

impl Direction {
    /// The word users see.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Neither => "none",
        }
    }
}

/// What a change means to programs that speak the old document on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// Nobody notices.
    Compatible,
    /// Servers written for the old document may be asked for, or fail to give, what clients of the new one count on.
    BreaksServers,
    /// Clients written for the old document may be refused, or be sent what they don't know.
    BreaksClients,
}

impl Wire {
    /// The word users see.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::BreaksServers => "breaks-servers",
            Self::BreaksClients => "breaks-clients",
        }
    }
}

/// What a change means to Rust code written for the crate generated from the old document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RustVerdict {
    /// The generated API is the same.
    #[default]
    None,
    /// There is more of it; code that compiled compiles.
    Additive,
    /// Some code that compiled does not any more.
    Breaking,
}

impl RustVerdict {
    /// The word users see.
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
