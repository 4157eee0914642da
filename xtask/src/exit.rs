//! What the process tells its caller: one exit status for each kind of ending.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for was done.
    Done,
    /// A document has errors, or a file could not be read or written.
    Document,
    /// The command line makes no sense; clap ends the process itself for what it can see.
    Usage,
    /// Generated output is stale.
    Stale,
    /// Documents differ by more than is accepted.
    Drift,
}

impl Exit {
    fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Document => 1,
            Self::Usage => 2,
            Self::Stale => 4,
            Self::Drift => 5,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.status())
    }
}
