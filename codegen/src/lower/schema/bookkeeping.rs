//! Removes keywords that only say where schemas are: `$id`, `$anchor`, `$defs`, `$schema` and their kin.
//!
//! What they named was given a name in `components.schemas` before (see `references`).

use crate::diagnostics::{Diagnostic, codes};
use crate::document::Node;
use crate::lower::Cx;

const KEYWORDS: [&str; 10] = [
    "$defs",
    "definitions",
    "$id",
    "$schema",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$comment",
    "$vocabulary",
    "id",
];

pub(super) fn run(node: &mut Node, cx: &mut Cx<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    for keyword in KEYWORDS {
        schema.remove(keyword);
    }
    for keyword in ["$dynamicRef", "$recursiveRef"] {
        if let Some(entry) = schema.remove_entry(keyword) {
            let message = format!("`{keyword}` names no anchor of this document");
            cx.report(
                Diagnostic::new(&codes::DANGLING_REFERENCE, &entry, message)
                    .help("the keyword is left out; refer to a schema in `components.schemas` with `$ref`"),
            );
            if schema.is_empty() {
                schema.insert(crate::lower::UNTYPED, Node::new(true, entry.value.span));
            }
        }
    }
}
