//! Turns two documents into findings.
//!
//! **Invariant:** each pair of schemas is compared once per role, so the work grows with the size of
//! the documents and not with the number of paths through them.

mod bodies;
mod change;
mod comparison;
mod document;
mod encodings;
mod equality;
mod lifecycle;
mod media;
mod operation_pair;
mod operations;
mod options;
mod parameters;
mod responses;
mod schema;
mod schema_pair;
mod security;
mod security_schemes;
mod servers;

pub use options::{Date, Options};

use comparison::Comparison;

use super::finding::Finding;
use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::raise::{Origins, raise, raised};

/// Gives findings the pointers that their documents have as they are written: those of Swagger 2.0
/// are compared as OpenAPI 3. Rust verdicts are found by the pointers of OpenAPI 3, so this comes
/// after them.
pub fn as_written(findings: &mut [Finding], old: &Document, new: &Document) {
    let origins = |document: &Document| raise(&mut document.clone(), &mut Diagnostics::new());
    let (old, new) = (origins(old), origins(new));
    let written = |origins: &Option<Origins>, pointer: &str| origins.as_ref()?.pointer(pointer);
    for finding in findings {
        let own = if finding.pointer == finding.new.pointer { &new } else { &old };
        for (origins, pointer) in
            [(own, &mut finding.pointer), (&old, &mut finding.old.pointer), (&new, &mut finding.new.pointer)]
        {
            if let Some(moved) = written(origins, pointer) {
                *pointer = moved;
            }
        }
    }
}

/// All differences from one document to another, most severe first.
#[must_use]
pub fn compare(old: &Document, new: &Document, options: &Options) -> Vec<Finding> {
    let (old, new) = (raised(old), raised(new));
    let mut comparison = Comparison::new(&old, &new, options);
    document::compare_info(&mut comparison);
    servers::compare_document(&mut comparison);
    security_schemes::compare(&mut comparison);
    operations::compare_paths(&mut comparison);
    security::compare_document(&mut comparison);
    operations::compare_webhooks(&mut comparison);
    schema::compare_queued(&mut comparison);
    document::compare_components(&mut comparison);
    document::check_version(&mut comparison);
    comparison.finish()
}
