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

/// What a command returns: how it ended, or why it could not do its work.
pub type Outcome = Result<crate::exit::Exit, Box<dyn std::error::Error>>;
