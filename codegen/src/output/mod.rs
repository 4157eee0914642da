//! Turns generated text into files: a [`Plan`] of the files to create, update and delete below one
//! folder, which is printed or applied.
//!
//! **Invariant:** nothing else in this crate writes. Every new file is on disk before the first old
//! one is replaced; nothing without our mark is touched but a manifest, and no symbolic link is followed.

mod apply;
mod diff;
pub mod manifest;
mod plan;
#[cfg(test)]
mod tests;
mod tree;

pub use plan::{Change, Conflict, Plan, PlanError};
pub use tree::{Directory, Entry, Memory, Tree};
