//! Visits every object of the format in a document, to read or to change it, without following
//! references.
//!
//! **Invariant:** only its position decides what a node is. Examples, defaults, enum values and
//! extensions are data and are never visited, and a property may be named `properties` or `$ref`.

use super::grammar::{Form, Kind};
use super::path::NodePath;
use crate::document::{Node, Object, VersionLine};
use crate::limits::WALK_DEPTH;

/// A visitor that can change the objects of a document.
pub trait Changer {
    /// The version that the document is written in.
    fn version(&self) -> VersionLine {
        VersionLine::V3_2
    }

    /// Called before the children; `false` skips them.
    fn enter(&mut self, kind: Kind, node: &mut Node, path: &NodePath<'_>) -> bool {
        let _ = (kind, node, path);
        true
    }

    /// Called after the children.
    fn leave(&mut self, kind: Kind, node: &mut Node, path: &NodePath<'_>) {
        let _ = (kind, node, path);
    }
}

/// Calls `visit` with every object of the format, parents first.
///
/// Nodes of the wrong type are visited too, so that a rule can report them.
pub fn walk<'d>(root: &'d Node, visit: &mut dyn FnMut(Kind, &'d Node, &NodePath<'_>)) {
    walk_in(VersionLine::V3_2, root, visit);
}

/// Like [`walk`], for a document of a given version.
pub fn walk_in<'d>(version: VersionLine, root: &'d Node, visit: &mut dyn FnMut(Kind, &'d Node, &NodePath<'_>)) {
    read_object(Kind::OpenApi, root, &NodePath::ROOT, 0, &mut Each { version, visit });
}

/// Calls `changer` with every object of the format.
pub fn change(root: &mut Node, changer: &mut impl Changer) {
    change_from(Kind::OpenApi, root, &NodePath::ROOT, changer);
}

/// Calls `changer` with an object of the format and every object below it.
pub fn change_from(kind: Kind, node: &mut Node, path: &NodePath<'_>, changer: &mut impl Changer) {
    change_object(kind, node, path, 0, changer);
}

/// Whether an object is a reference whose siblings are ignored: only schemas and path items can
/// have siblings.
#[must_use]
pub fn is_pure_reference(kind: Kind, node: &Node) -> bool {
    !matches!(kind, Kind::Schema | Kind::PathItem) && kind.folder().is_some() && node.reference().is_some()
}

/// The schemas directly below a schema.
pub fn subschemas(schema: &Node) -> impl Iterator<Item = &Node> {
    entries(schema).flat_map(|(keyword, value)| {
        let form = Kind::Schema.child(keyword).filter(|form| form.kind() == Some(Kind::Schema));
        let (one, several) = match form {
            Some(Form::One(_)) => (Some(value), None),
            Some(Form::OneOrMany(_)) if value.as_array().is_none() => (Some(value), None),
            Some(_) => (None, Some(value.children())),
            None => (None, None),
        };
        one.into_iter().chain(several.into_iter().flatten())
    })
}

/// A visitor that calls a function.
struct Each<'v, 'd> {
    version: VersionLine,
    visit: &'v mut dyn FnMut(Kind, &'d Node, &NodePath<'_>),
}

impl<'d> Each<'_, 'd> {
    fn version(&self) -> VersionLine {
        self.version
    }

    fn enter(&mut self, kind: Kind, node: &'d Node, path: &NodePath<'_>) -> bool {
        (self.visit)(kind, node, path);
        true
    }

    #[expect(clippy::unused_self, reason = "the traversal calls it on every visitor")]
    fn leave(&mut self, _: Kind, _: &Node, _: &NodePath<'_>) {}
}

/// The traversal, for both kinds of references.
macro_rules! traversal {
    ($object:ident, $below:ident, $node:ty, $visitor:ty, $array:ident, $entries:ident) => {
        fn $object<'d>(kind: Kind, node: $node, path: &NodePath<'_>, depth: usize, visitor: &mut $visitor) {
            if depth > WALK_DEPTH || !visitor.enter(kind, node, path) {
                return;
            }
            if !is_pure_reference(kind, node) {
                let version = visitor.version();
                for (key, child) in $entries(node) {
                    if let Some(form) = kind.child_in(key, version) {
                        $below(form, child, &path.key(key), depth + 1, visitor);
                    }
                }
            }
            visitor.leave(kind, node, path);
        }

        fn $below<'d>(form: Form, node: $node, path: &NodePath<'_>, depth: usize, visitor: &mut $visitor) {
            match form {
                Form::OneOrMany(kind) if node.as_array().is_none() => $object(kind, node, path, depth, visitor),
                Form::One(kind) => $object(kind, node, path, depth, visitor),
                Form::Many(kind) | Form::OneOrMany(kind) => {
                    for (index, member) in node.$array().into_iter().flatten().enumerate() {
                        $object(kind, member, &path.index(index), depth, visitor);
                    }
                }
                Form::Named(kind) => {
                    for (key, value) in $entries(node) {
                        $object(kind, value, &path.key(key), depth, visitor);
                    }
                }
                _ => {}
            }
        }
    };
}

traversal!(read_object, read_below, &'d Node, Each<'_, 'd>, as_array, entries);
traversal!(change_object, change_below, &'d mut Node, impl Changer, as_array_mut, entries_mut);

fn entries(node: &Node) -> impl Iterator<Item = (&str, &Node)> {
    node.as_object().into_iter().flatten().map(|entry| (&*entry.key, &entry.value))
}

fn entries_mut(node: &mut Node) -> impl Iterator<Item = (&str, &mut Node)> {
    node.as_object_mut().into_iter().flat_map(Object::iter_mut)
}
