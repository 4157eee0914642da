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

/// What a command returns: an exit status, or an error that ends it with status 1.
pub type CommandResult = Result<crate::exit::Exit, Box<dyn std::error::Error>>;
