//! Turns generated text into files. A [`Plan`] of the files to create, update and delete below one
//! folder is printed or applied.
//!
//! **Invariant:** nothing else in this crate writes. Every new file is on disk before the first old
//! one is replaced. No file without our mark is touched, except a manifest, and no symbolic link is
//! followed.

mod apply;
mod diff;
pub mod manifest;
mod plan;
#[cfg(test)]
mod tests;
mod tree;

pub use plan::{Change, Conflict, Plan, PlanError};
pub use tree::{Directory, Entry, Memory, Tree};
