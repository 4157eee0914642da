//! Cuts the lines around a finding out of a file: few lines, and of very long lines a window.

use annotate_snippets::AnnotationKind;

use super::source_of;
use crate::source::{Source, Sources, Span};

/// Marks at most so many lines apart are shown in one excerpt.
const TOGETHER: usize = 12;
/// Lines longer than this (in bytes) are cut.
const LONG_LINE: usize = 180;
/// What stays of a long line before and after where a mark starts.
const BEFORE: usize = 50;
const AFTER: usize = 70;

/// A place within an excerpt.
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
    /// The first place marked in it.
    pub origin: Span,
    /// The number of its first line.
    pub line: usize,
    pub text: String,
    pub marks: Vec<Mark<'a>>,
    /// Whether the text is only a window of its line.
    pub cut: bool,
}

type Place<'a> = (Span, &'a str, AnnotationKind);

impl<'a> Excerpt<'a> {
    /// The excerpts that show all places, that of the first place first.
    pub fn of(places: impl Iterator<Item = Place<'a>>, sources: &'a Sources) -> Vec<Self> {
        let mut groups: Vec<Vec<Place<'a>>> = Vec::new();
        for place in places {
            let near = groups.iter_mut().find(|group| group.iter().any(|other| together(place.0, other.0, sources)));
            match near {
                Some(group) => group.push(place),
                None => groups.push(vec![place]),
            }
        }
        groups.into_iter().filter_map(|group| Self::one(&group, sources)).collect()
    }

    fn one(places: &[Place<'a>], sources: &'a Sources) -> Option<Self> {
        let origin = places.first()?.0;
        let source = source_of(origin, sources)?;
        let lines = places.iter().map(|(span, ..)| source.line_at(span.start).0);
        let (first, last) = (lines.clone().min()?, lines.max()?);
        let start = source.line_start(first) as usize;
        let end = source.line_start(last + 1) as usize;
        let text = source.text().get(start..end)?.trim_end_matches(['\n', '\r']);
        let mut excerpt = Self { source, origin, line: first + 1, text: String::new(), marks: Vec::new(), cut: false };
        if first == last && text.len() > LONG_LINE {
            excerpt.window(text, start, places);
        } else {
            text.clone_into(&mut excerpt.text);
            excerpt.marks = places.iter().map(|place| mark(place, text, start, 0)).collect();
        }
        Some(excerpt)
    }

    /// A window around the first mark; marks outside of it go without.
    fn window(&mut self, line: &str, offset: usize, places: &[Place<'a>]) {
        let at = (self.origin.start as usize).saturating_sub(offset).min(line.len());
        let from = boundary(line, at.saturating_sub(BEFORE));
        let to = boundary(line, at.saturating_add(AFTER));
        let window = line.get(from..to).unwrap_or("");
        self.cut = true;
        let before = if from > 0 { "…" } else { "" };
        let after = if to < line.len() { "…" } else { "" };
        self.text = format!("{before}{window}{after}");
        let inside = places.iter().filter(|(span, ..)| {
            let start = (span.start as usize).saturating_sub(offset);
            (from..=to).contains(&start)
        });
        self.marks = inside.map(|place| mark(place, window, offset + from, before.len())).collect();
    }
}

/// Lines of one file that are near each other; very long lines stay alone.
fn together(left: Span, right: Span, sources: &Sources) -> bool {
    let Some(source) = source_of(left, sources).filter(|_| left.source == right.source) else {
        return false;
    };
    let (left, left_start) = source.line_at(left.start);
    let (right, right_start) = source.line_at(right.start);
    let apart = left_start.abs_diff(right_start) as usize;
    left.abs_diff(right) <= TOGETHER && (apart <= TOGETHER * LONG_LINE)
}

/// A place in a text that starts at `offset` of its file; a mark ends with its line.
fn mark<'a>(place: &Place<'a>, text: &str, offset: usize, shift: usize) -> Mark<'a> {
    let (span, label, kind) = *place;
    let start = boundary(text, (span.start as usize).saturating_sub(offset));
    let end = boundary(text, (span.end as usize).saturating_sub(offset)).max(start);
    let covered = text.get(start..end).unwrap_or("");
    let line = covered.lines().next().map_or(0, str::len);
    Mark { start: start + shift, end: start + line + shift, label, kind }
}

/// The nearest start of a character at or before an offset.
fn boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
