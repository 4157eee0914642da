//! Finds the node that a reference names, in any file.

use super::Bundler;
use super::cursor::Cursor;
use super::files::{ROOT, Target, join_uri, relative_to};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Span, pointer};
use crate::limits::FILE_CHAIN;

/// Whether a reference without a target is reported.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Report {
    Loud,
    /// The reference may be data that looks like a reference, or it is resolved again later.
    Quiet,
}

impl Bundler<'_> {
    /// The target of a reference; `None` if there is none.
    pub(super) fn target(&mut self, text: &str, span: Span, cursor: &Cursor, report: Report) -> Option<Target> {
        let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
        let start = match self.resource(uri, span, cursor, report) {
            Ok(start) => start,
            Err(problem) => {
                if let Some(problem) = problem.filter(|_| report == Report::Loud) {
                    self.out.report((*problem).at(cursor.at.clone()));
                }
                return None;
            }
        };
        let found = self.within(&start, fragment);
        if found.is_none() && report == Report::Loud && !is_local(text, cursor) {
            let message = format!("`{text}` has no target in `{}`", self.files.path(start.file));
            let diagnostic = Diagnostic::new(&codes::DANGLING_FILE_REFERENCE, span, message);
            let help = "correct the part after `#`, or add its target to that file";
            self.out.report(diagnostic.help(help).at(cursor.at.clone()));
        }
        found
    }

    /// The file, or the schema with an `$id`, that a URI without fragment names.
    fn resource(
        &mut self,
        uri: &str,
        span: Span,
        cursor: &Cursor,
        report: Report,
    ) -> Result<Target, Option<Box<Diagnostic>>> {
        let whole = |file| Target { file, pointer: String::new() };
        if uri.is_empty() {
            return Ok(cursor.scope.clone().map_or_else(|| whole(cursor.file), |scope| scope.1));
        }
        let base = cursor.scope.clone().map_or_else(|| self.files.uri(cursor.file), |scope| scope.0);
        if let Some(named) = join_uri(&base, uri).and_then(|uri| self.files.with_id(&uri)) {
            return Ok(named.clone());
        }
        if has_scheme(uri) {
            return Err(Some(Box::new(remote(uri, span))));
        }
        let path = relative_to(self.files.path(cursor.file), uri);
        if report == Report::Quiet && !self.files.exists(&path) {
            return Err(None);
        }
        match self.files.open(&path, span, self.sources, self.out) {
            Ok(file) => Ok(whole(file)),
            Err(why) => Err(Some(Box::new(unreadable(&path, &why, span)))),
        }
    }

    fn within(&self, start: &Target, fragment: &str) -> Option<Target> {
        let decoded = pointer::percent_decode(fragment);
        if !decoded.is_empty() && !decoded.starts_with('/') {
            let pointer = self.files.anchor(start.file, &decoded)?.clone();
            return Some(Target { file: start.file, pointer });
        }
        // `a%2Fb` decodes to two keys, but its author means one.
        let one_key = || self.at(start, &pointer::percent_decode_tokens(fragment));
        self.at(start, &decoded).or_else(one_key)
    }

    /// The node at a pointer, from where a URI starts.
    fn at(&self, start: &Target, pointer: &str) -> Option<Target> {
        let pointer = self.files.moved(start.file, pointer);
        let inner = Target { file: start.file, pointer: format!("{}{pointer}", start.pointer) };
        let outer = Target { file: start.file, pointer: pointer.into_owned() };
        // A schema with an `$id` is its own root, but in many documents the file is meant.
        [inner, outer].into_iter().find(|target| self.files.node(target).is_some())
    }

    /// Follows nodes that contain only a reference.
    pub(super) fn last_of_chain(&mut self, mut target: Target) -> Target {
        for _ in 0..FILE_CHAIN {
            if target.file == ROOT {
                break;
            }
            let node = self.files.node(&target);
            let pure = node.and_then(|node| node.as_object()).filter(|object| object.len() == 1);
            let Some(reference) = pure.and_then(|object| object.get("$ref")) else {
                break;
            };
            let (Some(text), span) = (reference.as_str().map(str::to_owned), reference.span) else {
                break;
            };
            let cursor = Cursor::new(target.file, target.pointer.clone());
            match self.target(&text, span, &cursor, Report::Loud) {
                Some(next) => target = next,
                None => break,
            }
        }
        target
    }
}

/// Whether the root file refers to itself. `lower` reports such references if they dangle.
fn is_local(text: &str, cursor: &Cursor) -> bool {
    cursor.file == ROOT && text.starts_with('#')
}

/// Whether a reference has a scheme, such as `https:` or `urn:`. A single letter is a drive.
fn has_scheme(uri: &str) -> bool {
    let Some((scheme, _)) = uri.split_once(':') else {
        return false;
    };
    let letters = |char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.');
    scheme.len() > 1 && scheme.starts_with(|char: char| char.is_ascii_alphabetic()) && scheme.chars().all(letters)
}

fn remote(uri: &str, span: Span) -> Diagnostic {
    Diagnostic::new(&codes::REMOTE_REFERENCE, span, format!("`{uri}` is not a file beside the document"))
        .help("save its target beside the document and refer to that file; the generator fetches nothing")
}

fn unreadable(path: &str, why: &str, span: Span) -> Diagnostic {
    let message = if why.contains(path) { why.to_owned() } else { format!("the file `{path}` cannot be used: {why}") };
    Diagnostic::new(&codes::UNREADABLE_REFERENCE, span, message)
        .help("check the path, which is relative to the file with the reference")
}
