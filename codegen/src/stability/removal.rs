//! Removes operations, one at a time.

use std::collections::BTreeSet;

use crate::document::{Document, Node, pointer};
use crate::ir::naming;
use crate::openapi::operations::{self, Listed, retain};

const SCHEMAS: &str = "/components/schemas";

/// An operation of a document.
#[derive(Clone, Debug)]
pub(super) struct Place {
    section: &'static str,
    pub(super) path: String,
    pub(super) method: String,
    pointer: String,
}

impl Place {
    /// The document without the operation and the schemas that only it uses. A union in the
    /// operation gives its members their tags, and they lose these with it.
    pub(super) fn removed_from(&self, root: &Node) -> Node {
        let mut rest = root.clone();
        let item = rest.get_mut(self.section).and_then(|section| section.get_mut(&self.path));
        if let Some(item) = item.and_then(Node::as_object_mut) {
            retain(item, |key, _| key.method() != self.method);
        }
        let before = used(root, BTreeSet::new());
        let schemas = root.pointer(SCHEMAS).and_then(Node::as_object).into_iter().flatten();
        let unused = schemas.map(|entry| entry.key.to_string()).filter(|name| !before.contains(name)).collect();
        let kept = used(&rest, unused);
        if let Some(schemas) = rest.pointer_mut(SCHEMAS).and_then(Node::as_object_mut) {
            schemas.retain_entries(|entry| kept.contains(&*entry.key));
        }
        rest
    }
}

/// The names of these schemas, of those that anything else in the document refers to, and of those
/// that they refer to in turn.
fn used(root: &Node, mut names: BTreeSet<String>) -> BTreeSet<String> {
    let schemas = root.pointer(SCHEMAS);
    let schema = |name: &str| schemas.and_then(|schemas| schemas.get(name));
    let mut open: Vec<&Node> = names.iter().filter_map(|name| schema(name)).collect();
    open.push(root);
    while let Some(node) = open.pop() {
        if let Some(name) = node.as_str().and_then(named)
            && let Some(schema) = schema(&name)
            && names.insert(name)
        {
            open.push(schema);
        }
        let inside = node.as_object().into_iter().flatten().map(|entry| &entry.value);
        open.extend(inside.filter(|inside| schemas.is_none_or(|schemas| !std::ptr::eq(*inside, schemas))));
        open.extend(node.as_array().unwrap_or_default());
    }
    names
}

/// The schema that a reference, an entry of a mapping or an operation's link names.
fn named(text: &str) -> Option<String> {
    let pointer = pointer::of_reference(text)?;
    let token = pointer.strip_prefix(SCHEMAS)?.strip_prefix('/')?.split('/').next()?;
    Some(pointer::unescape(token).into_owned())
}

/// A sample of operations at equal distances. It leaves out those that references point into, and
/// those that claim the name of a tag, since the group of that tag has another name because of
/// them.
pub(super) fn sample(document: &Document, most: usize) -> Vec<Place> {
    let references = references(&document.root);
    let is_free = |place: &Place| !references.iter().any(|reference| reference.contains(&place.pointer));
    let listed = operations::list(&document.root);
    let tags: BTreeSet<String> = listed.iter().flat_map(|one| operations::tags(one.node)).map(naming::snake).collect();
    let claims_tag = |one: &Listed<'_>| {
        let id = one.node.get("operationId").and_then(Node::as_str);
        id.is_some_and(|id| tags.contains(&naming::snake(id)))
    };
    let listed = listed.into_iter().filter(|one| !claims_tag(one)).map(|one| Place {
        section: one.section,
        path: one.path.to_owned(),
        method: one.key.method(),
        pointer: one.pointer(),
    });
    let places: Vec<Place> = listed.collect();
    let step = places.len().div_ceil(most.max(1)).max(1);
    places.into_iter().step_by(step).filter(is_free).collect()
}

/// The references that lead into operations.
fn references(root: &Node) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let inside = |text: &&str| text.contains("#/paths") || text.contains("#/webhooks");
        found.extend(node.reference().filter(inside).map(str::to_owned));
        open.extend(node.as_object().into_iter().flatten().map(|entry| &entry.value));
        open.extend(node.as_array().unwrap_or_default());
    }
    found
}
