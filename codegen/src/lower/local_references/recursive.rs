//! Turns the `$recursiveRef` of JSON Schema 2019-09 into a plain `$ref` to the schema that it
//! names.
//!
//! That is the next enclosing schema with `$recursiveAnchor: true`. If there is none, it is the
//! component that holds the reference, since a schema that was written as a separate file has its
//! root there.

use super::collect::base;
use crate::document::{Node, pointer};
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::{Changer, change};

const REFERENCE: &str = "$recursiveRef";

pub(super) fn run(root: &mut Node) {
    change(root, &mut Recursive { anchors: Vec::new() });
}

struct Recursive {
    /// The enclosing schemas with an anchor, innermost last.
    anchors: Vec<String>,
}

impl Changer for Recursive {
    fn enter(&mut self, kind: Kind, node: &mut Node, path: &NodePath<'_>) -> bool {
        if kind != Kind::Schema {
            return true;
        }
        if has_anchor(node) {
            self.anchors.push(path.pointer());
        }
        if node.get(REFERENCE).and_then(Node::as_str) == Some("#") {
            let component = || Some(base(path)).filter(|name| !name.is_empty());
            let target = self.anchors.last().cloned();
            let target = target.or_else(|| Some(pointer::join("/components/schemas", component()?)));
            if let Some(target) = target {
                refer(node, &target);
            }
        }
        true
    }

    fn leave(&mut self, kind: Kind, node: &mut Node, _: &NodePath<'_>) {
        if kind == Kind::Schema && has_anchor(node) {
            self.anchors.pop();
        }
    }
}

fn has_anchor(schema: &Node) -> bool {
    schema.get("$recursiveAnchor").and_then(Node::as_bool) == Some(true)
}

fn refer(node: &mut Node, target: &str) {
    let Some(schema) = node.as_object_mut().filter(|schema| !schema.contains_key("$ref")) else {
        return;
    };
    if let Some(reference) = schema.remove(REFERENCE) {
        schema.insert("$ref", Node::new(pointer::to_reference(target), reference.span));
    }
}
