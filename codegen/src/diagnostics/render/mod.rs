//! A finding for people: message, place, excerpt with caret, help.

use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Source, Sources, Span};

mod excerpt;

use excerpt::Excerpt;

/// One finding as text that ends with a line break, with colours when `color`.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, color: bool) -> String {
    let level = level(diagnostic.severity);
    let title = level.clone().primary_title(diagnostic.message.as_str()).id(diagnostic.code.id);
    let places = std::iter::once((diagnostic.span, "", AnnotationKind::Primary))
        .chain(diagnostic.labels.iter().map(|(span, text)| (*span, text.as_str(), AnnotationKind::Context)));
    let excerpts = Excerpt::of(places, sources);
    let mut groups = vec![title.elements(std::iter::empty::<Element<'_>>())];
    for excerpt in &excerpts {
        for element in elements(excerpt, sources) {
            // A group shows a line that was cut without a path of its own, which would come with a wrong column.
            if excerpt.cut && matches!(element, Element::Cause(_)) {
                groups.push(Group::with_level(level.clone()));
            }
            groups = with_element(groups, element);
        }
    }
    if let Some(help) = &diagnostic.help {
        groups = with_element(groups, Level::HELP.message(help.as_str()).into());
    }
    if let Some(overlay) = &diagnostic.overlay {
        let text = format!("an overlay action that repairs it:\n{}", overlay.trim_end());
        groups = with_element(groups, Level::HELP.message(text).into());
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.render(&groups);
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

/// The groups with one more element in the last of them.
fn with_element<'a>(mut groups: Vec<Group<'a>>, element: Element<'a>) -> Vec<Group<'a>> {
    if let Some(last) = groups.pop() {
        groups.push(last.element(element));
    }
    groups
}

fn elements<'a>(excerpt: &Excerpt<'a>, sources: &Sources) -> Vec<Element<'a>> {
    let (line, column) = sources.line_column(excerpt.origin);
    let path = excerpt.source.path();
    let origin = Origin::path(path).line(line as usize).char_column(column as usize);
    if excerpt.text.is_empty() {
        return vec![origin.into()];
    }
    let marks = excerpt.marks.iter().map(|mark| {
        let label = (!mark.label.is_empty()).then_some(mark.label);
        mark.kind.span(mark.start..mark.end).label(label)
    });
    let snippet = Snippet::source(excerpt.text.clone()).line_start(excerpt.line).annotations(marks);
    if excerpt.cut { vec![origin.into(), snippet.into()] } else { vec![snippet.path(path).into()] }
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
        let hidden =
            sorted.iter().any(|diagnostic| diagnostic.code.id == code && diagnostic.severity != Severity::Error);
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
