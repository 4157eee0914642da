//! The document is an object that has paths, webhooks or components.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node, Object, VersionLine};

pub(super) fn check(document: &Document, out: &mut Diagnostics) {
    let root = &document.root;
    let Some(object) = root.as_object() else {
        let message = format!("the document is of type `{}`, not an object", root.value.kind());
        out.report(
            Diagnostic::new(&codes::NOTHING_TO_GENERATE, root, message)
                .help("it starts with `openapi: 3.1.0`, `info` and `paths`"),
        );
        return;
    };
    let is_former = document.version.line == VersionLine::V2_0;
    let sections = if is_former { ["paths", "definitions", "components"] } else { ["paths", "webhooks", "components"] };
    let usable = sections.iter().any(|key| object.get(key).is_some_and(|node| node.as_object().is_some()));
    let wrong = object.get("paths").is_some_and(|paths| !paths.is_null() && paths.as_object().is_none());
    // A value of another type is reported by `structure`.
    if !usable && !wrong {
        let place = sections.iter().find_map(|key| object.get(key)).unwrap_or(root);
        let [paths, second, third] = sections;
        let message = format!("the document has no `{paths}`, no `{second}` and no `{third}`");
        out.report(
            Diagnostic::new(&codes::NOTHING_TO_GENERATE, place, message)
                .help("add `paths:` with an object that has a key for each path"),
        );
    }
    let empty = |key: &str| object.get(key).and_then(Node::as_object).is_none_or(Object::is_empty);
    if usable && sections.iter().all(|key| empty(key)) {
        let message = "the document describes nothing";
        out.report(
            Diagnostic::new(&codes::NOTHING_TO_GENERATE, root, message)
                .note()
                .help("the output has no operations and no types"),
        );
    }
}
