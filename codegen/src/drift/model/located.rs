//! A node together with its JSON Pointer.

use std::rc::Rc;

use crate::document::{Document, Node, Span, Value, pointer, resolve_chain};

/// One of the two documents.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Revision<'d> {
    pub(crate) document: &'d Document,
}

impl<'d> Revision<'d> {
    pub(crate) fn root(self) -> Located<'d> {
        let node = &self.document.root;
        Located { node, span: node.span, pointer: "".into() }
    }

    /// The element itself, or the target of its `$ref`; `None` if the reference is dangling.
    pub(crate) fn follow(self, at: Located<'d>) -> Option<Located<'d>> {
        match at.node.reference() {
            None => Some(at),
            Some(reference) => self.resolve(reference),
        }
    }

    /// The target of a reference, through all references in between.
    pub(crate) fn resolve(self, reference: &str) -> Option<Located<'d>> {
        let (node, pointer) = resolve_chain(&self.document.root, reference)?;
        Some(Located { node, span: node.span, pointer: pointer.into() })
    }

    /// The direct target of a reference, which can be a reference itself.
    pub(crate) fn step(self, reference: &str) -> Option<Located<'d>> {
        let pointer = pointer::of_reference(reference)?;
        let node = self.document.root.pointer(&pointer)?;
        Some(Located { node, span: node.span, pointer: pointer.as_ref().into() })
    }
}

/// A node with its span and JSON Pointer.
#[derive(Clone, Debug)]
pub(crate) struct Located<'d> {
    pub(crate) node: &'d Node,
    /// The span of the key if the node has one, else that of the node.
    pub(crate) span: Span,
    pub(crate) pointer: Rc<str>,
}

impl<'d> Located<'d> {
    pub(crate) fn value(&self, key: &str) -> Option<&'d Node> {
        self.node.get(key)
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.value(key)?.as_str()
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.value(key).and_then(Node::as_bool).unwrap_or(false)
    }

    /// The value of a key.
    pub(crate) fn child(&self, key: &str) -> Option<Self> {
        let entry = self.node.as_object()?.entry(key)?;
        Some(Self { node: &entry.value, span: entry.key_span, pointer: pointer::join(&self.pointer, key).into() })
    }

    /// The value of a key, or the node itself if it has no such key.
    pub(crate) fn child_or_self(&self, key: &str) -> Self {
        self.child(key).unwrap_or_else(|| self.clone())
    }

    /// The entries of an object, in order.
    pub(crate) fn entries(&self) -> Vec<(&'d str, Self)> {
        let Some(object) = self.node.as_object() else { return Vec::new() };
        let located = |entry: &'d crate::document::Entry| {
            let pointer = pointer::join(&self.pointer, &*entry.key).into();
            (&*entry.key, Self { node: &entry.value, span: entry.key_span, pointer })
        };
        object.iter().map(located).collect()
    }

    /// The members of a list, in order.
    pub(crate) fn members(&self) -> Vec<Self> {
        let nodes = self.node.as_array().unwrap_or_default().iter().enumerate();
        nodes
            .map(|(index, node)| Self {
                node,
                span: node.span,
                pointer: pointer::join(&self.pointer, index.to_string()).into(),
            })
            .collect()
    }

    /// Identifies the node among all nodes of its document.
    pub(crate) fn identity(&self) -> usize {
        std::ptr::from_ref(self.node).addr()
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self.node.value, Value::Object(_))
    }
}

/// Where a change is in each document.
#[derive(Clone, Debug)]
pub(crate) struct ChangeSite {
    pub(crate) old: (Span, Rc<str>),
    pub(crate) new: (Span, Rc<str>),
    /// Whether the element was removed, so that only the old document has it.
    pub(crate) removed: bool,
}

impl ChangeSite {
    /// An element of both documents, or a new one with its old holder.
    pub(crate) fn both(old: &Located<'_>, new: &Located<'_>) -> Self {
        Self { old: (old.span, old.pointer.clone()), new: (new.span, new.pointer.clone()), removed: false }
    }

    /// A removed element; `new` is its former holder.
    pub(crate) fn removed(old: &Located<'_>, new: &Located<'_>) -> Self {
        Self { removed: true, ..Self::both(old, new) }
    }
}

/// Formats a value for a message: JSON on one line, shortened.
pub(crate) fn show(node: &Node) -> String {
    let text = match &node.value {
        Value::String(text) => text.clone(),
        _ => node.to_json().to_string(),
    };
    let one_line = text.replace(['\n', '\r'], " ");
    match one_line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", one_line.get(..end).unwrap_or_default()),
        None => one_line,
    }
}
