//! Turns two documents into findings.
//!
//! **Invariant:** each pair of schemas is compared once per role, so the work grows with the size of
//! the documents and not with the number of paths through them.

mod bodies;
mod change;
mod comparison;
mod document;
mod equality;
mod lifecycle;
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
use crate::document::Document;
use crate::raise::raised;

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
