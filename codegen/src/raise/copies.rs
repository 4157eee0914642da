//! Gives a copy of a shared response or body the name of the original and the type of its schema.

use crate::document::{Node, Object, pointer};
use crate::openapi::COMPONENT_NAME;

/// Names the copy after the component of a section, and makes its schema refer to that of the
/// component.
pub(super) fn adopt(copy: &mut Node, section: &str, name: &str) {
    let span = copy.span;
    let at = pointer::join(&pointer::join("/components", section), name);
    let Some(object) = copy.as_object_mut() else {
        return;
    };
    let content = object.get_mut("content").and_then(Node::as_object_mut);
    for media_type in content.into_iter().flat_map(Object::values_mut) {
        if let Some(schema) = media_type.get_mut("schema").filter(|schema| is_a_type(schema)) {
            let target = Node::new(pointer::to_reference(&at), schema.span);
            *schema = Node::object([("$ref", target)], schema.span);
        }
    }
    object.insert(COMPONENT_NAME, Node::new(name, span));
}

/// Whether a schema becomes a type of its own.
fn is_a_type(schema: &Node) -> bool {
    ["properties", "allOf", "enum"].iter().any(|keyword| schema.get(keyword).is_some())
}
