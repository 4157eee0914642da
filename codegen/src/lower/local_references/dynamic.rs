//! Binds dynamic references. A schema that refers to a generic schema and has the dynamic anchors
//! that the generic one asks for gets a copy of it, in which the dynamic references are plain
//! references.
//!
//! `CatPage` with `$ref: page` and `$defs: {T: {$dynamicAnchor: T, $ref: Cat}}` is a page of cats.
//! `IntTree` with `$dynamicAnchor: node` and `$ref: tree` is a tree whose children are `IntTree`s.

use std::collections::BTreeMap;

use crate::document::{Node, Object, pointer};
use crate::limits::GENERIC_DEPTH;
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::{Changer, change, change_from};

const DYNAMIC: &str = "$dynamicRef";
const RECURSIVE: &str = "$recursiveRef";

pub(super) fn run(root: &mut Node) {
    let generics = generics(root);
    if !generics.is_empty() {
        change(root, &mut Bind { generics });
    }
}

/// A component with dynamic references.
struct Generic {
    name: String,
    id: Option<String>,
    node: Node,
}

fn generics(root: &Node) -> Vec<Generic> {
    let components = root.pointer("/components/schemas").and_then(Node::as_object).into_iter().flatten();
    let found = components.filter(|entry| is_generic(&entry.value)).map(|entry| Generic {
        name: entry.key.to_string(),
        id: entry.value.get("$id").and_then(Node::as_str).map(|id| id.trim_end_matches('#').to_owned()),
        node: entry.value.clone(),
    });
    found.collect()
}

fn is_generic(node: &Node) -> bool {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if node.get(DYNAMIC).is_some() || node.get(RECURSIVE).is_some() {
            return true;
        }
        open.extend(node.children());
    }
    false
}

struct Bind {
    generics: Vec<Generic>,
}

impl Changer for Bind {
    fn enter(&mut self, kind: Kind, node: &mut Node, path: &NodePath<'_>) -> bool {
        if kind == Kind::Schema {
            let anchors = anchors(node, &path.pointer());
            if !anchors.is_empty() {
                self.bind(node, &anchors, GENERIC_DEPTH);
            }
        }
        true
    }
}

/// The anchors of a schema and its definitions, each with the reference that it becomes. The anchor
/// without a name belongs to `$recursiveRef`.
fn anchors(node: &Node, at: &str) -> BTreeMap<String, String> {
    let mut anchors = BTreeMap::new();
    if node.get("$recursiveAnchor").and_then(Node::as_bool) == Some(true) {
        anchors.insert(String::new(), pointer::to_reference(at));
    }
    let definitions = node.get("$defs").and_then(Node::as_object).into_iter().flatten();
    let definitions = definitions.map(|entry| (pointer::join(&pointer::join(at, "$defs"), &entry.key), &entry.value));
    for (at, node) in std::iter::once((at.to_owned(), node)).chain(definitions) {
        if let Some(name) = node.get("$dynamicAnchor").and_then(Node::as_str) {
            let alone = node.as_object().is_some_and(|object| object.len() == 2);
            let target = node.reference().filter(|_| alone).map(str::to_owned);
            anchors.insert(name.to_owned(), target.unwrap_or_else(|| pointer::to_reference(&at)));
        }
    }
    anchors
}

impl Bind {
    /// Replaces references to generic schemas with copies, also where they are members of `allOf`.
    fn bind(&self, node: &mut Node, anchors: &BTreeMap<String, String>, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let span = node.span;
        if let Some(copy) = self.copy(node, anchors, depth)
            && let Some(schema) = node.as_object_mut()
        {
            schema.remove("$ref");
            match schema.get_mut("allOf").and_then(Node::as_array_mut) {
                Some(members) => members.insert(0, copy),
                None => {
                    schema.insert("allOf", Node::new(vec![copy], span));
                }
            }
        }
        for member in node.get_mut("allOf").and_then(Node::as_array_mut).into_iter().flatten() {
            if member.reference().is_some() {
                self.bind(member, anchors, depth);
            }
        }
    }

    /// A copy of the generic schema that a schema refers to, if it asks for one of the anchors.
    fn copy(&self, node: &Node, anchors: &BTreeMap<String, String>, depth: usize) -> Option<Node> {
        let reference = node.reference()?;
        let is_target = |generic: &&Generic| {
            let name = reference.strip_prefix("#/components/schemas/").map(pointer::unescape);
            name.is_some_and(|name| *name == *generic.name) || generic.id.as_deref() == Some(reference)
        };
        let generic = self.generics.iter().find(is_target)?;
        let mut copy = generic.node.clone();
        let mut substitute = Substitute { anchors, generic: &generic.name, found: false };
        change_from(Kind::Schema, &mut copy, &NodePath::ROOT, &mut substitute);
        let found = substitute.found;
        if let Some(schema) = copy.as_object_mut() {
            for keyword in ["$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$defs", "definitions"] {
                schema.remove(keyword);
            }
        }
        self.bind(&mut copy, anchors, depth);
        found.then_some(copy)
    }
}

struct Substitute<'b> {
    anchors: &'b BTreeMap<String, String>,
    generic: &'b str,
    found: bool,
}

impl Changer for Substitute<'_> {
    fn enter(&mut self, kind: Kind, node: &mut Node, _: &NodePath<'_>) -> bool {
        let Some(schema) = node.as_object_mut().filter(|_| kind == Kind::Schema) else { return true };
        for keyword in [DYNAMIC, RECURSIVE] {
            self.replace(schema, keyword);
        }
        // Pointers relative to the generic schema are not relative to the copy.
        if let Some(reference) = schema.get_mut("$ref")
            && let Some(rest) = reference.as_str().and_then(|text| text.strip_prefix("#/$defs/"))
        {
            let definitions = pointer::join(&pointer::join("/components/schemas", self.generic), "$defs");
            reference.value = format!("{}/{rest}", pointer::to_reference(&definitions)).into();
        }
        true
    }
}

impl Substitute<'_> {
    fn replace(&mut self, schema: &mut Object, keyword: &str) {
        let anchor = schema.get(keyword).and_then(Node::as_str).and_then(|text| text.rsplit('#').next());
        let Some(target) = anchor.and_then(|anchor| self.anchors.get(anchor)).cloned() else { return };
        if let Some(old) = schema.remove(keyword) {
            schema.insert("$ref", Node::new(target, old.span));
            self.found = true;
        }
    }
}
