//! Finds the references that are not plain references to existing components, and the anchors that
//! they can name.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Node, Object};
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::walk;

/// One reference: the kind of the object, the text, and the component schema that holds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Request {
    pub kind: Kind,
    pub target: String,
    pub base: String,
}

/// The references and anchors of a document.
#[derive(Debug, Default)]
pub(super) struct References {
    pub requests: BTreeSet<Request>,
    /// The pointers of anchors, by name.
    pub anchors: BTreeMap<String, String>,
    /// The pointers of anchors, by component and name.
    pub own_anchors: BTreeMap<(String, String), String>,
    /// The pointers of schemas, by `$id`.
    pub ids: BTreeMap<String, String>,
}

impl References {
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }
}

pub(super) fn collect(root: &Node) -> References {
    let mut found = References::default();
    walk(root, &mut |kind, node, path| {
        let Some(object) = node.as_object() else {
            return;
        };
        if kind == Kind::Schema {
            anchors(object, path, &mut found);
        }
        if kind == Kind::Discriminator {
            let mapping = object.get("mapping").and_then(Node::as_object);
            for target in mapping.into_iter().flat_map(Object::values).filter_map(Node::as_str) {
                if target.contains('#') {
                    request(root, Kind::Schema, target, path, &mut found);
                }
            }
        }
        if kind.folder().is_some() {
            for keyword in reference_keywords(kind) {
                if let Some(target) = object.get(keyword).and_then(Node::as_str) {
                    request(root, kind, target, path, &mut found);
                }
            }
        }
    });
    found
}

/// The keywords of a kind of object that hold references.
pub(super) fn reference_keywords(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Schema => &["$ref", "$dynamicRef"],
        _ => &["$ref"],
    }
}

fn anchors(schema: &Object, path: &NodePath<'_>, found: &mut References) {
    for keyword in ["$anchor", "$dynamicAnchor"] {
        if let Some(name) = schema.get(keyword).and_then(Node::as_str) {
            found.anchors.entry(name.to_owned()).or_insert_with(|| path.pointer());
            found.own_anchors.entry((base(path), name.to_owned())).or_insert_with(|| path.pointer());
        }
    }
    if let Some(id) = schema.get("$id").and_then(Node::as_str) {
        found.ids.entry(id.trim_end_matches('#').to_owned()).or_insert_with(|| path.pointer());
    }
}

fn request(root: &Node, kind: Kind, target: &str, path: &NodePath<'_>, found: &mut References) {
    if !is_plain(root, kind, target) {
        found.requests.insert(Request { kind, target: target.to_owned(), base: base(path) });
    }
}

/// Whether the target is an existing component and the reference contains no escapes.
pub(super) fn is_plain(root: &Node, kind: Kind, target: &str) -> bool {
    let name = kind
        .folder()
        .and_then(|folder| target.strip_prefix("#/components/")?.strip_prefix(folder)?.strip_prefix('/'))
        .filter(|name| !name.contains(['/', '~', '%']));
    let component = || root.get("components")?.get(kind.folder()?)?.get(name?);
    name.is_some() && component().is_some()
}

/// The component that contains a node, such as `schemas/Name`. Pointers in embedded JSON Schemas
/// are often relative to it.
pub(super) fn base(path: &NodePath<'_>) -> String {
    let mut names = Vec::new();
    let mut here = Some(path);
    while let Some(path) = here {
        names.push(path.last_key());
        here = path.above();
    }
    names.reverse();
    match names.as_slice() {
        [_, Some("components"), Some("schemas"), Some(name), ..] => (*name).to_owned(),
        _ => String::new(),
    }
}
