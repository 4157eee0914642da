//! Turns a document of any dialect of 3.0, 3.1 and 3.2 into the canonical form that `ir` reads.
//!
//! **Invariant:** each step of the table is idempotent, works in place, and reports what it cannot
//! keep.

mod cycles;
mod defaults;
mod inline;
mod operations;
mod plain_parameters;
mod reference_types;
mod references;
pub mod schema;
mod schemas;
mod shapes;
mod shared;
mod spelling;
#[cfg(test)]
mod tests;

use crate::diagnostics::Diagnostics;
use crate::document::Document;

/// The extension that marks a schema whose shape was lost, with a diagnostic. Its values are any
/// JSON.
pub const UNTYPED: &str = "x-untyped";

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
    Step { name: "references", run: references::run },
    Step { name: "reference_types", run: reference_types::run },
    Step { name: "spelling", run: spelling::run },
    Step { name: "schemas", run: schemas::run },
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
