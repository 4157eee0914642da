//! The exit statuses of the process.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The command did its work.
    Done,
    /// A document has errors, or a file could not be read or written.
    Document,
    /// The command line is wrong. For the mistakes that clap detects, it exits itself.
    Usage,
    /// Generated output is stale.
    Stale,
    /// Documents differ more than is allowed.
    Drift,
    /// Traffic violates a document.
    Violation,
}

impl Exit {
    fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Document => 1,
            Self::Usage => 2,
            Self::Stale => 4,
            Self::Drift => 5,
            Self::Violation => 6,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.status())
    }
}
