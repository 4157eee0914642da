//! One file for each command.

pub mod add;
pub mod ci;
pub mod corpus;
pub mod docs;
pub mod fuzz;
pub mod regen;

pub use specwright::commands::CommandResult;
