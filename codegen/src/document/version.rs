//! Which OpenAPI version a document is written in.

use super::{Node, Number, Sources, Value};
use crate::diagnostics::{CodeInfo, Diagnostic, Diagnostics, codes};
use std::fmt;

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
        out.push(without_version(root));
        return None;
    };
    let problem = match &node.value {
        Value::String(text) => match Version::parse(text) {
            Some(version) => return Some(version),
            None => unsupported(node, text),
        },
        Value::Number(number) => not_a_string(node, number, sources),
        other => {
            let message = format!("`openapi` is a version such as \"3.1.0\", this is of type {}", other.kind());
            Diagnostic::new(&codes::VERSION_NOT_A_STRING, node, message).help("write `openapi: \"3.1.0\"`")
        }
    };
    out.push(problem.at("/openapi"));
    None
}

fn unsupported(node: &Node, text: &str) -> Diagnostic {
    Diagnostic::new(&codes::UNSUPPORTED_VERSION, node, format!("`{text}` is no version of OpenAPI that is understood"))
        .help(format!("{UNDERSTOOD}; correct the version or convert the document"))
}

fn not_a_string(node: &Node, number: &Number, sources: &Sources) -> Diagnostic {
    let written = sources.slice(node.span);
    let text = if written.is_empty() { number.to_string() } else { written.to_owned() };
    let message = format!("`openapi` is a number, `{text}`, where a version in quotes should stand");
    let help = match Version::parse(&text) {
        Some(_) => format!("write `openapi: \"{text}.0\"`"),
        None => format!("write the version with three parts, as \"3.1.0\"; {UNDERSTOOD}"),
    };
    Diagnostic::new(&codes::VERSION_NOT_A_STRING, node, message).help(help)
}

/// Other kinds of documents have their version under a key of their own.
fn without_version(root: &Node) -> Diagnostic {
    let others: [(&str, &CodeInfo, &str); 4] = [
        ("swagger", &codes::SWAGGER_2, "convert it to OpenAPI 3, for example with `swagger2openapi`"),
        ("asyncapi", &codes::OTHER_KIND, "this is an AsyncAPI document; an OpenAPI document is needed"),
        ("arazzo", &codes::OTHER_KIND, "this is an Arazzo document; name the OpenAPI document that it describes"),
        ("overlay", &codes::OTHER_KIND, "this is an overlay; name the OpenAPI document that it repairs"),
    ];
    let object = root.as_object();
    for (key, code, help) in others {
        if let Some(entry) = object.and_then(|object| object.entry(key)) {
            let version = entry.value.as_str().map(str::to_owned).or(entry.value.as_number().map(Number::to_string));
            let message = format!("the document says `{key}: {}`, not `openapi`", version.unwrap_or_default());
            return Diagnostic::new(code, entry, message).help(help).at(format!("/{key}"));
        }
    }
    let near = object.and_then(|object| object.iter().find(|entry| entry.key.eq_ignore_ascii_case("openapi")));
    let message = "the document does not say its version: there is no key `openapi`";
    match near {
        Some(entry) => Diagnostic::new(&codes::MISSING_VERSION, entry, message)
            .help(format!("write `openapi` instead of `{}`", entry.key)),
        None => Diagnostic::new(&codes::MISSING_VERSION, root, message)
            .help("start the document with `openapi: 3.1.0` (or the version it is written in)"),
    }
}
