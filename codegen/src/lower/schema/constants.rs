//! `const: v` becomes `enum: [v]`.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::Node;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["const"]);

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    if let Some(value) = schema.remove("const") {
        let span = value.span;
        if schema.get("enum").and_then(Node::as_array).is_some_and(|values| !values.contains(&value)) {
            let message = "no value is both the `const` and one of the `enum`";
            let help = "the `const` is used; remove one of the two keywords";
            context.report(Diagnostic::new(&codes::CONFLICTING_SCHEMAS, span, message).help(help));
        }
        schema.insert("enum", Node::new(vec![value], span));
    }
}
