//! Translates regular expressions of other dialects, and removes text that is not a regular
//! expression. `validate` has reported both.

use crate::document::Node;
use crate::openapi::context::NodeContext;
use crate::openapi::fit::patterns::{is_valid, translated};
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["pattern", "patternProperties"]);

pub(super) fn run(node: &mut Node, _: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    if let Some(pattern) = schema.get_mut("pattern")
        && !pattern.as_str().is_some_and(is_valid)
    {
        match pattern.as_str().and_then(translated) {
            Some(meant) => pattern.value = meant.into(),
            None => {
                schema.remove("pattern");
            }
        }
    }
    let Some(properties) = schema.get_mut("patternProperties").and_then(Node::as_object_mut) else {
        return;
    };
    if properties.keys().any(|pattern| !is_valid(pattern)) {
        properties.retain(|pattern, _| is_valid(pattern));
    }
}
