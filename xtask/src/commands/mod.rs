//! One file for each command.

pub mod add;
pub mod ci;
pub mod corpus;
pub mod docs;
pub mod drift;
pub mod explain;
pub mod fuzz;
pub mod generate;
pub mod regen;

/// The result of a command; an error exits with status 1.
pub type CommandResult = Result<crate::exit::Exit, Box<dyn std::error::Error>>;
