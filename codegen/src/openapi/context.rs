//! The node that a rule or pass works on: its path, and the list for diagnostics about it.

use super::path::NodePath;
use crate::diagnostics::{Diagnostic, Diagnostics};

/// The path of one node, and the diagnostics to add to.
#[derive(Debug)]
pub struct NodeContext<'c> {
    path: &'c NodePath<'c>,
    out: &'c mut Diagnostics,
}

impl<'c> NodeContext<'c> {
    /// The context of the node at a path.
    pub fn new(path: &'c NodePath<'c>, out: &'c mut Diagnostics) -> Self {
        Self { path, out }
    }

    /// The context of another node, for the same diagnostics.
    pub fn within<'s>(&'s mut self, path: &'s NodePath<'s>) -> NodeContext<'s> {
        NodeContext::new(path, self.out)
    }

    /// The path of the node.
    #[must_use]
    pub fn path(&self) -> &'c NodePath<'c> {
        self.path
    }

    /// The JSON Pointer of the node.
    #[must_use]
    pub fn pointer(&self) -> String {
        self.path.pointer()
    }

    /// Adds a diagnostic about the node.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.out.report(diagnostic.at(self.path.pointer()));
    }

    /// Adds a diagnostic about the value of a key of the node.
    pub fn report_at(&mut self, key: &str, diagnostic: Diagnostic) {
        self.report_below(&self.path.key(key), diagnostic);
    }

    /// Adds a diagnostic about a node below this one.
    pub fn report_below(&mut self, path: &NodePath<'_>, diagnostic: Diagnostic) {
        self.out.report(diagnostic.at(path.pointer()));
    }
}
