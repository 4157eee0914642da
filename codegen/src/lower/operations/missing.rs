//! What an operation refers to and nobody defined: a parameter is left out, a body or a response becomes any bytes.
//!
//! One dangling reference costs no operation: what remains of it can be called all the same.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, Span};
use crate::openapi::context::NodeContext;

/// What an operation can refer to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Parameter,
    RequestBody,
    Response,
}

impl Part {
    fn noun(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::Response => "response",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Parameter => "it is left out; define what the reference names",
            Self::RequestBody | Self::Response => "it is taken for any bytes; define what the reference names",
        }
    }
}

/// Whether the object is still a reference after inlining, which is reported; `method` is the span of the operation's method.
pub(super) fn is_missing(node: &Node, part: Part, method: Span, context: &mut NodeContext<'_>) -> bool {
    let Some(reference) = node.get("$ref") else {
        return false;
    };
    let message = format!("the operation has a {} that does not exist", part.noun());
    context.report(
        Diagnostic::new(&codes::MISSING_PART, method, message)
            .label(reference.span, "this reference")
            .help(part.help()),
    );
    true
}

/// Makes a body or a response that does not exist one of any bytes of any media type, which is all that is known of it.
pub(super) fn replace(node: &mut Node, part: Part, method: Span, context: &mut NodeContext<'_>) {
    if !is_missing(node, part, method, context) {
        return;
    }
    let span = node.span;
    let text = |text: &str| Node::new(text, span);
    let schema = Node::object([("type", text("string")), ("format", text("binary"))], span);
    let any = Node::object([("*/*", Node::object([("schema", schema)], span))], span);
    if let Some(object) = node.as_object_mut() {
        object.remove("$ref");
        object.insert("content", any);
    }
}
