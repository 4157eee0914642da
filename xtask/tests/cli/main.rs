//! Runs the built program as a user does, on a copy of the workspace's specs and generated output.

mod add;
mod bump;
mod copy;
mod drift;
mod errors;
mod former;
mod regen;
