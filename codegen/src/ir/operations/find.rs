//! Finds the operations of a document: every method of every path, webhook and callback, with its
//! JSON Pointer.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Entry, Node, Span, pointer, resolve_chain};
use crate::openapi::operations::{of_item, webhooks_key};

/// An operation in the document.
#[derive(Debug)]
pub(in crate::ir) struct Found<'d> {
    /// Method in capitals, or as written in `additionalOperations`.
    pub method: String,
    /// Path key, webhook name or callback expression.
    pub key: &'d str,
    /// Span of the key.
    pub key_span: Span,
    /// The operation.
    pub node: &'d Node,
    /// JSON Pointer.
    pub pointer: String,
    /// Parameters and the pointers of their schemas.
    pub parameters: Vec<FoundParameter<'d>>,
    /// Callbacks, each with its name.
    pub callbacks: Vec<(&'d str, Found<'d>)>,
}

/// A parameter in the document.
#[derive(Debug)]
pub(in crate::ir) struct FoundParameter<'d> {
    /// The parameter.
    pub node: &'d Node,
    /// JSON Pointer.
    pub pointer: String,
    /// JSON Pointer of its schema, if it has one.
    pub schema_pointer: String,
}

/// The operations of all paths, in the document's order.
pub(in crate::ir) fn paths<'d>(document: &'d Document, out: &mut Diagnostics) -> Vec<Found<'d>> {
    below(document, document.root.get("paths"), "/paths", Callbacks::Found, out)
}

/// The operations of all webhooks, in the document's order.
pub(in crate::ir) fn webhooks<'d>(document: &'d Document, out: &mut Diagnostics) -> Vec<Found<'d>> {
    let key = webhooks_key(&document.root);
    below(document, document.root.get(key), &pointer::join("", key), Callbacks::Ignored, out)
}

/// Whether callbacks are collected. Callbacks of callbacks and of webhooks would have no recipient.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Callbacks {
    Found,
    Ignored,
}

fn below<'d>(
    document: &'d Document,
    items: Option<&'d Node>,
    at: &str,
    callbacks: Callbacks,
    out: &mut Diagnostics,
) -> Vec<Found<'d>> {
    let mut found = Vec::new();
    for entry in items.and_then(Node::as_object).into_iter().flatten() {
        if !entry.key.starts_with("x-") || at == "/x-webhooks" {
            path_item(document, entry, &pointer::join(at, &entry.key), callbacks, &mut found, out);
        }
    }
    found
}

fn path_item<'d>(
    document: &'d Document,
    entry: &'d Entry,
    at: &str,
    callbacks: Callbacks,
    found: &mut Vec<Found<'d>>,
    out: &mut Diagnostics,
) {
    let item = follow(document, &entry.value);
    for (key, node) in of_item(item) {
        let at = key.pointer(at);
        if is_token(key.text) {
            let operation = RawOperation { entry, method: key.method(), node };
            found.extend(operation.read(document, at, callbacks, out));
        } else {
            let message = format!("`{}` is not an HTTP method", key.text);
            let help = "a method is a word such as `PURGE`";
            out.report(Diagnostic::new(&codes::INVALID_METHOD, key.span, message).at(at).help(help));
        }
    }
}

/// An operation that has not been read yet.
struct RawOperation<'d> {
    entry: &'d Entry,
    method: String,
    node: &'d Node,
}

impl<'d> RawOperation<'d> {
    fn read(
        self,
        document: &'d Document,
        at: String,
        callbacks: Callbacks,
        out: &mut Diagnostics,
    ) -> Option<Found<'d>> {
        if self.node.as_object().is_none() {
            let message = format!("the operation `{} {}` is not an object", self.method, self.entry.key);
            out.report(
                Diagnostic::new(&codes::MALFORMED_OPERATION, self.node, message)
                    .at(at)
                    .help("describe it with at least `responses`"),
            );
            return None;
        }
        let callbacks = match callbacks {
            Callbacks::Found => find_callbacks(document, self.node, &at, out),
            Callbacks::Ignored => Vec::new(),
        };
        Some(Found {
            method: self.method,
            key: &self.entry.key,
            key_span: self.entry.key_span,
            node: self.node,
            parameters: parameters(document, self.node, &at),
            pointer: at,
            callbacks,
        })
    }
}

fn find_callbacks<'d>(
    document: &'d Document,
    operation: &'d Node,
    at: &str,
    out: &mut Diagnostics,
) -> Vec<(&'d str, Found<'d>)> {
    let at = pointer::join(at, "callbacks");
    let mut found = Vec::new();
    for entry in operation.get("callbacks").and_then(Node::as_object).into_iter().flatten() {
        let expressions = follow(document, &entry.value);
        let inner = below(document, Some(expressions), &pointer::join(&at, &entry.key), Callbacks::Ignored, out);
        found.extend(inner.into_iter().map(|callback| (&*entry.key, callback)));
    }
    found
}

fn parameters<'d>(document: &'d Document, operation: &'d Node, at: &str) -> Vec<FoundParameter<'d>> {
    let at = pointer::join(at, "parameters");
    let list = operation.get("parameters").and_then(Node::as_array).unwrap_or_default();
    list.iter()
        .enumerate()
        .map(|(index, node)| {
            let pointer = pointer::join(&at, index.to_string());
            FoundParameter { node: follow(document, node), schema_pointer: pointer::join(&pointer, "schema"), pointer }
        })
        .collect()
}

/// The target of a reference, or the node itself. Lowering inlines most references.
pub(in crate::ir) fn follow<'d>(document: &'d Document, node: &'d Node) -> &'d Node {
    let target = node.reference().and_then(|reference| resolve_chain(&document.root, reference));
    target.map_or(node, |(target, _)| target)
}

/// Whether text is a token of RFC 9110, as methods and header names must be.
pub(in crate::ir) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The number of operations in the paths of a document, lowered or not.
pub(crate) fn count(document: &Document) -> usize {
    let items = document.root.get("paths").and_then(Node::as_object);
    let items = items.into_iter().flatten().filter(|entry| !entry.key.starts_with("x-"));
    items.map(|entry| of_item(follow(document, &entry.value)).count()).sum()
}
