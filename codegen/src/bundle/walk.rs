//! Goes through a tree and rewrites each reference that leads to another file.

use std::mem::size_of;

use super::files::{ROOT, Target, join_uri};
use super::kind::Kind;
use super::target::Report;
use super::{Bundler, Diagnostic, codes};
use crate::document::{Entry, Node, Object, Value, pointer};

/// Where the walk is.
#[derive(Clone)]
pub(super) struct Place {
    pub file: usize,
    /// The pointer in that file.
    pub at: String,
    /// The innermost schema with an `$id`: its absolute URI and place.
    pub scope: Option<(String, Target)>,
    /// What is being put in place, outermost first.
    active: Vec<Target>,
    depth: usize,
}

impl Place {
    pub fn new(file: usize, at: String) -> Self {
        Self { file, at, scope: None, active: Vec::new(), depth: 0 }
    }
}

impl Bundler<'_> {
    /// Rewrites the references in a tree; the depth is bounded by the limits.
    pub(super) fn walk(&mut self, node: &mut Node, kind: Kind, place: &mut Place) {
        if !matches!(node.value, Value::Array(_) | Value::Object(_)) {
            return;
        }
        if place.depth >= self.limits.depth {
            let message = format!("files put into each other make more than {} levels", self.limits.depth);
            let diagnostic = Diagnostic::new(&codes::TOO_DEEP, &*node, message);
            self.out.report(diagnostic.help("move inner parts to `components`").at(place.at.clone()));
            node.value = Value::Null;
            return;
        }
        let outer = place.scope.clone();
        if kind == Kind::Schema {
            self.enter_scope(node, place);
        }
        place.depth += 1;
        self.walk_below(node, kind, place);
        place.depth -= 1;
        self.reference(node, kind, place);
        place.scope = outer;
    }

    fn enter_scope(&self, node: &Node, place: &mut Place) {
        let Some(id) = node.get("$id").and_then(Node::as_str) else {
            return;
        };
        let base = place.scope.as_ref().map_or_else(|| self.files.uri(place.file), |scope| scope.0.clone());
        if let Some(uri) = join_uri(&base, id) {
            place.scope = Some((uri, Target { file: place.file, pointer: place.at.clone() }));
        }
    }

    fn walk_below(&mut self, node: &mut Node, kind: Kind, place: &mut Place) {
        let length = place.at.len();
        match &mut node.value {
            Value::Array(nodes) => {
                for (index, node) in nodes.iter_mut().enumerate() {
                    place.at.push('/');
                    place.at.push_str(&index.to_string());
                    self.walk(node, kind.member(), place);
                    place.at.truncate(length);
                }
            }
            Value::Object(object) => {
                for (key, node) in object.iter_mut() {
                    place.at.push('/');
                    place.at.push_str(&pointer::escape(key));
                    match kind {
                        Kind::Mapping => self.mapping(node, place),
                        _ => self.walk(node, kind.child(key), place),
                    }
                    place.at.truncate(length);
                }
            }
            _ => {}
        }
    }

    /// A value of `discriminator.mapping`: a reference when it looks like one, else the name of a schema.
    fn mapping(&mut self, node: &mut Node, place: &Place) {
        let Some(text) = node.as_str().map(str::to_owned) else {
            return;
        };
        let file = [".json", ".yaml", ".yml"].iter().any(|extension| text.to_ascii_lowercase().ends_with(extension));
        let local = place.file == ROOT && text.starts_with('#');
        if local || !(file || text.contains(['/', '#'])) {
            return;
        }
        if let Some(target) = self.target(&text, node.span, place, Report::Loud) {
            node.value = Value::String(self.hoist(Kind::Schema, "schemas", target));
        }
    }

    fn reference(&mut self, node: &mut Node, kind: Kind, place: &mut Place) {
        let Some(reference) = node.get("$ref") else {
            return;
        };
        let span = reference.span;
        let Some(text) = reference.as_str().map(str::to_owned) else {
            self.not_text(node, kind, place);
            return;
        };
        if kind == Kind::Literal {
            self.literal(node, &text, place);
            return;
        }
        let Some(target) = self.target(&text, span, place, Report::Loud) else {
            return;
        };
        let local = place.file == ROOT && target.file == ROOT;
        match kind.section() {
            Some(section) => {
                let rewritten = self.hoist(kind, section, target);
                set_reference(node, rewritten);
            }
            None if local => set_reference(node, pointer::to_reference(&target.pointer)),
            None => self.inline(node, kind, target, place),
        }
    }

    /// A property may be named `$ref`; anywhere else it has to be text.
    fn not_text(&mut self, node: &mut Node, kind: Kind, place: &Place) {
        let named = matches!(kind, Kind::Each(_) | Kind::Literal | Kind::Mapping);
        let Some(object) = node.as_object_mut().filter(|_| !named) else {
            return;
        };
        if let Some(entry) = object.remove_entry("$ref") {
            let message = format!("a `$ref` is text, this is of type {}", entry.value.value.kind());
            let diagnostic = Diagnostic::new(&codes::INVALID_REFERENCE, &entry.value, message);
            let help = "write a reference such as `'#/components/schemas/Pet'`, in quotes";
            self.out.report(diagnostic.help(help).at(pointer::join(&place.at, "$ref")));
        }
    }

    /// Examples are data, but many documents refer to files in them.
    fn literal(&mut self, node: &mut Node, text: &str, place: &mut Place) {
        let pure = node.as_object().is_some_and(|object| object.len() == 1);
        let path = text.split('#').next().unwrap_or_default().to_ascii_lowercase();
        let file = [".json", ".yaml", ".yml"].iter().any(|extension| path.ends_with(extension));
        if !pure || !file {
            return;
        }
        if let Some(target) = self.target(text, node.span, place, Report::Quiet) {
            self.inline(node, Kind::Literal, target, place);
        }
    }

    /// Puts what a reference names in its place; entries beside `$ref` win.
    fn inline(&mut self, node: &mut Node, kind: Kind, target: Target, place: &mut Place) {
        if place.active.contains(&target) {
            let message = "this reference leads back to where it stands";
            let diagnostic = Diagnostic::new(&codes::REFERENCE_CYCLE, &*node, message).at(place.at.clone());
            self.out.report(diagnostic.help("write the content out at one of the places"));
            return;
        }
        let Some(mut copy) = self.files.node(&target).cloned() else {
            return;
        };
        if !self.spend(&copy) {
            let message = "references repeat more than fits into memory";
            let diagnostic = Diagnostic::new(&codes::ALIAS_EXPANSION, &*node, message).at(place.at.clone());
            self.out.report(diagnostic.help("refer to sections of `components`, which are not copied"));
            return;
        }
        let mut active = place.active.clone();
        active.push(target.clone());
        let mut inner = Place { file: target.file, at: target.pointer, scope: None, active, depth: place.depth };
        self.walk(&mut copy, kind, &mut inner);
        if let (Some(into), Some(siblings)) = (copy.as_object_mut(), node.as_object()) {
            let siblings = siblings.iter().filter(|entry| &*entry.key != "$ref");
            into.extend(siblings.cloned());
        }
        *node = copy;
    }

    /// Whether there is memory for another copy of a node.
    fn spend(&mut self, node: &Node) -> bool {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let text = node.as_str().map_or(0, str::len);
            match self.budget.checked_sub(size_of::<Entry>() + text) {
                Some(rest) => self.budget = rest,
                None => return false,
            }
            open.extend(node.children());
        }
        true
    }
}

fn set_reference(node: &mut Node, text: String) {
    if let Some(reference) = node.as_object_mut().and_then(|object: &mut Object| object.get_mut("$ref")) {
        reference.value = Value::String(text);
    }
}
