//! One file for each command. The xtasks call them too.

pub mod drift;
pub mod explain;
pub mod generate;
pub mod init;
#[cfg(feature = "mock")]
pub mod mock;

/// The result of a command; an error exits with status 1.
pub type CommandResult = Result<crate::exit::Exit, Box<dyn std::error::Error>>;
