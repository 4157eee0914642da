//! Turns two documents into the changes between them.
//!
//! The rule it keeps: documents that mean the same give nothing, however they are written; each pair of schemas is compared once
//! for each place it stands in, so that the work grows with the documents and not with the ways through them.

mod bodies;
mod change;
mod comparison;
mod document;
mod equality;
mod lifecycle;
mod operation_pair;
mod operations;
mod options;
mod pairs;
mod parameters;
mod responses;
mod schema;
mod security;

pub use options::{Date, Options};

use comparison::Comparison;

use super::finding::Finding;
use crate::document::Document;

/// All changes from one document to another, gravest first.
#[must_use]
pub fn compare(old: &Document, new: &Document, options: &Options) -> Vec<Finding> {
    let mut comparison = Comparison::new(old, new, options);
    document::compare_info(&mut comparison);
    document::compare_servers(&mut comparison);
    security::compare_document(&mut comparison);
    operations::compare_paths(&mut comparison);
    operations::compare_webhooks(&mut comparison);
    schema::compare_queued(&mut comparison);
    document::compare_components(&mut comparison);
    document::check_version(&mut comparison);
    comparison.finish()
}
