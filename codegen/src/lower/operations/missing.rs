//! Handles the dangling references of an operation. A parameter is left out, and a body or response
//! becomes bytes of any media type.
//!
//! The operation is kept, since it can be called without them.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, Span};
use crate::openapi::context::NodeContext;

/// An object that an operation can refer to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Missing {
    Parameter,
    RequestBody,
    Response,
}

impl Missing {
    fn noun(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::Response => "response",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Parameter => "it is left out; define the target of the reference",
            Self::RequestBody | Self::Response => {
                "it becomes bytes of any media type; define the target of the reference"
            }
        }
    }
}

/// Whether the object is still a reference after inlining, which is then reported. `method` is the
/// span of the operation's method.
pub(super) fn is_missing(node: &Node, missing: Missing, method: Span, context: &mut NodeContext<'_>) -> bool {
    let Some(reference) = node.get("$ref") else {
        return false;
    };
    let message = format!("the operation refers to a {} that does not exist", missing.noun());
    context.report(
        Diagnostic::new(&codes::MISSING_PART, method, message)
            .label(reference.span, "this reference")
            .help(missing.help()),
    );
    true
}

/// Turns a dangling body or response into bytes of any media type, since nothing else is known
/// about it.
pub(super) fn replace(node: &mut Node, missing: Missing, method: Span, context: &mut NodeContext<'_>) {
    if !is_missing(node, missing, method, context) {
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
