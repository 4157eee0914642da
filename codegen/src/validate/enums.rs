//! `enum` has at least one value, and those of a nullable schema include `null`.

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
    if is_nullable(node) {
        without_null(node, context);
    }
}

fn is_nullable(node: &Node) -> bool {
    let types = node.get("type").and_then(Node::as_array).unwrap_or_default();
    let named = types.len() > 1 && types.iter().any(|name| name.is_null() || name.as_str() == Some("null"));
    named || node.get("nullable").and_then(Node::as_bool) == Some(true)
}

fn without_null(node: &Node, context: &mut NodeContext<'_>) {
    let values = node.get("enum").and_then(Node::as_array).filter(|values| !values.is_empty());
    let keyword = match (values, node.get("const")) {
        (Some(values), _) if !values.iter().any(Node::is_null) => "enum",
        (None, Some(value)) if !value.is_null() => "const",
        _ => return,
    };
    let Some(value) = node.get(keyword) else { return };
    let message = format!("the type allows `null`, but `{keyword}` does not");
    let help = "`null` is accepted; add it to the values, or remove it from the type";
    context.report_at(keyword, Diagnostic::new(&codes::ENUM_WITHOUT_NULL, value, message).help(help));
}
