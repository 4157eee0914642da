//! Shows every object of the format in a document to a visitor that may change it, without following references.
//!
//! The rule it keeps: an object is known by its place only. Examples, defaults, enum values and extensions are data and are never
//! shown, whatever they look like, and a property may be called `properties` or `$ref`.

use crate::document::{Node, Value};
use crate::validate::grammar::{Form, Kind};
use crate::validate::place::Place;
use crate::validate::walk::{DEEPEST, is_pure_reference};

/// What is done with the objects of a document.
pub trait Visitor {
    /// Called before the children; `false` leaves them out.
    fn enter(&mut self, kind: Kind, node: &mut Node, place: &Place<'_>) -> bool {
        let _ = (kind, node, place);
        true
    }

    /// Called after the children.
    fn leave(&mut self, kind: Kind, node: &mut Node, place: &Place<'_>) {
        let _ = (kind, node, place);
    }
}

/// Shows a whole document.
pub fn walk(root: &mut Node, visitor: &mut impl Visitor) {
    walk_from(Kind::OpenApi, root, &Place::ROOT, visitor);
}

/// Shows an object of the format and everything below it.
pub fn walk_from(kind: Kind, node: &mut Node, place: &Place<'_>, visitor: &mut impl Visitor) {
    one(kind, node, place, 0, visitor);
}

fn one(kind: Kind, node: &mut Node, place: &Place<'_>, depth: usize, visitor: &mut impl Visitor) {
    if depth > DEEPEST || !visitor.enter(kind, node, place) {
        return;
    }
    if !is_pure_reference(kind, node)
        && let Value::Object(object) = &mut node.value
    {
        for (key, child) in object.iter_mut() {
            if let Some(form) = kind.child(key) {
                below(form, child, &place.key(key), depth + 1, visitor);
            }
        }
    }
    visitor.leave(kind, node, place);
}

fn below(form: Form, node: &mut Node, place: &Place<'_>, depth: usize, visitor: &mut impl Visitor) {
    match (form, &mut node.value) {
        (Form::Many(kind) | Form::OneOrMany(kind), Value::Array(members)) => {
            for (index, member) in members.iter_mut().enumerate() {
                one(kind, member, &place.index(index), depth, visitor);
            }
        }
        (Form::Named(kind), Value::Object(object)) => {
            for (key, member) in object.iter_mut() {
                one(kind, member, &place.key(key), depth, visitor);
            }
        }
        (Form::One(kind) | Form::OneOrMany(kind), _) => one(kind, node, place, depth, visitor),
        _ => {}
    }
}
