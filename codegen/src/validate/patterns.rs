//! `pattern` and the keys of `patternProperties` are regular expressions of ECMA-262.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Document, Node};
use crate::openapi::context::NodeContext;
use crate::openapi::fit::patterns::{compile, translated};
use crate::openapi::grammar::Kind;
use crate::openapi::repair;

pub(super) fn check(document: &Document, kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    if !kind.describes_values(document.version.line) {
        return;
    }
    if let Some(node) = node.get("pattern")
        && let Some(pattern) = node.as_str()
        && let Err(reason) = compile(pattern)
    {
        report(pattern, &reason, translated(pattern), node.span, "pattern", context);
    }
    let names = node.get("patternProperties").and_then(Node::as_object);
    for entry in names.into_iter().flatten() {
        if let Err(reason) = compile(&entry.key) {
            report(&entry.key, &reason, None, entry.key_span, "patternProperties", context);
        }
    }
}

fn report(
    pattern: &str,
    reason: &str,
    meant: Option<String>,
    span: crate::document::Span,
    keyword: &str,
    context: &mut NodeContext<'_>,
) {
    let message = format!("`{pattern}` is not a regular expression of ECMAScript: {}", reason.to_lowercase());
    let diagnostic = Diagnostic::new(&codes::INVALID_PATTERN, span, message);
    let schema = context.pointer();
    context.report(match meant {
        Some(meant) => {
            let diagnostic = diagnostic.note().help(format!("it is read as `{meant}`"));
            let repair = format!("pattern: {}", serde_json::Value::from(meant));
            diagnostic.overlay(repair::update(&schema, &repair))
        }
        None if keyword == "pattern" => diagnostic
            .help("it is not checked; note that `\\\\` in JSON is one backslash")
            .overlay(repair::remove(&context.path().key(keyword).pointer())),
        None => diagnostic.help("it is not checked; note that `\\\\` in JSON is one backslash"),
    });
}
