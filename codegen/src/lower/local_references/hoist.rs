//! Moves targets from outside `components` into it.

use super::plan::{Hoist, Rewrites};
use crate::document::{Node, Object, Value, pointer};
use crate::lower::UNTYPED;

/// Applies the plan. Returns whether it moved objects that no walk has visited yet.
pub(super) fn hoist(root: &mut Node, plan: &Rewrites) -> bool {
    let mut hoists: Vec<&Hoist> = plan.hoists.iter().collect();
    // Deeper ones first: the objects around them then move together with the references left
    // behind.
    hoists.sort_by(|left, right| {
        right.pointer.len().cmp(&left.pointer.len()).then_with(|| left.pointer.cmp(&right.pointer))
    });
    let mut taken = Vec::new();
    for hoist in &hoists {
        taken.push(take(root, hoist));
    }
    for (hoist, node) in hoists.iter().zip(taken).rev() {
        put(root, hoist, node);
    }
    hoists.iter().any(|hoist| !hoist.moves)
}

fn take(root: &mut Node, hoist: &Hoist) -> Node {
    let span = root.span;
    let Some(node) = root.pointer_mut(&hoist.pointer) else {
        return Node::object([(UNTYPED, Node::new(true, span))], span);
    };
    if !hoist.moves {
        return node.clone();
    }
    let span = node.span;
    let folder = format!("/components/{}", hoist.kind.folder().unwrap_or_default());
    let reference = pointer::to_reference(&pointer::join(&folder, &hoist.name));
    let left = Node::object([("$ref", Node::new(reference, span))], span);
    std::mem::replace(node, left)
}

fn put(root: &mut Node, hoist: &Hoist, node: Node) {
    let Some(folder) = hoist.kind.folder() else {
        return;
    };
    if let Some(components) = child(root, "components")
        && let Some(folder) = child(components, folder).and_then(Node::as_object_mut)
    {
        folder.insert(hoist.name.as_str(), node);
    }
}

/// The object under a key. It is created if absent.
fn child<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let span = node.span;
    let object = node.as_object_mut()?;
    if object.get(key).is_none_or(|child| child.as_object().is_none()) {
        object.insert(key, Node::new(Value::Object(Object::new()), span));
    }
    object.get_mut(key)
}
