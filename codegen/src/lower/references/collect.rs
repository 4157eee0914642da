//! Finds the references that are not plainly to a component that exists, and the anchors they may name.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Node, Object};
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::walk;

/// One way of referring: the kind of the object, the text, and the component schema that holds the reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Request {
    pub kind: Kind,
    pub target: String,
    pub base: String,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub requests: BTreeSet<Request>,
    /// Anchor to pointer.
    pub anchors: BTreeMap<String, String>,
    /// `$id` to pointer.
    pub ids: BTreeMap<String, String>,
}

impl Found {
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }
}

pub(super) fn collect(root: &Node) -> Found {
    let mut found = Found::default();
    walk(root, &mut |kind, node, place| {
        let Some(object) = node.as_object() else {
            return;
        };
        if kind == Kind::Schema {
            anchors(object, place, &mut found);
        }
        if kind == Kind::Discriminator {
            let mapping = object.get("mapping").and_then(Node::as_object);
            for target in mapping.into_iter().flat_map(Object::values).filter_map(Node::as_str) {
                if target.contains('#') {
                    request(root, Kind::Schema, target, place, &mut found);
                }
            }
        }
        if kind.folder().is_some() {
            for keyword in reference_keywords(kind) {
                if let Some(target) = object.get(keyword).and_then(Node::as_str) {
                    request(root, kind, target, place, &mut found);
                }
            }
        }
    });
    found
}

/// The keywords that refer, for a kind of object.
pub(super) fn reference_keywords(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Schema => &["$ref", "$dynamicRef"],
        _ => &["$ref"],
    }
}

fn anchors(schema: &Object, place: &NodePath<'_>, found: &mut Found) {
    for keyword in ["$anchor", "$dynamicAnchor"] {
        if let Some(name) = schema.get(keyword).and_then(Node::as_str) {
            found.anchors.entry(name.to_owned()).or_insert_with(|| place.pointer());
        }
    }
    if let Some(id) = schema.get("$id").and_then(Node::as_str) {
        found.ids.entry(id.trim_end_matches('#').to_owned()).or_insert_with(|| place.pointer());
    }
}

fn request(root: &Node, kind: Kind, target: &str, place: &NodePath<'_>, found: &mut Found) {
    if !is_plain(root, kind, target) {
        found.requests.insert(Request { kind, target: target.to_owned(), base: base(place) });
    }
}

/// Whether the reference is to a component that exists, written without any escape.
pub(super) fn is_plain(root: &Node, kind: Kind, target: &str) -> bool {
    let name = kind
        .folder()
        .and_then(|folder| target.strip_prefix("#/components/")?.strip_prefix(folder)?.strip_prefix('/'))
        .filter(|name| !name.contains(['/', '~', '%']));
    let component = || root.get("components")?.get(kind.folder()?)?.get(name?);
    name.is_some() && component().is_some()
}

/// The component that a place is in, as `schemas/Name`; pointers of embedded JSON Schemas are often relative to it.
pub(super) fn base(place: &NodePath<'_>) -> String {
    let mut names = Vec::new();
    let mut here = Some(place);
    while let Some(place) = here {
        names.push(place.last_key());
        here = place.above();
    }
    names.reverse();
    match names.as_slice() {
        [_, Some("components"), Some("schemas"), Some(name), ..] => (*name).to_owned(),
        _ => String::new(),
    }
}
