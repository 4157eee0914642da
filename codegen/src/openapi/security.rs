//! Finds the security schemes that requirements name.

use super::operations::list;
use crate::document::{Node, Object};
use crate::source::Span;

/// The schemes that are required but not defined, without duplicates, each with a requirement that
/// names it.
#[must_use]
pub fn undefined(root: &Node) -> Vec<(String, Span)> {
    let current = root.get("components").and_then(|components| components.get("securitySchemes"));
    let former = root.get("securityDefinitions");
    let sections = [current, former].map(|section| section.and_then(Node::as_object));
    let mut missing: Vec<(String, Span)> = Vec::new();
    let global = root.get("security").into_iter();
    for requirements in global.chain(list(root).into_iter().filter_map(|operation| operation.node.get("security"))) {
        let single = std::slice::from_ref(requirements);
        for entry in requirements.as_array().unwrap_or(single).iter().filter_map(Node::as_object).flat_map(Object::iter)
        {
            let defined = |section: &Object| section.get(&entry.key).is_some_and(|scheme| scheme.as_object().is_some());
            let known = sections.iter().flatten().any(|section| defined(section));
            if !known && !missing.iter().any(|(name, _)| **name == *entry.key) {
                missing.push((entry.key.to_string(), entry.key_span));
            }
        }
    }
    missing
}
