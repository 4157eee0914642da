//! A list of fixed length requires all its items.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Document, Node};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;

pub(super) fn check(document: &Document, kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    if !kind.describes_values(document.version.line) || node.get("minItems").is_some() {
        return;
    }
    let is_false = |keyword: &str| node.get(keyword).and_then(Node::as_bool) == Some(false);
    let length = |keyword: &str| node.get(keyword).and_then(Node::as_array).map(<[Node]>::len);
    // Drafts before 2020-12 have the list in `items`.
    let tuple = [("prefixItems", "items"), ("items", "additionalItems")]
        .into_iter()
        .find_map(|(list, rest)| Some((list, length(list).filter(|length| *length > 0 && is_false(rest))?)));
    if let Some((keyword, length)) = tuple
        && let Some(list) = node.get(keyword)
    {
        let message = "this list has a fixed length, but does not require its items";
        let help = format!("all items are required; add `minItems: {length}`, or a smaller number");
        context.report_at(keyword, Diagnostic::new(&codes::INCOMPLETE_TUPLE, list, message).help(help));
    }
}
