//! A finding for people: message, place, excerpt with caret, help.

use super::{Diagnostic, Diagnostics, Severity};
use crate::document::{Source, Sources, Span};
use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use std::collections::BTreeMap;
use std::fmt::Write;

mod excerpt;

use excerpt::Excerpt;

/// One finding as text that ends with a line break, with colours when `color`.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, color: bool) -> String {
    let level = level(diagnostic.severity);
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.id);
    let places = std::iter::once((diagnostic.span, "", AnnotationKind::Primary))
        .chain(diagnostic.labels.iter().map(|(span, text)| (*span, text.as_str(), AnnotationKind::Context)));
    let excerpts = Excerpt::of(places, sources);
    let mut group = title.elements(std::iter::empty::<Element<'_>>());
    for excerpt in &excerpts {
        group = group.element(origin(excerpt, sources));
        if let Some(snippet) = snippet(excerpt) {
            group = group.element(snippet);
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    if let Some(overlay) = &diagnostic.overlay {
        group = group.element(Level::HELP.message(format!("an overlay action that repairs it:\n{}", overlay.trim_end())));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.render(&[group]);
    text.push('\n');
    text
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Skipped => Level::WARNING.with_name("skipped"),
        Severity::Lowered => Level::WARNING.with_name("lowered"),
        Severity::Note => Level::NOTE,
    }
}

fn origin<'a>(excerpt: &Excerpt<'a>, sources: &Sources) -> Origin<'a> {
    let (line, column) = sources.line_column(excerpt.origin);
    Origin::path(excerpt.source.path()).line(line as usize).char_column(column as usize)
}

fn snippet<'a>(excerpt: &Excerpt<'a>) -> Option<Snippet<'a, Annotation<'a>>> {
    if excerpt.text.is_empty() {
        return None;
    }
    let marks = excerpt.marks.iter().map(|mark| {
        let label = (!mark.label.is_empty()).then_some(mark.label);
        mark.kind.span(mark.start..mark.end).label(label)
    });
    Some(Snippet::source(excerpt.text.clone()).line_start(excerpt.line).annotations(marks))
}

/// All findings as text, sorted; of one code at most `cap`, then a line that says how many more there are.
#[must_use]
pub fn render_all(diagnostics: &Diagnostics, sources: &Sources, color: bool, cap: usize) -> String {
    let mut sorted = diagnostics.clone();
    sorted.sort();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut text = String::new();
    for diagnostic in &sorted {
        let count = counts.entry(diagnostic.code.id).or_default();
        *count += 1;
        // Errors are what a run fails for: all are shown.
        if *count <= cap || diagnostic.severity == Severity::Error {
            text.push_str(&render(diagnostic, sources, color));
            text.push('\n');
        }
    }
    for (code, more) in counts.into_iter().filter_map(|(code, count)| Some((code, count.checked_sub(cap)?))) {
        let hidden = sorted.iter().any(|diagnostic| diagnostic.code.id == code && diagnostic.severity != Severity::Error);
        if more > 0 && hidden {
            let _ = writeln!(text, "note: {more} more of `{code}`; `--format json` prints all\n");
        }
    }
    text
}

/// The file a span lies in, when it was read.
fn source_of(span: Span, sources: &Sources) -> Option<&Source> {
    sources.get(span.source)
}
