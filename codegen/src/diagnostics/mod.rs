//! Turns what is wrong with a document into [`Diagnostic`]s that say what, where and what to do.
//!
//! The rule it keeps: diagnostics are collected and never thrown away; a stage that leaves something out says so here.

pub mod codes;
mod collection;
mod diagnostic;
mod json;
mod render;
mod similar;

pub use codes::{CodeInfo, catalogue, find};
pub use collection::Diagnostics;
pub use diagnostic::{Diagnostic, Severity};
pub use json::to_json;
pub use render::{render, render_all};
pub use similar::nearest;

#[cfg(test)]
mod tests;
