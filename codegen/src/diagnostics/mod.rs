//! Collects [`Diagnostic`]s, which say what is wrong with a document, where, and what to do, and
//! prints them for people and for machines.
//!
//! **Invariant:** a diagnostic is never thrown away, and a stage that leaves something out reports
//! one.

pub mod codes;
mod collection;
mod diagnostic;
mod json;
mod render;
mod severity;
mod similar;

pub use codes::{CodeInfo, catalogue, find};
pub use collection::Diagnostics;
pub use diagnostic::Diagnostic;
pub use json::to_json;
pub use render::{on_one_line, render, render_all, render_kinds};
pub use severity::{Effect, Severity};
pub use similar::nearest;

#[cfg(test)]
mod tests;
