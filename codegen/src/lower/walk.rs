//! Rewrites every object of the format into its plain shape, and every schema into the canonical
//! form, in one walk.

use super::{plain_parameters, schema, shapes};
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Node};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::{Changer, change, change_from};

pub(super) fn run(document: &mut Document, out: &mut Diagnostics) {
    change(&mut document.root, &mut Schemas { out });
}

struct Schemas<'o> {
    out: &'o mut Diagnostics,
}

impl Changer for Schemas<'_> {
    fn enter(&mut self, kind: Kind, node: &mut Node, place: &NodePath<'_>) -> bool {
        shapes::repair(kind, node);
        plain_parameters::repair(kind, node, &mut NodeContext::new(place, self.out));
        true
    }

    fn leave(&mut self, kind: Kind, node: &mut Node, place: &NodePath<'_>) {
        if kind == Kind::Schema {
            schema::canonical(node, &mut NodeContext::new(place, self.out));
        }
    }
}

/// Rewrites a component schema into the canonical form again, after a step has changed it.
pub(super) fn canonical_component(root: &mut Node, name: &str, out: &mut Diagnostics) {
    let components = NodePath::ROOT.key("components");
    let schemas = components.key("schemas");
    let found = root.get_mut("components").and_then(|components| components.get_mut("schemas"));
    if let Some(schema) = found.and_then(|schemas| schemas.get_mut(name)) {
        change_from(Kind::Schema, schema, &schemas.key(name), &mut Schemas { out });
    }
}
