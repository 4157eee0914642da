//! Finds the file, pointer and line of an element.

use crate::document::{Document, Node};
use crate::ir::model::Origin;

/// The position of an element in the document.
pub(super) fn origin(document: &Document, node: &Node, pointer: &str) -> Origin {
    Origin {
        file: document.sources.path(node.span).to_owned(),
        pointer: pointer.to_owned(),
        line: document.sources.line(node.span),
    }
}
