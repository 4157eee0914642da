//! Reports a `type` beside a reference whose target is of another type. The target has a type of its
//! own, which is the one that is used.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node};
use crate::openapi::grammar::Kind;
use crate::openapi::walk::walk;

pub(super) fn run(document: &mut Document, out: &mut Diagnostics) {
    let components = document.root.pointer("/components/schemas").and_then(Node::as_object).into_iter().flatten();
    let types: BTreeMap<&str, BTreeSet<&str>> =
        components.map(|entry| (&*entry.key, names(&entry.value))).filter(|(_, names)| !names.is_empty()).collect();
    walk(&document.root, &mut |kind, node, path| {
        let Some(object) = node.as_object().filter(|_| kind == Kind::Schema) else { return };
        let target = node.reference().and_then(|reference| reference.strip_prefix("#/components/schemas/"));
        let (Some(known), Some(entry)) = (target.and_then(|name| types.get(name)), object.entry("type")) else {
            return;
        };
        if !names(node).iter().any(|name| known.contains(name)) {
            let message = "this `type` is not used: the target of the reference has another one";
            let help = "remove it, or refer to a schema of this type";
            out.report(Diagnostic::new(&codes::IDLE_KEYWORD, entry, message).at(path.pointer()).help(help));
        }
    });
}

/// The names under `type`, without `null`.
fn names(schema: &Node) -> BTreeSet<&str> {
    let Some(written) = schema.get("type") else { return BTreeSet::new() };
    let names = written.as_array().unwrap_or(std::slice::from_ref(written)).iter().filter_map(Node::as_str);
    names.filter(|name| *name != "null").collect()
}
