//! Turns the bytes of a file into a tree of located nodes, and a root file with all it refers to into a [`Document`].
//!
//! The rule it keeps: whatever the bytes are, the response is a tree or diagnostics, within [`Limits`].

mod json;
mod scalar;
mod text;
mod tree;
mod yaml;

use std::io;

pub(super) use tree::Tree;

use super::bundle;
use super::kinds;
use super::version;
use super::{Document, Limits, Node, Reader, SourceId, Sources, Span, Value};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};

/// Reads the document at `path` and the files it refers to, and makes one tree of them.
///
/// `None` when there is nothing to go on with; the reason is in `out`. Use [`load_into`] to be able to show its place.
pub fn load(path: &str, reader: &dyn Reader, limits: &Limits, out: &mut Diagnostics) -> Option<Document> {
    load_into(path, reader, limits, &mut Sources::new(), out)
}

/// Like [`load`], but when there is no document the files that were read are left in `sources`, to show the places of the
/// diagnostics; with a document they move into it.
pub fn load_into(
    path: &str,
    reader: &dyn Reader,
    limits: &Limits,
    sources: &mut Sources,
    out: &mut Diagnostics,
) -> Option<Document> {
    let tree = read_tree(path, reader, limits, sources, out)?;
    if !matches!(tree.root.value, Value::Object(_)) {
        let span = tree.root.span;
        let text = sources.get(span.source).map_or("", super::Source::text);
        let markup = kinds::markup(text, |start, end| Span::new(span.source, start, end));
        out.report(markup.unwrap_or_else(|| not_an_object(&tree.root)));
        return None;
    }
    let version = version::detect(&tree.root, sources, out)?;
    let root = bundle::bundle(tree, path, reader, limits, sources, out);
    Some(Document { root, sources: std::mem::take(sources), version })
}

/// Reads one file that is no `OpenAPI` document, such as an overlay; its text goes into `sources`.
pub fn read_into(
    path: &str,
    reader: &dyn Reader,
    limits: &Limits,
    sources: &mut Sources,
    out: &mut Diagnostics,
) -> Option<Node> {
    read_tree(path, reader, limits, sources, out).map(|tree| tree.root)
}

fn not_an_object(root: &Node) -> Diagnostic {
    let kind = root.value.kind();
    Diagnostic::new(&codes::NOT_AN_OBJECT, root, format!("a document is an object, this is of type {kind}"))
        .help("an OpenAPI document starts with keys such as `openapi: 3.1.0`, `info:` and `paths:`")
}

fn unreadable(path: &str, error: &io::Error, place: Span) -> Diagnostic {
    if error.kind() == io::ErrorKind::FileTooLarge {
        return Diagnostic::new(&codes::FILE_TOO_LARGE, place, format!("cannot read `{path}`: {error}"))
            .help("split the document, or check that this is the file you mean");
    }
    let (message, help) = match error.kind() {
        io::ErrorKind::NotFound => (format!("there is no file `{path}`"), "check the path"),
        io::ErrorKind::IsADirectory => (format!("`{path}` is a folder"), "name the document in it"),
        io::ErrorKind::PermissionDenied => (format!("`{path}` may not be read"), "check the permissions of the file"),
        _ => (format!("cannot read `{path}`: {error}"), "check the path"),
    };
    Diagnostic::new(&codes::UNREADABLE_FILE, place, message).help(help)
}

/// Reads one file into a tree and keeps its text in `sources`.
pub(crate) fn read_tree(
    path: &str,
    reader: &dyn Reader,
    limits: &Limits,
    sources: &mut Sources,
    out: &mut Diagnostics,
) -> Option<Tree> {
    let bytes = match reader.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let source = sources.add(path, "");
            out.report(unreadable(path, &error, Span::new(source, 0, 0)));
            return None;
        }
    };
    let text = match text::decode(bytes, limits) {
        Ok(text) => text,
        Err(problem) => {
            let source = sources.add(path, problem.text);
            let place = Span::new(source, problem.offset, problem.offset);
            out.report(Diagnostic::new(problem.code, place, problem.message).help(problem.help));
            return None;
        }
    };
    let source = sources.add(path, text);
    let text = sources.get(source).map_or("", super::Source::text);
    match parse(path, text, source, limits, out) {
        Ok(tree) => Some(tree),
        Err(diagnostic) => {
            let markup = kinds::markup(text, |start, end| Span::new(source, start, end));
            out.report(markup.unwrap_or(*diagnostic));
            None
        }
    }
}

/// JSON when the text starts like JSON, YAML otherwise; YAML too when it looks like JSON, is not, but is YAML in flow style.
fn parse(
    path: &str,
    text: &str,
    source: SourceId,
    limits: &Limits,
    out: &mut Diagnostics,
) -> Result<Tree, Box<Diagnostic>> {
    let mut found = Diagnostics::new();
    let start = text.trim_start();
    let parsed = if start.starts_with(['{', '[']) {
        json::parse(text, source, limits, &mut found).or_else(|problem| {
            let mut in_yaml = Diagnostics::new();
            let Ok(tree) = yaml::parse(text, source, limits, &mut in_yaml) else {
                return Err(problem);
            };
            found = in_yaml;
            if path.to_ascii_lowercase().ends_with(".json") {
                found.report(not_json(&problem));
            }
            Ok(tree)
        })
    } else if start.is_empty() {
        let place = Span::new(source, 0, 0);
        let problem = Diagnostic::new(&codes::EMPTY_DOCUMENT, place, "the file is empty");
        Err(Box::new(problem.help("check that this is the file you mean")))
    } else {
        yaml::parse(text, source, limits, &mut found)
    };
    out.extend(found);
    parsed
}

fn not_json(problem: &Diagnostic) -> Diagnostic {
    let message = format!("this is not JSON ({}); it was read as YAML", problem.message);
    Diagnostic::new(&codes::NOT_JSON, problem.span, message)
        .help("correct the JSON, or name the file `.yaml` if it is meant to be YAML")
}

#[cfg(test)]
mod tests;
