//! Binds dynamic references: a generic schema that is reached from one with the dynamic anchors that
//! it asks for is copied there, with plain references in place of the dynamic ones.
//!
//! `CatPage` with `$ref: page` and `$defs: {T: {$dynamicAnchor: T, $ref: Cat}}` is a page of cats.
//! `IntTree` with `$dynamicAnchor: node` and `$ref: tree` is a tree whose children are `IntTree`s.
//!
//! **Invariant:** the outermost anchor wins, and a generic schema that refers to itself is copied
//! once: the copy refers to itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Node, Object, pointer};
use crate::limits::{GENERIC_DEPTH, GENERIC_NODES};
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::{Changer, change, change_from};

const DYNAMIC: &str = "$dynamicRef";
const RECURSIVE: &str = "$recursiveRef";

/// Keywords that belong to the generic schema, not to its copies.
const OF_THE_ORIGINAL: [&str; 6] = ["$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$defs", "definitions"];

/// By name of an anchor, the reference that it becomes. The anchor without a name is that of
/// `$recursiveRef`.
type Anchors = BTreeMap<String, String>;

pub(super) fn run(root: &mut Node) {
    let generics = generics(root);
    if !generics.is_empty() {
        change(root, &mut Bind { generics, left: GENERIC_NODES });
    }
}

/// A component with dynamic references, or with references to such components.
struct Generic {
    name: String,
    id: Option<String>,
    node: Node,
    /// Its own anchors, which hold where nothing around it has them.
    anchors: Anchors,
    size: usize,
}

impl Generic {
    fn is_target(&self, reference: &str) -> bool {
        let name = reference.strip_prefix("#/components/schemas/").map(pointer::unescape);
        name.is_some_and(|name| *name == *self.name) || self.id.as_deref() == Some(reference.trim_end_matches('#'))
    }
}

fn generics(root: &Node) -> Vec<Generic> {
    let components = root.pointer("/components/schemas").and_then(Node::as_object).into_iter().flatten();
    let mut others: Vec<Generic> = Vec::new();
    let mut found: Vec<Generic> = Vec::new();
    for entry in components {
        let at = pointer::join("/components/schemas", &entry.key);
        let generic = Generic {
            name: entry.key.to_string(),
            id: entry.value.get("$id").and_then(Node::as_str).map(|id| id.trim_end_matches('#').to_owned()),
            node: entry.value.clone(),
            anchors: anchors(&entry.value, &at),
            size: size(&entry.value),
        };
        let asks = any(&entry.value, &|node| node.get(DYNAMIC).is_some() || node.get(RECURSIVE).is_some());
        if asks { found.push(generic) } else { others.push(generic) }
    }
    // A page of pages asks for what a page asks for.
    for _ in 0..GENERIC_DEPTH {
        let refers = |node: &Node| {
            node.reference().is_some_and(|reference| found.iter().any(|generic| generic.is_target(reference)))
        };
        let (more, rest): (Vec<_>, Vec<_>) = others.into_iter().partition(|other| any(&other.node, &refers));
        others = rest;
        if more.is_empty() || found.is_empty() {
            break;
        }
        found.extend(more);
    }
    found
}

fn any(node: &Node, test: &dyn Fn(&Node) -> bool) -> bool {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if test(node) {
            return true;
        }
        open.extend(node.children());
    }
    false
}

fn size(node: &Node) -> usize {
    let (mut open, mut size) = (vec![node], 0);
    while let Some(node) = open.pop() {
        size += 1;
        open.extend(node.children());
    }
    size
}

/// The anchors of a schema and of its definitions.
fn anchors(node: &Node, at: &str) -> Anchors {
    let mut anchors = Anchors::new();
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

struct Bind {
    generics: Vec<Generic>,
    /// How many nodes may still be copied.
    left: usize,
}

impl Changer for Bind {
    fn enter(&mut self, kind: Kind, node: &mut Node, path: &NodePath<'_>) -> bool {
        if kind == Kind::Schema {
            let at = path.pointer();
            let anchors = anchors(node, &at);
            if !anchors.is_empty() {
                let this = self.generic(&pointer::to_reference(&at));
                let copied = this.map(|index| (index, at.clone())).into_iter().collect();
                let mut within = Within::new(self, &anchors, &at, copied, None);
                change_from(Kind::Schema, node, &NodePath::ROOT, &mut within);
            }
        }
        true
    }
}

/// Binds the references within one schema, whose anchors hold.
struct Within<'b> {
    bind: &'b mut Bind,
    anchors: &'b Anchors,
    /// Where the schema is.
    at: &'b str,
    /// The generic schemas around, each with the pointer of its copy.
    copied: Vec<(usize, String)>,
    /// The generic schema that this one is a copy of.
    original: Option<&'b str>,
    /// The anchors that were asked for.
    asked: BTreeSet<String>,
    /// The pointers of copies, which are bound already.
    copies: BTreeSet<String>,
}

impl Changer for Within<'_> {
    fn enter(&mut self, kind: Kind, node: &mut Node, path: &NodePath<'_>) -> bool {
        let Some(schema) = node.as_object_mut().filter(|_| kind == Kind::Schema) else { return true };
        let at = format!("{}{}", self.at, path.pointer());
        if self.copies.contains(&at) {
            return false;
        }
        match self.original {
            Some(original) => {
                if [DYNAMIC, RECURSIVE].into_iter().any(|keyword| self.replace(schema, keyword)) {
                    return true;
                }
                rebase(schema, original);
            }
            // What an anchor stands for is bound by its own anchors: a page of pages of cats.
            None if schema.contains_key("$dynamicAnchor") && path.above().is_some() => return false,
            None => {}
        }
        self.bind(node, &at);
        true
    }
}

impl<'b> Within<'b> {
    fn new(
        bind: &'b mut Bind,
        anchors: &'b Anchors,
        at: &'b str,
        copied: Vec<(usize, String)>,
        original: Option<&'b str>,
    ) -> Self {
        Self { bind, anchors, at, copied, original, asked: BTreeSet::new(), copies: BTreeSet::new() }
    }

    /// Makes a dynamic reference a plain one, if it asks for one of the anchors.
    fn replace(&mut self, schema: &mut Object, keyword: &str) -> bool {
        let anchor = schema.get(keyword).and_then(Node::as_str).and_then(|text| text.rsplit('#').next());
        let Some((anchor, target)) = anchor.and_then(|anchor| self.anchors.get_key_value(anchor)) else { return false };
        let Some(old) = schema.remove(keyword) else { return false };
        schema.insert("$ref", Node::new(target.as_str(), old.span));
        self.asked.insert(anchor.clone());
        true
    }

    /// Puts a copy in the place of a reference to a generic schema that asks for one of the anchors.
    fn bind(&mut self, node: &mut Node, at: &str) {
        let span = node.span;
        let Some(index) = node.reference().and_then(|reference| self.bind.generic(reference)) else { return };
        if let Some((_, copy)) = self.copied.iter().find(|(known, _)| *known == index) {
            let reference = pointer::to_reference(copy);
            if let Some(written) = node.get_mut("$ref") {
                written.value = reference.into();
            }
            return;
        }
        let Some(copy) = self.copy(index, node, at) else { return };
        let Some(schema) = node.as_object_mut() else { return };
        schema.remove("$ref");
        self.copies.insert(format!("{at}/allOf/0"));
        match schema.get_mut("allOf").and_then(Node::as_array_mut) {
            Some(members) => members.insert(0, copy),
            None => {
                schema.insert("allOf", Node::new(vec![copy], span));
            }
        }
    }

    /// A copy of a generic schema with the anchors around; `None` if it asks for none of them.
    fn copy(&mut self, index: usize, node: &Node, at: &str) -> Option<Node> {
        let generic = self.bind.generics.get(index)?;
        let (mut copy, original, mut anchors) = (generic.node.clone(), generic.name.clone(), generic.anchors.clone());
        self.bind.left = self.bind.left.checked_sub(generic.size).filter(|_| self.copied.len() < GENERIC_DEPTH)?;
        anchors.extend(self.anchors.iter().map(|(anchor, target)| (anchor.clone(), target.clone())));
        if let Some(schema) = copy.as_object_mut() {
            for keyword in OF_THE_ORIGINAL {
                schema.remove(keyword);
            }
        }
        let place = format!("{at}/allOf/0");
        // A schema that adds nothing is its copy.
        let is_own = |key: &str| key == "$ref" || OF_THE_ORIGINAL.contains(&key);
        let is_all = node.as_object().is_some_and(|schema| schema.keys().all(is_own));
        let mut copied = self.copied.clone();
        copied.push((index, if is_all { at.to_owned() } else { place.clone() }));
        let mut within = Within::new(&mut *self.bind, &anchors, &place, copied, Some(original.as_str()));
        change_from(Kind::Schema, &mut copy, &NodePath::ROOT, &mut within);
        let asked = within.asked;
        let is_bound = asked.iter().any(|anchor| self.anchors.contains_key(anchor));
        self.asked.extend(asked);
        is_bound.then_some(copy)
    }
}

impl Bind {
    fn generic(&self, reference: &str) -> Option<usize> {
        self.generics.iter().position(|generic| generic.is_target(reference))
    }
}

/// A pointer relative to the generic schema is not relative to its copy.
fn rebase(schema: &mut Object, original: &str) {
    if let Some(reference) = schema.get_mut("$ref")
        && let Some(rest) = reference.as_str().and_then(|text| text.strip_prefix("#/$defs/"))
    {
        let definitions = pointer::join(&pointer::join("/components/schemas", original), "$defs");
        reference.value = format!("{}/{rest}", pointer::to_reference(&definitions)).into();
    }
}
