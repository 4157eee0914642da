//! Points references to `#/$defs/X` at the `$defs` of an enclosing schema if the root has none.
//!
//! Pydantic and other tools write a whole JSON Schema into a document. Its references start at the
//! schema, not at the document.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Node, pointer};
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::{Changer, change};

const KEYWORDS: [&str; 2] = ["$defs", "definitions"];

pub(super) fn run(root: &mut Node, out: &mut Diagnostics) {
    let at_root = KEYWORDS.iter().flat_map(|keyword| names(root, keyword)).collect();
    change(root, &mut Definitions { at_root, around: Vec::new(), out });
}

/// The pointers of definitions below a node.
fn names(node: &Node, keyword: &str) -> BTreeSet<String> {
    let definitions = node.get(keyword).and_then(Node::as_object).into_iter();
    definitions.flatten().map(|entry| pointer::join(&pointer::join("", keyword), &entry.key)).collect()
}

struct Definitions<'o> {
    at_root: BTreeSet<String>,
    /// The enclosing schemas that have definitions, innermost last, with the pointers of the
    /// definitions.
    around: Vec<(String, BTreeSet<String>)>,
    out: &'o mut Diagnostics,
}

impl Changer for Definitions<'_> {
    fn enter(&mut self, kind: Kind, node: &mut Node, path: &NodePath<'_>) -> bool {
        if kind != Kind::Schema {
            return true;
        }
        if has_definitions(node) {
            let names = KEYWORDS.iter().flat_map(|keyword| names(node, keyword));
            self.around.push((path.pointer(), names.collect()));
        }
        if let Some(target) = node.reference().and_then(|reference| self.target(reference))
            && let Some(reference) = node.get_mut("$ref")
        {
            let written = reference.as_str().unwrap_or_default();
            let message = format!("`{written}` has no target at the root of the document");
            let help = "the definition of the schema around it is used; move it to `components.schemas`";
            let diagnostic = Diagnostic::new(&codes::DANGLING_REFERENCE, &*reference, message).note().help(help);
            self.out.report(diagnostic.at(path.pointer()));
            reference.value = pointer::to_reference(&target).into();
        }
        true
    }

    fn leave(&mut self, kind: Kind, node: &mut Node, _: &NodePath<'_>) {
        if kind == Kind::Schema && has_definitions(node) {
            self.around.pop();
        }
    }
}

fn has_definitions(node: &Node) -> bool {
    KEYWORDS.iter().any(|keyword| node.get(keyword).is_some_and(|node| node.as_object().is_some()))
}

impl Definitions<'_> {
    /// The pointer that a reference means, if it names a definition of an inline schema.
    fn target(&self, reference: &str) -> Option<String> {
        let written = pointer::of_reference(reference)?.into_owned();
        let mut tokens = pointer::tokens(&written)?;
        let keyword = tokens.next()?;
        let name = tokens.next()?;
        let definition = pointer::join(&pointer::join("", &*keyword), &*name);
        if !KEYWORDS.contains(&&*keyword) || self.at_root.contains(&definition) {
            return None;
        }
        let (holder, _) = self.around.iter().rev().find(|(_, names)| names.contains(&definition))?;
        // Those of a component are found by its name.
        let is_component = holder.strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'));
        (!is_component).then(|| format!("{holder}{written}"))
    }
}
