//! Maps the nodes of a raised document back to where they were written, for messages.

use std::collections::HashMap;

use super::components::SECTIONS;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::document::{Node, Span, pointer};
use crate::openapi::repair;

/// The pointers of the nodes of a tree, by their spans and those of their keys.
#[derive(Clone, Debug)]
pub(super) struct Pointers(HashMap<Span, String>);

impl Pointers {
    /// If several nodes have the same span, the outermost counts.
    pub fn of(root: &Node) -> Self {
        let mut found = HashMap::new();
        let mut open = vec![(root, None, String::new())];
        while let Some((node, key, at)) = open.pop() {
            for span in [Some(node.span), key].into_iter().flatten() {
                found.entry(span).or_insert_with(|| at.clone());
            }
            for (index, member) in node.as_array().unwrap_or_default().iter().enumerate().rev() {
                open.push((member, None, pointer::join(&at, index.to_string())));
            }
            for entry in node.as_object().into_iter().flatten() {
                open.push((&entry.value, Some(entry.key_span), pointer::join(&at, &*entry.key)));
            }
        }
        Self(found)
    }

    /// The pointer of the node with a span.
    pub fn at(&self, span: Span) -> Option<&str> {
        self.0.get(&span).map(String::as_str)
    }
}

/// Where the nodes of a raised document were written.
#[derive(Clone, Debug)]
pub struct Origins {
    written: Pointers,
    raised: Node,
}

impl Origins {
    pub(super) fn new(written: &Node, raised: Node) -> Self {
        Self { written: Pointers::of(written), raised }
    }

    /// Diagnostics about the raised document, expressed in terms of the document as written.
    #[must_use]
    pub fn relocate(&self, diagnostics: Diagnostics) -> Diagnostics {
        let mut relocated = Diagnostics::new();
        relocated.extend(diagnostics.into_iter().map(|one| self.of_diagnostic(one)));
        relocated
    }

    fn of_diagnostic(&self, one: Diagnostic) -> Diagnostic {
        let pointer = self.written.at(one.span).map(str::to_owned).or_else(|| self.pointer(&one.pointer));
        Diagnostic {
            pointer: pointer.unwrap_or(one.pointer),
            message: in_former_words(&one.message),
            help: one.help.as_deref().map(in_former_words),
            overlay: one.overlay.as_deref().and_then(|actions| self.of_repair(actions)),
            ..one
        }
    }

    fn of_repair(&self, actions: &str) -> Option<String> {
        repair::retarget(actions, |pointer| self.pointer(pointer)).map(|actions| in_former_words(&actions))
    }

    /// The pointer at which the node at a pointer of the raised document was written.
    #[must_use]
    pub fn pointer(&self, raised: &str) -> Option<String> {
        self.written.at(self.raised.pointer(raised)?.span).map(str::to_owned)
    }
}

/// A message in which the sections of `components` have their names of 2.0.
fn in_former_words(message: &str) -> String {
    let mut text = message.to_owned();
    for (key, section) in SECTIONS {
        text = text.replace(&format!("#/components/{section}/"), &format!("#/{key}/"));
        text = text.replace(&format!("`components.{section}`"), &format!("`{key}`"));
    }
    text
}
