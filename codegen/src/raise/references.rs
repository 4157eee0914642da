//! Rewrites references to objects that have moved.

use super::components::SECTIONS;
use super::origins::Pointers;
use crate::document::{Node, pointer};
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::{Changer, change, walk};

/// Finds where the nodes of a document of Swagger 2.0 are after raising.
#[derive(Clone, Debug)]
pub(crate) struct Moves {
    written: Node,
    raised: Pointers,
}

impl Moves {
    /// The moves from a document as written to the raised document.
    pub fn new(written: Node, raised: &Node) -> Self {
        Self { written, raised: Pointers::of(raised) }
    }

    /// The new pointer of the node at a pointer. `None` if it has none.
    pub fn moved(&self, pointer: &str) -> Option<String> {
        let is_parameter = pointer.starts_with("/parameters/");
        let known = by_section(pointer).filter(|_| !is_parameter);
        // A body parameter is among the request bodies.
        let found = || self.raised.at(self.written.pointer(pointer)?.span).map(str::to_owned);
        known.or_else(found).or_else(|| by_section(pointer))
    }
}

/// The new pointer of a shared object, or of a node within a definition.
fn by_section(pointer: &str) -> Option<String> {
    let mut tokens = pointer::tokens(pointer)?;
    let first = tokens.next()?;
    let (key, section) = SECTIONS.iter().find(|(key, _)| *key == first)?;
    let inside = tokens.nth(1).is_some();
    let rest = pointer.get(1 + key.len()..)?;
    (!inside || *section == "schemas").then(|| format!("/components/{section}{rest}"))
}

/// Rewrites the references of a tree that is otherwise OpenAPI 3. `written` is the tree before
/// raising.
pub(super) fn rewrite(root: &mut Node, written: &Node) {
    let mut is_plain = true;
    walk(root, &mut |_, node, _| {
        let pointer = node.reference().and_then(pointer::of_reference);
        is_plain &= pointer.is_none_or(|pointer| by_section(&pointer).is_some());
    });
    let moves = (!is_plain).then(|| Moves::new(written.clone(), root));
    change(root, &mut References { moves });
}

struct References {
    /// Needed only for references into operations, parameters and responses.
    moves: Option<Moves>,
}

impl Changer for References {
    fn enter(&mut self, _: Kind, node: &mut Node, _: &NodePath<'_>) -> bool {
        let pointer = node.reference().and_then(pointer::of_reference);
        let moved = pointer.and_then(|pointer| match &self.moves {
            Some(moves) => moves.moved(&pointer),
            None => by_section(&pointer),
        });
        if let Some((moved, reference)) = moved.zip(node.get_mut("$ref")) {
            reference.value = pointer::to_reference(&moved).into();
        }
        true
    }
}
