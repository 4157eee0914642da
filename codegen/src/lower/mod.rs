//! Turns a document of any dialect of 3.0, 3.1 and 3.2 into the canonical form that `ir` reads.
//!
//! [`STEPS`] change the whole document; the step `walk` applies [`schema::PASSES`] to each schema.
//!
//! **Invariant:** each step of the table is idempotent, works in place, and reports what it cannot
//! keep.

mod cycles;
mod defaults;
mod events;
mod inline;
mod local_references;
mod operations;
mod plain_parameters;
mod reference_types;
pub mod schema;
mod shapes;
mod shared;
#[cfg(test)]
mod tests;
mod walk;
mod yaml_scalars;

use crate::diagnostics::Diagnostics;
use crate::document::Document;

/// The extension that marks a schema whose shape was lost and reported. Its values are any JSON.
pub const UNTYPED: &str = "x-untyped";

/// The extension that marks a union of events that are told apart by their names.
pub const EVENTS_BY_NAME: &str = "x-events-by-name";

pub use crate::openapi::{ASSERTIONS, COMPONENT_NAME};

/// One step of lowering.
#[derive(Debug)]
pub struct Step {
    /// The name of its file.
    pub name: &'static str,
    /// Does the work.
    pub run: fn(&mut Document, &mut Diagnostics),
}

/// The steps in their order.
pub static STEPS: &[Step] = &[
    Step { name: "local_references", run: local_references::run },
    Step { name: "reference_types", run: reference_types::run },
    Step { name: "yaml_scalars", run: yaml_scalars::run },
    Step { name: "events", run: events::run },
    Step { name: "walk", run: walk::run },
    Step { name: "cycles", run: cycles::run },
    Step { name: "defaults", run: defaults::run },
    Step { name: "shared", run: shared::run },
    Step { name: "inline", run: inline::run },
    Step { name: "operations", run: operations::run },
];

/// Rewrites a document in the canonical form.
pub fn lower(document: &mut Document, out: &mut Diagnostics) {
    for step in STEPS {
        (step.run)(document, out);
    }
}
