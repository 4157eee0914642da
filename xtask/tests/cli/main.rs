//! The commands as a user runs them: the built program, on a copy of the workspace's specs and
//! generated output.

mod add;
mod bump;
mod copy;
mod errors;
mod generate;
mod regen;
