//! `enum` has at least one value.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Document, Node};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;
use crate::openapi::repair;

pub(super) fn check(document: &Document, kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    if !kind.describes_values(document.version.line) {
        return;
    }
    if let Some(values) = node.get("enum")
        && values.as_array().is_some_and(<[Node]>::is_empty)
    {
        let repair = repair::remove(&context.path().key("enum").pointer());
        context.report_at(
            "enum",
            Diagnostic::new(&codes::EMPTY_ENUM, values, "`enum` has no value")
                .help("it is ignored, so every value of the type is accepted; list the values, or remove it")
                .overlay(repair),
        );
    }
}
