//! Removes regular expressions that are none (`validate` has said so), as nothing could check them.

use crate::document::Node;
use crate::lower::Cx;
use crate::validate::patterns::is_valid;

pub(super) fn run(node: &mut Node, _: &mut Cx<'_>) {
    let Some(schema) = node.as_object_mut() else { return };
    if schema.get("pattern").is_some_and(|pattern| !pattern.as_str().is_some_and(is_valid)) {
        schema.remove("pattern");
    }
    let Some(properties) = schema.get_mut("patternProperties").and_then(Node::as_object_mut) else { return };
    if properties.keys().any(|pattern| !is_valid(pattern)) {
        properties.retain(|pattern, _| is_valid(pattern));
    }
}
