//! Reads the OpenAPI version that a document names.

use super::foreign;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node, Number, Value, Version};
use crate::source::Sources;

/// Reads the version again after the tree has changed. If there is none, the document keeps the old
/// one.
pub fn update_version(document: &mut Document, out: &mut Diagnostics) {
    if let Some(version) = detect(&document.root, &document.sources, out) {
        document.version = version;
    }
}

const SUPPORTED: &str = "supported are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2";

/// The version that a document names. `None`, with an error, if it names no supported version.
pub(super) fn detect(root: &Node, sources: &Sources, out: &mut Diagnostics) -> Option<Version> {
    let Some(node) = root.get("openapi") else {
        if let Some(node) = root.get("swagger") {
            return swagger(node, sources, out);
        }
        out.report(without_version(root));
        return None;
    };
    let problem = match &node.value {
        Value::String(text) => match Version::parse(text) {
            Some(version) => return Some(version),
            None => unsupported(node, text),
        },
        Value::Number(number) => of_number(node, number, sources),
        other => {
            let message = format!("`openapi` is of type {}, not a string", other.kind());
            Diagnostic::new(&codes::VERSION_NOT_A_STRING, node, message).help("write `openapi: \"3.1.0\"`")
        }
    };
    out.report(problem.at("/openapi"));
    None
}

/// The version under `swagger`. An unquoted `2.0` can mean nothing else, so it is accepted.
fn swagger(node: &Node, sources: &Sources, out: &mut Diagnostics) -> Option<Version> {
    let number = node.as_f64();
    if node.as_str().is_some_and(|text| text.trim() == "2.0") {
        return Some(Version::swagger());
    }
    if number.is_some_and(|number| (number - 2.0).abs() < f64::EPSILON) {
        let message = "`swagger` is a number; a version is a string";
        let diagnostic = Diagnostic::new(&codes::VERSION_NOT_A_STRING, node, message).note();
        out.report(diagnostic.help("it is read as `swagger: \"2.0\"`").at("/swagger"));
        return Some(Version::swagger());
    }
    let written = node.as_str().map_or_else(|| sources.slice(node.span).to_owned(), str::to_owned);
    let message = format!("Swagger `{written}` is not supported");
    let diagnostic = Diagnostic::new(&codes::UNSUPPORTED_VERSION, node, message);
    out.report(diagnostic.help(format!("{SUPPORTED}; correct the version or convert the document")).at("/swagger"));
    None
}

fn unsupported(node: &Node, text: &str) -> Diagnostic {
    Diagnostic::new(&codes::UNSUPPORTED_VERSION, node, format!("OpenAPI `{text}` is not supported"))
        .help(format!("{SUPPORTED}; correct the version or convert the document"))
}

/// YAML reads `3.0` as a number.
fn of_number(node: &Node, number: &Number, sources: &Sources) -> Diagnostic {
    let written = sources.slice(node.span);
    let text = if written.is_empty() { number.to_string() } else { written.to_owned() };
    if Version::parse(&text).is_none() {
        return unsupported(node, &text);
    }
    let message = format!("`openapi` is the number `{text}`; a version is a string");
    Diagnostic::new(&codes::VERSION_NOT_A_STRING, node, message).help(format!("write `openapi: \"{text}.0\"`"))
}

/// The diagnostic for a document without `openapi`, which may be of another format.
fn without_version(root: &Node) -> Diagnostic {
    if let Some(diagnostic) = foreign::report(root) {
        return diagnostic;
    }
    let object = root.as_object();
    let near = object.and_then(|object| object.iter().find(|entry| entry.key.eq_ignore_ascii_case("openapi")));
    let message = "the document has no `openapi` key";
    match near {
        Some(entry) => Diagnostic::new(&codes::MISSING_VERSION, entry, message)
            .help(format!("write `openapi` instead of `{}`", entry.key)),
        None => Diagnostic::new(&codes::MISSING_VERSION, root, message)
            .help("start the document with `openapi: 3.1.0` (or the version it is written in)"),
    }
}
