//! Prints an API as Rust tokens: one [`SourceFile`] per generated file.
//!
//! **Invariant:** emitters see only the model of an API, and no document makes them fail. They
//! neither choose names nor change their case. A `quote!` contains no logic.

pub mod client;
pub(crate) mod constraints;
pub mod examples;
mod former;
mod gates;
mod imports;
pub mod operations;
mod phrases;
mod projection;
mod rustdoc;
pub mod scaffold;
pub mod schemas;
pub mod security;
pub mod server;
mod shared;
mod source;
#[cfg(test)]
mod test_data;
#[cfg(test)]
mod tests;
mod type_use;
pub mod types;

pub(crate) use rustdoc::LINE_BREAK;
pub use source::{Content, Defect, Printer, SourceFile};
pub use type_use::Scope;
pub(crate) use type_use::{Absence, source as type_text};
