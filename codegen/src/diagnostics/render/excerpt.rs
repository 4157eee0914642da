//! Cuts the lines that a diagnostic highlights out of their files: a few lines, or a window of a
//! very long one.

use annotate_snippets::AnnotationKind;

use super::source_of;
use crate::source::{Source, Sources, Span};

/// Highlights at most this many lines apart share an excerpt.
const TOGETHER: usize = 12;
/// Lines longer than this, in bytes, are cut to a window.
const LONG_LINE: usize = 180;
/// The bytes that a window keeps before the start of its highlight.
const BEFORE: usize = 50;
/// The bytes that a window keeps after the start of its highlight.
const AFTER: usize = 70;

/// A span to show, with a few words beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Highlight<'a> {
    pub span: Span,
    pub label: &'a str,
    pub kind: AnnotationKind,
}

/// A highlight as a range of bytes in the text of an excerpt.
#[derive(Debug)]
pub(super) struct Mark<'a> {
    pub start: usize,
    pub end: usize,
    pub label: &'a str,
    pub kind: AnnotationKind,
}

/// A few lines of one file.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    pub source: &'a Source,
    /// The first highlight in it.
    pub origin: Span,
    /// The number of its first line.
    pub line: usize,
    pub text: String,
    pub marks: Vec<Mark<'a>>,
    /// Whether the text is a window of its line.
    pub cut: bool,
}

impl<'a> Excerpt<'a> {
    /// The excerpts that show all highlights, beginning with that of the first.
    pub fn of(highlights: impl Iterator<Item = Highlight<'a>>, sources: &'a Sources) -> Vec<Self> {
        let mut groups: Vec<Vec<Highlight<'a>>> = Vec::new();
        for highlight in highlights {
            let is_near = |other: &Highlight<'_>| are_near(highlight.span, other.span, sources);
            match groups.iter_mut().find(|group| group.iter().any(is_near)) {
                Some(group) => group.push(highlight),
                None => groups.push(vec![highlight]),
            }
        }
        groups.into_iter().filter_map(|group| Self::one(&group, sources)).collect()
    }

    fn one(highlights: &[Highlight<'a>], sources: &'a Sources) -> Option<Self> {
        let origin = highlights.first()?.span;
        let source = source_of(origin, sources)?;
        let lines = highlights.iter().map(|highlight| source.line_at(highlight.span.start).0);
        let (first, last) = (lines.clone().min()?, lines.max()?);
        let start = source.line_start(first) as usize;
        let end = source.line_start(last + 1) as usize;
        let text = source.text().get(start..end)?.trim_end_matches(['\n', '\r']);
        let mut excerpt = Self { source, origin, line: first + 1, text: String::new(), marks: Vec::new(), cut: false };
        if first == last && text.len() > LONG_LINE {
            excerpt.window(text, start, highlights);
        } else {
            text.clone_into(&mut excerpt.text);
            excerpt.marks = highlights.iter().map(|highlight| mark(highlight, text, start, 0)).collect();
        }
        Some(excerpt)
    }

    /// Cuts a window around the first highlight; those outside of it are not marked.
    fn window(&mut self, line: &str, offset: usize, highlights: &[Highlight<'a>]) {
        let at = (self.origin.start as usize).saturating_sub(offset).min(line.len());
        let from = boundary(line, at.saturating_sub(BEFORE));
        let to = boundary(line, at.saturating_add(AFTER));
        let window = line.get(from..to).unwrap_or("");
        self.cut = true;
        let before = if from > 0 { "…" } else { "" };
        let after = if to < line.len() { "…" } else { "" };
        self.text = format!("{before}{window}{after}");
        let inside = highlights.iter().filter(|highlight| {
            let start = (highlight.span.start as usize).saturating_sub(offset);
            (from..=to).contains(&start)
        });
        self.marks = inside.map(|highlight| mark(highlight, window, offset + from, before.len())).collect();
    }
}

/// Whether two spans lie in lines of one file that are near each other; very long lines are not.
fn are_near(left: Span, right: Span, sources: &Sources) -> bool {
    let Some(source) = source_of(left, sources).filter(|_| left.source == right.source) else {
        return false;
    };
    let (left, left_start) = source.line_at(left.start);
    let (right, right_start) = source.line_at(right.start);
    let apart = left_start.abs_diff(right_start) as usize;
    left.abs_diff(right) <= TOGETHER && (apart <= TOGETHER * LONG_LINE)
}

/// Locates a highlight in a text that starts at `offset` of its file and at `shift` of its excerpt.
/// A mark ends with its line.
fn mark<'a>(highlight: &Highlight<'a>, text: &str, offset: usize, shift: usize) -> Mark<'a> {
    let Highlight { span, label, kind } = *highlight;
    let start = boundary(text, (span.start as usize).saturating_sub(offset));
    let end = boundary(text, (span.end as usize).saturating_sub(offset)).max(start);
    let covered = text.get(start..end).unwrap_or("");
    let line = covered.lines().next().map_or(0, str::len);
    Mark { start: start + shift, end: start + line + shift, label, kind }
}

/// The last start of a character at or before an offset.
fn boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
