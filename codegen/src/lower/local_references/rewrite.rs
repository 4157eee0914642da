//! Rewrites references according to the plan, and reports those without a target.

use std::collections::BTreeMap;

use super::collect::{Request, base, reference_keywords};
use super::plan::{Resolution, Rewrites};
use crate::diagnostics::nearest;
use crate::diagnostics::{Diagnostic, Diagnostics, Effect, codes};
use crate::document::{Node, Value, pointer};
use crate::limits::SUGGESTIONS;
use crate::lower::UNTYPED;
use crate::lower::schema::is_annotation;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::{Changer, change};

pub(super) fn rewrite(root: &mut Node, plan: &Rewrites, out: &mut Diagnostics) {
    let names = component_names(root);
    change(root, &mut Rewrite { plan, names, suggestions: SUGGESTIONS, out });
}

/// The names of the components of each folder, for suggestions.
fn component_names(root: &Node) -> BTreeMap<String, Vec<String>> {
    let folders = root.get("components").and_then(Node::as_object);
    let names =
        |node: &Node| node.as_object().map(|folder| folder.keys().map(str::to_owned).collect()).unwrap_or_default();
    folders.into_iter().flatten().map(|entry| (entry.key.to_string(), names(&entry.value))).collect()
}

struct Rewrite<'p> {
    plan: &'p Rewrites,
    names: BTreeMap<String, Vec<String>>,
    /// The number of suggestions that may still be searched for.
    suggestions: usize,
    out: &'p mut Diagnostics,
}

impl Changer for Rewrite<'_> {
    fn enter(&mut self, kind: Kind, node: &mut Node, path: &NodePath<'_>) -> bool {
        if kind == Kind::Discriminator {
            self.mapping(node, path);
        }
        if kind.folder().is_some() {
            for keyword in reference_keywords(kind) {
                if node.get(keyword).is_some() {
                    self.reference(kind, node, keyword, path);
                }
            }
        }
        true
    }
}

impl<'p> Rewrite<'p> {
    fn resolution(&self, kind: Kind, target: &str, path: &NodePath<'_>) -> Option<&'p Resolution> {
        let request = Request { kind, target: target.to_owned(), base: base(path) };
        self.plan.resolutions.get(&request)
    }

    fn mapping(&mut self, node: &mut Node, path: &NodePath<'_>) {
        let Some(mapping) = node.get_mut("mapping").and_then(Node::as_object_mut) else {
            return;
        };
        for target in mapping.values_mut() {
            let Some(text) = target.as_str().filter(|text| text.contains('#')) else {
                continue;
            };
            match self.resolution(Kind::Schema, text, path) {
                Some(Resolution::Component(name)) => {
                    target.value = reference_to(Kind::Schema, name).into();
                }
                Some(_) => {
                    let message = format!("`{text}` in the mapping of a discriminator is not a schema");
                    let diagnostic = Diagnostic::new(&codes::DANGLING_REFERENCE, &*target, message);
                    NodeContext::new(path, self.out).report(diagnostic.note().help("the entry is ignored"));
                }
                None => {}
            }
        }
    }

    fn reference(&mut self, kind: Kind, node: &mut Node, keyword: &str, path: &NodePath<'_>) {
        let Some(target) = node.get(keyword) else {
            return;
        };
        let Some(text) = target.as_str() else { return };
        match self.resolution(kind, text, path) {
            None => {
                // The text is right already, but a `$dynamicRef` must become a `$ref`.
                let text = text.to_owned();
                adopt(node, keyword, text);
            }
            Some(Resolution::Component(name)) => {
                let reference = reference_to(kind, name);
                adopt(node, keyword, reference);
            }
            Some(Resolution::Inside(name, found)) => {
                let message = format!("`{text}` refers to {found}, not to {}", kind.noun());
                let diagnostic = Diagnostic::new(&codes::DANGLING_REFERENCE, target, message).note();
                self.out.report(diagnostic.help("its schema is used").at(path.pointer()));
                adopt(node, keyword, reference_to(kind, name));
            }
            Some(Resolution::Dangling) => {
                // References to other files were reported when the file was opened.
                if text.starts_with('#') && !self.is_reported(target) {
                    let message = format!("`{text}` has no target in this document");
                    self.report(kind, target, text, message, path);
                }
                untyped(kind, node, keyword);
            }
            Some(Resolution::WrongKind(found)) => {
                let message = format!("`{text}` refers to {found}, not to {}", kind.noun());
                self.report(kind, target, text, message, path);
                untyped(kind, node, keyword);
            }
        }
    }

    /// Whether a dangling reference in another file was reported when that file was read.
    fn is_reported(&self, target: &Node) -> bool {
        self.out.of(&codes::DANGLING_FILE_REFERENCE).any(|earlier| earlier.span == target.span)
    }

    fn report(&mut self, kind: Kind, target: &Node, text: &str, message: String, path: &NodePath<'_>) {
        let effect = if kind == Kind::PathItem { Effect::Skipped } else { Effect::Degraded };
        let folder = kind.folder().unwrap_or_default();
        let name = text.rsplit(['/', '#']).next().unwrap_or_default();
        let names = self.names.get(folder).map(Vec::as_slice).unwrap_or_default();
        let names = if self.suggestions == 0 { &[] } else { names };
        self.suggestions = self.suggestions.saturating_sub(1);
        let exact = names.iter().map(String::as_str).find(|known| *known == name);
        let meant = exact.or_else(|| nearest(name, names.iter().map(String::as_str)));
        let help = match meant {
            Some(meant) => format!("did you mean `#/components/{folder}/{meant}`?"),
            None => format!("define it in `components.{folder}`, or correct the reference"),
        };
        let diagnostic = Diagnostic::new(&codes::DANGLING_REFERENCE, target, message).warning(effect).help(help);
        let pointer = path.pointer();
        let diagnostic = match meant {
            Some(meant) => diagnostic
                .overlay(crate::openapi::repair::update(&pointer, &format!("$ref: '#/components/{folder}/{meant}'"))),
            None => diagnostic,
        };
        self.out.report(diagnostic.at(pointer));
    }
}

fn adopt(node: &mut Node, keyword: &str, reference: String) {
    let Some(object) = node.as_object_mut() else {
        return;
    };
    if keyword == "$ref" {
        if let Some(target) = object.get_mut("$ref") {
            target.value = Value::String(reference);
        }
    } else if let Some(old) = object.remove(keyword)
        && !object.contains_key("$ref")
    {
        object.insert("$ref", Node::new(reference, old.span));
    }
}

/// Turns a schema with a dangling reference into any JSON. Other objects keep the reference, and
/// later steps handle it.
fn untyped(kind: Kind, node: &mut Node, keyword: &str) {
    if kind != Kind::Schema {
        return;
    }
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    let removed = schema.remove(keyword);
    if let Some(removed) = removed
        && schema.keys().all(is_annotation)
    {
        schema.insert(UNTYPED, Node::new(true, removed.span));
    }
}

fn reference_to(kind: Kind, name: &str) -> String {
    pointer::to_reference(&pointer::join(&format!("/components/{}", kind.folder().unwrap_or_default()), name))
}
