//! No two operations have the same `operationId`.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node, Span};
use crate::openapi::operations::{Listed, list};
use crate::openapi::repair;

pub(super) fn check(document: &Document, out: &mut Diagnostics) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    let mut operations = list(&document.root);
    // Lowering also goes by pointer, so the order of the document decides no names.
    operations.sort_by_cached_key(Listed::pointer);
    for operation in operations {
        let Some(node) = operation.node.get("operationId") else {
            continue;
        };
        let Some(id) = Node::as_str(node) else {
            continue;
        };
        match first.get(id) {
            None => {
                first.insert(id, node.span);
            }
            Some(other) => {
                let pointer = operation.pointer();
                let message = format!("there are two operations with the id `{id}`");
                out.report(
                    Diagnostic::new(&codes::DUPLICATE_OPERATION_ID, node, message)
                        .label(*other, "the first one")
                        .help("this one is named by its method and path; give it an id of its own")
                        .overlay(repair::update(&pointer, &format!("operationId: {id}2")))
                        .at(pointer),
                );
            }
        }
    }
}
