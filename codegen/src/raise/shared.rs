//! The parts of a document that its operations share, as written.

use super::media;
use crate::document::{Node, pointer, resolve_chain};

/// The document before it was raised, and the media types that operations inherit.
#[derive(Debug)]
pub(super) struct Shared<'d> {
    /// The whole document.
    pub root: &'d Node,
    /// The media types of requests.
    pub consumes: Vec<Node>,
    /// The media types of responses.
    pub produces: Vec<Node>,
}

impl<'d> Shared<'d> {
    pub fn of(root: &'d Node) -> Self {
        let listed = |key| media::listed(root.get(key)).unwrap_or_default();
        Self { root, consumes: listed("consumes"), produces: listed("produces") }
    }

    /// The node itself, or the target of its reference.
    pub fn follow<'n>(&self, node: &'n Node) -> &'n Node
    where
        'd: 'n,
    {
        let target = node.reference().and_then(|reference| resolve_chain(self.root, reference));
        target.map_or(node, |(target, _)| target)
    }

    /// The name that a reference uses below a key of the document, and the node with that name.
    pub fn named(&self, node: &Node, section: &str) -> Option<(String, &'d Node)> {
        let (target, pointer) = resolve_chain(self.root, node.reference()?)?;
        let mut tokens = pointer::tokens(&pointer)?;
        let is_section = tokens.next()? == section;
        let name = tokens.next()?.into_owned();
        (is_section && tokens.next().is_none()).then_some((name, target))
    }
}
