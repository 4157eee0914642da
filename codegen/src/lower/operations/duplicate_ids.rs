//! Removes an `operationId` that several operations share from all but one (`validate` has reported
//! it).
//!
//! **Invariant:** the operation with the smallest pointer keeps the id, wherever it is in the
//! document.

use std::collections::BTreeMap;

use crate::diagnostics::Diagnostics;
use crate::document::pointer::join;
use crate::document::{Node, Object};
use crate::openapi::operations::{list, retain};

pub(super) fn run(root: &mut Node, _: &mut Diagnostics) {
    let owners = owners(root);
    for section in ["paths", "webhooks"] {
        let items = root.get_mut(section).and_then(Node::as_object_mut);
        for (path, item) in items.into_iter().flat_map(Object::iter_mut) {
            let at = join(&join("", section), path);
            let Some(item) = item.as_object_mut() else { continue };
            retain(item, |key, operation| {
                let is_owner = |id: &str| owners.get(id.trim()).is_some_and(|owner| *owner == key.pointer(&at));
                if let Some(operation) = operation.as_object_mut()
                    && let Some(id) = operation.get("operationId").and_then(Node::as_str)
                    && !is_owner(id)
                {
                    operation.remove("operationId");
                }
                true
            });
        }
    }
}

/// For each id, the smallest pointer of the operations that have it.
fn owners(root: &Node) -> BTreeMap<String, String> {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for operation in list(root) {
        let id = operation.node.get("operationId").and_then(Node::as_str).unwrap_or_default().trim();
        if id.is_empty() {
            continue;
        }
        let pointer = operation.pointer();
        match owners.get_mut(id) {
            Some(owner) if *owner <= pointer => {}
            Some(owner) => *owner = pointer,
            None => {
                owners.insert(id.to_owned(), pointer);
            }
        }
    }
    owners
}
