//! Which OpenAPI version a document is written in.

use std::fmt;

use super::{Node, Number, Sources, Value};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};

/// The lines of versions that are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VersionLine {
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
    /// 3.2.x
    V3_2,
}

/// The value of `openapi`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The line it belongs to.
    pub line: VersionLine,
    /// The text as written: `3.1.0`.
    pub text: String,
}

impl Version {
    /// Reads `3.1.0`; `None` when the version is not understood.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '.');
        let line = match (parts.next()?, parts.next()?) {
            ("3", "0") => VersionLine::V3_0,
            ("3", "1") => VersionLine::V3_1,
            ("3", "2") => VersionLine::V3_2,
            _ => return None,
        };
        Some(Self { line, text: text.to_owned() })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

const UNDERSTOOD: &str = "3.0, 3.1 and 3.2 are understood";

/// The version that a document says, or `None` and an error.
pub(super) fn detect(root: &Node, sources: &Sources, out: &mut Diagnostics) -> Option<Version> {
    let Some(node) = root.get("openapi") else {
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
            let message = format!("`openapi` is a version such as \"3.1.0\", this is of type {}", other.kind());
            Diagnostic::new(&codes::VERSION_NOT_A_STRING, node, message).help("write `openapi: \"3.1.0\"`")
        }
    };
    out.report(problem.at("/openapi"));
    None
}

fn unsupported(node: &Node, text: &str) -> Diagnostic {
    Diagnostic::new(&codes::UNSUPPORTED_VERSION, node, format!("`{text}` is no version of OpenAPI that is understood"))
        .help(format!("{UNDERSTOOD}; correct the version or convert the document"))
}

/// YAML reads `3.0` as a number.
fn of_number(node: &Node, number: &Number, sources: &Sources) -> Diagnostic {
    let written = sources.slice(node.span);
    let text = if written.is_empty() { number.to_string() } else { written.to_owned() };
    if Version::parse(&text).is_none() {
        return unsupported(node, &text);
    }
    let message = format!("`openapi` is a number, `{text}`, where a version in quotes should stand");
    Diagnostic::new(&codes::VERSION_NOT_A_STRING, node, message).help(format!("write `openapi: \"{text}.0\"`"))
}

/// The document by what it says it is, where it is none of OpenAPI.
fn without_version(root: &Node) -> Diagnostic {
    if let Some(diagnostic) = super::kinds::other(root) {
        return diagnostic;
    }
    let object = root.as_object();
    let near = object.and_then(|object| object.iter().find(|entry| entry.key.eq_ignore_ascii_case("openapi")));
    let message = "the document does not say its version: there is no key `openapi`";
    match near {
        Some(entry) => Diagnostic::new(&codes::MISSING_VERSION, entry, message)
            .help(format!("write `openapi` instead of `{}`", entry.key)),
        None => Diagnostic::new(&codes::MISSING_VERSION, root, message)
            .help("start the document with `openapi: 3.1.0` (or the version it is written in)"),
    }
}
