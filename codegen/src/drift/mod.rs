//! Compares two documents: what changed, whether it breaks the wire, whether it breaks Rust, and which version comes next.
//!
//! The documents are compared as they were read and repaired, not lowered: rules speak of keywords that lowering drops.
//! Documents that mean the same give no finding, however they are written.

mod compare;
mod finding;
mod model;
pub mod report;
pub mod rules;

pub use compare::{Date, Options, compare};
pub use finding::{Direction, Finding, Level, Place, RustVerdict, Wire};

/// What a comparison found.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    /// Gravest first.
    pub findings: Vec<Finding>,
}
