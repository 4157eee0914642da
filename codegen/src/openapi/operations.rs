//! Lists the operations of a document.

use crate::document::{Node, Object};

/// The keys of a path item that hold an operation.
pub const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// An operation and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'d> {
    /// `paths` or `webhooks`.
    pub section: &'static str,
    /// The key of the path item.
    pub path: &'d str,
    /// The key of the operation, with `additionalOperations/` before those that stand there.
    pub method: &'d str,
    /// The operation.
    pub node: &'d Node,
}

impl Listed<'_> {
    /// The JSON Pointer of the operation.
    #[must_use]
    pub fn pointer(&self) -> String {
        use crate::document::pointer::join;
        let item = join(&join("", self.section), self.path);
        if METHODS.contains(&self.method) {
            return join(&item, self.method);
        }
        join(&join(&item, "additionalOperations"), self.method)
    }
}

/// The operations of paths and webhooks, in the document's order; path items behind references are not looked into.
#[must_use]
pub fn list(root: &Node) -> Vec<Listed<'_>> {
    let mut operations = Vec::new();
    for section in ["paths", "webhooks"] {
        let items = root.get(section).and_then(Node::as_object);
        for (path, item) in
            items.into_iter().flatten().filter_map(|entry| Some((&*entry.key, entry.value.as_object()?)))
        {
            let others = item.get("additionalOperations").and_then(Node::as_object);
            let usual = item.iter().filter(|entry| METHODS.contains(&&*entry.key));
            for entry in usual.chain(others.into_iter().flat_map(Object::iter)) {
                operations.push(Listed { section, path, method: &entry.key, node: &entry.value });
            }
        }
    }
    operations
}
