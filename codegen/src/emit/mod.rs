//! Prints an API as Rust tokens: one [`SourceFile`] per generated file.
//!
//! **Architecture Invariant:** emitters see the model of an API only and cannot fail; they choose no name and never change the
//! case of one. A `quote!` holds no logic.

pub mod client;
mod docs;
pub mod examples;
mod imports;
pub mod operations;
mod phrases;
mod projection;
pub(crate) mod rules;
#[cfg(test)]
mod samples;
pub mod scaffold;
pub mod security;
pub mod server;
mod source;
#[cfg(test)]
mod tests;
mod type_use;
pub mod types;

pub(crate) use docs::LINE_BREAK;
pub use source::{Content, Part, SourceFile};
pub use type_use::Scope;
