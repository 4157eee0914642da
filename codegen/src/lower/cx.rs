//! What a pass knows about the place it works on, and where it reports.

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::openapi::path::NodePath;

/// The surroundings of one node.
#[derive(Debug)]
pub struct Cx<'c> {
    out: &'c mut Diagnostics,
    place: &'c NodePath<'c>,
}

impl<'c> Cx<'c> {
    /// The surroundings of the node at a place.
    pub fn new(place: &'c NodePath<'c>, out: &'c mut Diagnostics) -> Self {
        Self { out, place }
    }

    /// The JSON Pointer of the node.
    #[must_use]
    pub fn pointer(&self) -> String {
        self.place.pointer()
    }

    /// Reports something about the node.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.out.report(diagnostic.at(self.place.pointer()));
    }
}
