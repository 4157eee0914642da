//! `const: v` becomes `enum: [v]`.

use crate::document::Node;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["const"]);

pub(super) fn run(node: &mut Node, _: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    if let Some(value) = schema.remove("const") {
        let span = value.span;
        schema.insert("enum", Node::new(vec![value], span));
    }
}
