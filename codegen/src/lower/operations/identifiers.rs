//! Removes the `operationId` of operations that come after another with the same one, which `validate` has reported.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::document::{Node, Object};
use crate::openapi::operations::retain;

pub(super) fn run(root: &mut Node, _: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for key in ["paths", "webhooks"] {
        let items = root.get_mut(key).and_then(Node::as_object_mut);
        for item in items.into_iter().flat_map(Object::values_mut).filter_map(Node::as_object_mut) {
            retain(item, |_, operation| {
                if let Some(operation) = operation.as_object_mut() {
                    unique(operation, &mut seen);
                }
                true
            });
        }
    }
}

fn unique(operation: &mut Object, seen: &mut BTreeSet<String>) {
    let Some(id) = operation.get("operationId").and_then(Node::as_str) else {
        return;
    };
    if id.trim().is_empty() || !seen.insert(id.to_owned()) {
        operation.remove("operationId");
    }
}
