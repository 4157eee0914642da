//! Turns the bytes of one file into a tree whose nodes have spans.
//!
//! **Invariant:** any bytes give a tree or diagnostics, within [`Limits`].

mod builder;
mod json;
mod markup;
mod page;
mod scalar;
mod text;
mod yaml;

use std::io;

pub(crate) use builder::Tree;
pub(crate) use markup::report as markup;

use super::{Limits, Node, Reader, Value};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::source::{Source, SourceId, Sources, Span};

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
    let text = page::document_in(path, &text).unwrap_or(text);
    let source = sources.add(path, text);
    let text = sources.get(source).map_or("", Source::text);
    match parse(path, text, source, limits, out) {
        Ok(tree) => Some(tree),
        Err(diagnostic) => {
            out.report(markup(path, text, source).unwrap_or(*diagnostic));
            None
        }
    }
}

fn unreadable(path: &str, error: &io::Error, place: Span) -> Diagnostic {
    if error.kind() == io::ErrorKind::FileTooLarge {
        return Diagnostic::new(&codes::FILE_TOO_LARGE, place, format!("cannot read `{path}`: {error}"))
            .help("split the document, or check that this is the file you mean");
    }
    let (message, help) = match error.kind() {
        io::ErrorKind::NotFound => (format!("there is no file `{path}`"), "check the path"),
        io::ErrorKind::IsADirectory => (format!("`{path}` is a folder"), "name a file in it"),
        io::ErrorKind::PermissionDenied => (format!("`{path}` may not be read"), "check the permissions of the file"),
        _ => (format!("cannot read `{path}`: {error}"), "check the path"),
    };
    Diagnostic::new(&codes::UNREADABLE_FILE, place, message).help(help)
}

/// Reads text that starts like JSON as JSON, and other text as YAML. Text that turns out not to be
/// JSON may still be YAML in flow style.
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
            // If the text is too large or too deep as JSON, so it is as YAML.
            if [&codes::FILE_TOO_LARGE, &codes::TOO_DEEP].contains(&problem.code) {
                return Err(problem);
            }
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
    let message = format!("this is not JSON ({}); it is read as YAML", problem.message);
    Diagnostic::new(&codes::NOT_JSON, problem.span, message)
        .help("correct the JSON, or name the file `.yaml` if it is meant to be YAML")
}
