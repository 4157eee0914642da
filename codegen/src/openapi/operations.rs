//! Lists the operations of a document, to read or to change them.

use super::grammar::{Form, Kind};
use crate::document::pointer::join;
use crate::document::{Entry, Node, Object};
use crate::source::Span;

/// The key of a path item that holds operations under methods of any name.
pub const ADDITIONAL: &str = "additionalOperations";

/// Whether a key of a path item holds an operation: `get`, `put` and so on.
#[must_use]
pub fn is_method(key: &str) -> bool {
    Kind::PathItem.form(key) == Some(Form::One(Kind::Operation))
}

/// The key of an operation in its path item.
#[derive(Clone, Copy, Debug)]
pub struct MethodKey<'d> {
    /// As written: `get`, or `PURGE` below `additionalOperations`.
    pub text: &'d str,
    /// Its span.
    pub span: Span,
    /// Whether it is below `additionalOperations`.
    pub is_additional: bool,
}

impl MethodKey<'_> {
    /// The method as sent: in capitals, or as written below `additionalOperations`.
    #[must_use]
    pub fn method(&self) -> String {
        if self.is_additional { self.text.to_owned() } else { self.text.to_ascii_uppercase() }
    }

    /// The pointer of the operation in the path item at a pointer.
    #[must_use]
    pub fn pointer(&self, item: &str) -> String {
        if self.is_additional { join(&join(item, ADDITIONAL), self.text) } else { join(item, self.text) }
    }
}

/// The tags of an operation, as the document lists them.
pub fn tags(operation: &Node) -> impl Iterator<Item = &str> {
    operation.get("tags").and_then(Node::as_array).unwrap_or_default().iter().filter_map(Node::as_str)
}

/// The operations of a path item in document order, then those below `additionalOperations`.
pub fn of_item(item: &Node) -> impl Iterator<Item = (MethodKey<'_>, &Node)> {
    let usual = item.as_object().into_iter().flatten().filter(|entry| is_method(&entry.key));
    let others = item.get(ADDITIONAL).and_then(Node::as_object).into_iter().flatten();
    let found = usual.map(|entry| (false, entry)).chain(others.map(|entry| (true, entry)));
    found.map(|(is_additional, entry)| (key(entry, is_additional), &entry.value))
}

/// Calls `keep` with the operations of a path item, in the order of [`of_item`], and removes those
/// for which `keep` returns `false`.
pub fn retain(item: &mut Object, mut keep: impl FnMut(MethodKey<'_>, &mut Node) -> bool) {
    item.retain_entries(|entry| !is_method(&entry.key) || visit(entry, false, &mut keep));
    if let Some(others) = item.get_mut(ADDITIONAL).and_then(Node::as_object_mut) {
        others.retain_entries(|entry| visit(entry, true, &mut keep));
    }
}

fn visit(entry: &mut Entry, is_additional: bool, keep: &mut impl FnMut(MethodKey<'_>, &mut Node) -> bool) -> bool {
    let Entry { key, key_span, value } = entry;
    keep(MethodKey { text: key, span: *key_span, is_additional }, value)
}

fn key(entry: &Entry, is_additional: bool) -> MethodKey<'_> {
    MethodKey { text: &entry.key, span: entry.key_span, is_additional }
}

/// Splits a path into a template without variable names, and those names: `/a/{b}` becomes `/a/{}`
/// and `b`.
#[must_use]
pub fn template(path: &str) -> (String, Vec<&str>) {
    let mut plain = String::with_capacity(path.len());
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        plain.push_str(before);
        plain.push_str("{}");
        names.push(name);
        rest = after;
    }
    plain.push_str(rest);
    (plain, names)
}

/// An operation of `paths` or `webhooks`.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'d> {
    /// `paths` or `webhooks`.
    pub section: &'static str,
    /// The key of the path item.
    pub path: &'d str,
    /// The key in the path item.
    pub key: MethodKey<'d>,
    /// The operation.
    pub node: &'d Node,
}

impl Listed<'_> {
    /// The JSON Pointer of the operation.
    #[must_use]
    pub fn pointer(&self) -> String {
        self.key.pointer(&join(&join("", self.section), self.path))
    }
}

/// The operations of `paths` and `webhooks`, in document order. Path items behind references are
/// left out.
#[must_use]
pub fn list(root: &Node) -> Vec<Listed<'_>> {
    let mut operations = Vec::new();
    for section in ["paths", "webhooks"] {
        for item in root.get(section).and_then(Node::as_object).into_iter().flatten() {
            let found = of_item(&item.value);
            operations.extend(found.map(|(key, node)| Listed { section, path: &item.key, key, node }));
        }
    }
    operations
}

/// The key of the document that holds its webhooks. Before 3.1, this was an extension.
#[must_use]
pub fn webhooks_key(root: &Node) -> &'static str {
    if root.get("webhooks").is_some() { "webhooks" } else { "x-webhooks" }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{list, of_item, retain};
    use crate::document::Node;
    use crate::source::Span;

    #[test]
    fn operations_are_listed_with_their_pointers() {
        let root =
            json!({"paths": {"/a": {"get": {}, "summary": "s", "additionalOperations": {"PURGE": {}}, "post": {}}}});
        let root = Node::from_json(&root, Span::default());
        let pointers: Vec<String> = list(&root).iter().map(super::Listed::pointer).collect();
        assert_eq!(pointers, ["/paths/~1a/get", "/paths/~1a/post", "/paths/~1a/additionalOperations/PURGE"]);
    }

    #[test]
    fn only_operations_that_are_not_kept_are_removed() {
        let item = json!({"get": {}, "put": {}, "summary": "s", "additionalOperations": {"PURGE": {}, "COPY": {}}});
        let mut item = Node::from_json(&item, Span::default());
        retain(item.as_object_mut().unwrap(), |key, _| matches!(key.text, "put" | "COPY"));
        let left: Vec<String> = of_item(&item).map(|(key, _)| key.method()).collect();
        assert_eq!(left, ["PUT", "COPY"]);
        assert!(item.get("summary").is_some());
    }
}
