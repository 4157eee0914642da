//! Two paths differ by more than the names of their variables.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node, Span};
use crate::openapi::operations::list;

pub(super) fn check(document: &Document, out: &mut Diagnostics) {
    let mut first: BTreeMap<(String, String), (&str, Span)> = BTreeMap::new();
    let paths = document.root.get("paths").and_then(Node::as_object);
    for operation in list(&document.root).into_iter().filter(|operation| operation.section == "paths") {
        let place = paths.and_then(|paths| paths.key_span(operation.path)).unwrap_or(operation.node.span);
        let key = (anonymous(operation.path), operation.key.method());
        match first.get(&key) {
            Some((path, span)) if *path != operation.path => {
                let message = format!("`{}` and `{path}` are the same path", operation.path);
                out.report(
                    Diagnostic::new(&codes::AMBIGUOUS_PATH, place, message)
                        .label(*span, "the other one")
                        .help("clients can call both; a server can't tell them apart and serves the first")
                        .at(operation.pointer()),
                );
            }
            Some(_) => {}
            None => {
                first.insert(key, (operation.path, place));
            }
        }
    }
}

/// `/a/{b}` as `/a/{}`.
fn anonymous(path: &str) -> String {
    let mut parts = path.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push('{');
        text.push_str(part.find('}').and_then(|end| part.get(end..)).unwrap_or(part));
    }
    text
}
