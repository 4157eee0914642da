//! Removes keywords that only name or hold schemas: `$id`, `$anchor`, `$defs`, `$schema` and
//! others.
//!
//! Their schemas already have names in `components.schemas` (see `local_references`).

use crate::diagnostics::{Diagnostic, codes};
use crate::document::Node;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::{KeywordSet, Role, is_bookkeeping};

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::with_role(Role::Bookkeeping).and(KeywordSet::of(&REFERENCES));

/// References that `local_references` has not resolved.
const REFERENCES: [&str; 2] = ["$dynamicRef", "$recursiveRef"];

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    if schema.keys().any(is_bookkeeping) {
        schema.retain(|keyword, _| !is_bookkeeping(keyword));
    }
    for keyword in REFERENCES {
        if let Some(entry) = schema.remove_entry(keyword) {
            let message = format!("`{keyword}` refers to no anchor of this document");
            context.report(
                Diagnostic::new(&codes::DANGLING_REFERENCE, &entry, message)
                    .help("the keyword is left out; refer to a schema in `components.schemas` with `$ref`"),
            );
            if schema.is_empty() {
                schema.insert(crate::lower::UNTYPED, Node::new(true, entry.value.span));
            }
        }
    }
}
