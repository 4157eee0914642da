//! Joins the documentation of the parts of a schema.

use super::conjunction::Conjunct;
use crate::ir::model::Doc;

/// Documentation of a property or variant. It comes from its own nodes; the last one is the most
/// specific and comes first.
pub(super) fn of_parts(parts: &[Conjunct<'_>]) -> Doc {
    let mut doc = Doc::default();
    for part in parts.iter().rev() {
        let own = Doc::of_schema(part.node);
        if doc.summary.is_none() {
            (doc.summary, doc.body) = (own.summary, own.body);
        }
        doc.link = doc.link.or(own.link);
        if doc.examples.is_empty() {
            doc.examples = own.examples;
        }
        doc.deprecated = doc.deprecated.or(own.deprecated);
        doc.provenance = doc.provenance.or(own.provenance);
    }
    doc
}
