//! Replaces each `$ref` to a component other than a schema with a copy, which keeps its name.
//!
//! A `$ref` that remains has no target and has been reported. `operations` handles it.

use super::COMPONENT_NAME;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node, Object, pointer};
use crate::limits::{INLINED_DEPTH, INLINED_NODES, WALK_DEPTH};
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::{Changer, change_from};

pub(super) fn run(document: &mut Document, out: &mut Diagnostics) {
    let components = match document.root.get_mut("components").and_then(Node::as_object_mut) {
        Some(components) => std::mem::take(components),
        None => Object::new(),
    };
    let mut inliner = Inliner { components: &components, budget: INLINED_NODES, open: Vec::new(), out };
    for (key, kind) in [("paths", Kind::Paths), ("webhooks", Kind::Callback)] {
        if let Some(node) = document.root.get_mut(key) {
            change_from(kind, node, &NodePath::ROOT.key(key), &mut inliner);
        }
    }
    let mut schemes = components.get("securitySchemes").cloned();
    for scheme in schemes.iter_mut().filter_map(Node::as_object_mut).flat_map(Object::values_mut) {
        inliner.reference(Kind::SecurityScheme, scheme, &NodePath::ROOT);
    }
    if let Some(schemes) = schemes.as_mut().and_then(Node::as_object_mut) {
        schemes.retain(|_, scheme| scheme.get("$ref").is_none());
    }
    put_back(document, components, schemes);
}

/// Removes all components that nothing refers to any more, except schemas, security schemes and
/// extensions.
fn put_back(document: &mut Document, mut components: Object, schemes: Option<Node>) {
    if let Some(schemes) = schemes {
        components.insert("securitySchemes", schemes);
    }
    components.retain(|key, _| matches!(key, "schemas" | "securitySchemes") || key.starts_with("x-"));
    if let Some(place) = document.root.get_mut("components").and_then(Node::as_object_mut) {
        *place = components;
    }
}

struct Inliner<'c, 'o> {
    components: &'c Object,
    budget: usize,
    /// The depths in the walk at which the components being inlined were opened.
    open: Vec<usize>,
    out: &'o mut Diagnostics,
}

impl Changer for Inliner<'_, '_> {
    fn enter(&mut self, kind: Kind, node: &mut Node, place: &NodePath<'_>) -> bool {
        if kind == Kind::Schema {
            return false;
        }
        if kind.folder().is_some() && node.get("$ref").is_some() {
            let depth = depth(place);
            self.open.retain(|open| *open < depth);
            if self.open.len() >= INLINED_DEPTH || depth > WALK_DEPTH / 2 {
                self.too_much(node, place);
                return false;
            }
            self.open.push(depth);
            self.reference(kind, node, place);
        }
        true
    }
}

fn depth(place: &NodePath<'_>) -> usize {
    let mut depth = 0;
    let mut here = place.above();
    while let Some(place) = here {
        depth += 1;
        here = place.above();
    }
    depth
}

impl Inliner<'_, '_> {
    /// Replaces a reference with its component. Chains of references are followed.
    fn reference(&mut self, kind: Kind, node: &mut Node, place: &NodePath<'_>) {
        for _ in 0..INLINED_DEPTH {
            let Some(name) = node.reference().and_then(|target| name(kind, target)) else {
                return;
            };
            let folder = kind.folder().and_then(|folder| self.components.get(folder));
            let Some(component) = folder.and_then(|folder| folder.get(&name)) else {
                return;
            };
            let size = component.size_within(self.budget);
            if size >= self.budget {
                self.too_much(node, place);
                return;
            }
            self.budget -= size;
            let siblings = std::mem::replace(node, component.clone());
            adopt(kind, node, siblings, &name);
        }
        if node.reference().is_some() {
            self.cycle(node, place);
        }
    }

    fn cycle(&mut self, node: &Node, place: &NodePath<'_>) {
        let message = "the reference leads back to itself";
        self.out.report(
            Diagnostic::new(&codes::ENDLESS_REFERENCE, node, message)
                .help("its target is left out; write it out here")
                .at(place.pointer()),
        );
    }

    fn too_much(&mut self, node: &Node, place: &NodePath<'_>) {
        let message = "the component contains itself, or too many others";
        self.out.report(
            Diagnostic::new(&codes::ENDLESS_REFERENCE, node, message)
                .help("it is left out here; callbacks cannot be nested without end")
                .at(place.pointer()),
        );
    }
}

/// The siblings of the reference override the component's own entries. A path item is merged with
/// them.
fn adopt(kind: Kind, node: &mut Node, siblings: Node, name: &str) {
    let span = siblings.span;
    let Some(object) = node.as_object_mut() else {
        return;
    };
    if let crate::document::Value::Object(siblings) = siblings.value {
        for entry in siblings {
            let text = matches!(&*entry.key, "description" | "summary");
            if text || (kind == Kind::PathItem && &*entry.key != "$ref") {
                object.insert_entry(entry);
            }
        }
    }
    if !object.contains_key("$ref") && kind != Kind::Callback && !object.contains_key(COMPONENT_NAME) {
        object.insert(COMPONENT_NAME, Node::new(name, span));
    }
}

fn name(kind: Kind, target: &str) -> Option<String> {
    let pointer = pointer::of_reference(target)?;
    let mut tokens = pointer::tokens(&pointer)?;
    let plain = tokens.next()? == "components" && Some(&*tokens.next()?) == kind.folder();
    let name = tokens.next()?.into_owned();
    (plain && tokens.next().is_none()).then_some(name)
}
