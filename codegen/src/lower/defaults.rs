//! Removes defaults that do not fit their own schema.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node};
use crate::openapi::fit::Validator;
use crate::openapi::grammar::Kind;
use crate::openapi::walk::walk;

/// The default is kept. Generated servers check it if there is time.
fn unchecked(pattern: &str, default: &Node) -> Diagnostic {
    let message = format!("the default is not checked: matching it with `{pattern}` could take too long");
    Diagnostic::new(&codes::DEFAULT_DOES_NOT_FIT, default, message)
        .note()
        .help("check it yourself, or write the pattern so that each text matches in one way only")
}

pub(super) fn run(document: &mut Document, out: &mut Diagnostics) {
    let mut refused = Vec::new();
    walk(&document.root, &mut |kind, node, place| {
        if kind == Kind::Schema
            && let Some(default) = node.get("default")
        {
            let pointer = place.pointer();
            let default_pointer = crate::document::pointer::join(&pointer, "default");
            let mut validator = Validator::new(&document.root).with_formats();
            let Err(reason) = validator.validate(node, default) else {
                if let Some(pattern) = validator.unchecked() {
                    out.report(unchecked(pattern, default).at(default_pointer));
                }
                return;
            };
            let message = format!("the default does not fit its schema: {reason}");
            let diagnostic = Diagnostic::new(&codes::DEFAULT_DOES_NOT_FIT, default, message)
                .help("the default is ignored; correct it, or the schema")
                .overlay(crate::openapi::repair::remove(&default_pointer))
                .at(default_pointer);
            out.report(if default.is_null() { diagnostic.note() } else { diagnostic });
            refused.push(pointer);
        }
    });
    for pointer in refused {
        if let Some(schema) = document.root.pointer_mut(&pointer).and_then(Node::as_object_mut) {
            schema.remove("default");
        }
    }
}
