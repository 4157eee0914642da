//! Shows every object of the format in a document to a visitor, without changing anything and without following references.

use super::grammar::{Form, Kind};
use super::place::Place;
use crate::document::{Node, Value};

/// Documents are at most 128 deep; what is deeper than this was not made by the loader and is left alone.
pub const DEEPEST: usize = 512;

/// Calls `visit` with every object of the format, parents first.
///
/// Objects are found by their place only: what stands in examples, defaults, enums and extensions is data. A node of
/// the wrong kind is shown too, so that a rule can say so.
pub fn walk<'d>(root: &'d Node, visit: &mut dyn FnMut(Kind, &'d Node, &Place<'_>)) {
    enter(Kind::OpenApi, root, &Place::ROOT, 0, visit);
}

/// Calls `visit` with every object of the format at and below one of them.
pub fn walk_from<'d>(kind: Kind, node: &'d Node, place: &Place<'_>, visit: &mut dyn FnMut(Kind, &'d Node, &Place<'_>)) {
    enter(kind, node, place, 0, visit);
}

fn enter<'d>(
    kind: Kind,
    node: &'d Node,
    place: &Place<'_>,
    depth: usize,
    visit: &mut dyn FnMut(Kind, &'d Node, &Place<'_>),
) {
    if depth > DEEPEST {
        return;
    }
    visit(kind, node, place);
    let Some(object) = node.as_object() else {
        return;
    };
    if is_pure_reference(kind, node) {
        return;
    }
    for entry in object {
        if let Some(form) = kind.child(&entry.key) {
            below(form, &entry.value, &place.key(&entry.key), depth + 1, visit);
        }
    }
}

fn below<'d>(
    form: Form,
    node: &'d Node,
    place: &Place<'_>,
    depth: usize,
    visit: &mut dyn FnMut(Kind, &'d Node, &Place<'_>),
) {
    match (form, &node.value) {
        (Form::Many(kind) | Form::OneOrMany(kind), Value::Array(members)) => {
            for (index, member) in members.iter().enumerate() {
                enter(kind, member, &place.index(index), depth, visit);
            }
        }
        (Form::One(kind) | Form::OneOrMany(kind), _) => enter(kind, node, place, depth, visit),
        (Form::Named(kind), Value::Object(object)) => {
            for entry in object {
                enter(kind, &entry.value, &place.key(&entry.key), depth, visit);
            }
        }
        _ => {}
    }
}

/// Whether the object stands for another and nothing beside its `$ref` counts: only schemas and path items have siblings.
#[must_use]
pub fn is_pure_reference(kind: Kind, node: &Node) -> bool {
    !matches!(kind, Kind::Schema | Kind::PathItem) && kind.folder().is_some() && node.reference().is_some()
}
