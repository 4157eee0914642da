//! Diagnostics for people: message, location, excerpt with caret, effect, help.

use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Source, Sources, Span};
use crate::text::{line, lines};

mod excerpt;

use excerpt::{Excerpt, Highlight};

/// One diagnostic as text that ends with a line break, coloured if `color` is set.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, color: bool) -> String {
    let level = level(diagnostic.severity);
    let title = level.clone().primary_title(line(&diagnostic.message)).id(diagnostic.code.id);
    let primary = Highlight { span: diagnostic.span, label: "", kind: AnnotationKind::Primary };
    let related = diagnostic.labels.iter();
    let related = related.map(|(span, label)| Highlight { span: *span, label, kind: AnnotationKind::Context });
    let excerpts = Excerpt::of(std::iter::once(primary).chain(related), sources);
    let mut groups = vec![title.elements(std::iter::empty::<Element<'_>>())];
    for excerpt in &excerpts {
        for element in elements(excerpt, sources) {
            // A snippet with a path computes the column, which is wrong in a window of a long line;
            // in a group of its own, the window needs no path.
            if excerpt.cut && matches!(element, Element::Cause(_)) {
                groups.push(Group::with_level(level.clone()));
            }
            groups = with_element(groups, element);
        }
    }
    if let Some(effect) = diagnostic.effect {
        let text = format!("{effect} ({})", effect.meaning());
        groups = with_element(groups, Level::NOTE.with_name("effect").message(text).into());
    }
    if let Some(help) = &diagnostic.help {
        groups = with_element(groups, Level::HELP.message(lines(help)).into());
    }
    if let Some(overlay) = &diagnostic.overlay {
        let text = format!("an overlay action that repairs it:\n{}", lines(overlay.trim_end()));
        groups = with_element(groups, Level::HELP.message(text).into());
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.render(&groups);
    text.push('\n');
    text
}

/// One diagnostic as one line, for tools that show no more: `a.yaml:5:3: message; help [code]`.
#[must_use]
pub fn on_one_line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let (row, column) = sources.line_column(diagnostic.span);
    let help = diagnostic.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    let (path, message, code) = (sources.path(diagnostic.span), &diagnostic.message, diagnostic.code.id);
    let text = format!("{path}:{row}:{column}: {message}{help} [{code}]");
    line(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// Adds an element to the last group.
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

/// All diagnostics as text, sorted. Each code has all its errors, but at most `cap` others; a line
/// at the end counts the rest.
#[must_use]
pub fn render_all(diagnostics: &Diagnostics, sources: &Sources, color: bool, cap: usize) -> String {
    let mut sorted = diagnostics.clone();
    sorted.sort();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut text = String::new();
    for diagnostic in &sorted {
        let count = counts.entry(diagnostic.code.id).or_default();
        *count += 1;
        // A run fails because of its errors, so all are shown.
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

/// The errors as text, and one line for each other kind: its first message, where that is, and how
/// many more there are.
#[must_use]
pub fn render_kinds(diagnostics: &Diagnostics, sources: &Sources, color: bool) -> String {
    let mut sorted = diagnostics.clone();
    sorted.sort();
    let mut text = String::new();
    let mut kinds: BTreeMap<(Severity, &str), (&Diagnostic, usize)> = BTreeMap::new();
    for diagnostic in &sorted {
        if diagnostic.severity == Severity::Error {
            text.push_str(&render(diagnostic, sources, color));
            text.push('\n');
        } else {
            kinds.entry((diagnostic.severity, diagnostic.code.id)).or_insert((diagnostic, 0)).1 += 1;
        }
    }
    for ((severity, code), (first, count)) in kinds {
        let (row, column) = sources.line_column(first.span);
        let more = if count > 1 { format!(", and {} more", count - 1) } else { String::new() };
        let place = line(sources.path(first.span));
        let _ = writeln!(text, "{severity}[{code}]: {} ({place}:{row}:{column}{more})", line(&first.message));
    }
    text
}

/// The file that a span lies in, if it was read.
fn source_of(span: Span, sources: &Sources) -> Option<&Source> {
    sources.get(span.source)
}
