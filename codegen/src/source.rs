//! Keeps the text of every file read and turns byte offsets into lines and columns.

use std::sync::OnceLock;

/// Identifies one file of [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u16);

/// A range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of a file.
    #[must_use]
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX).max(start);
        Self { source, start, end }
    }

    /// The span from the start of this one to the end of `other`, if both are in the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        let end = if self.source == other.source { self.end.max(other.end) } else { self.end };
        Self { end, ..self }
    }
}

/// One file that was read.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    text: String,
    lines: OnceLock<Vec<u32>>,
}

impl Source {
    /// The offsets where lines start, computed when a location is first needed.
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = self.text.match_indices('\n');
            let starts = breaks.map(|(offset, _)| u32::try_from(offset + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(starts).collect()
        })
    }

    /// The path as the user wrote it, or relative to it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line (0-based) that holds a byte, and the offset where that line starts.
    #[must_use]
    pub fn line_at(&self, offset: u32) -> (usize, u32) {
        let line = self.lines().partition_point(|start| *start <= offset).saturating_sub(1);
        (line, self.lines().get(line).copied().unwrap_or(0))
    }

    /// The offset where a line (0-based) starts. For lines after the last, the length of the text.
    #[must_use]
    pub fn line_start(&self, line: usize) -> u32 {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.lines().get(line).copied().unwrap_or(end)
    }
}

/// All files that one document was read from, the root file first.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a file. Its id stays valid as long as the sources live.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId(u16::try_from(self.files.len()).unwrap_or(u16::MAX));
        self.files.push(Source { path: path.into(), text: text.into(), lines: OnceLock::new() });
        id
    }

    /// A file by its id.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.files.get(usize::from(id.0))
    }

    /// The files in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        let ids = (0..=u16::MAX).map(SourceId);
        ids.zip(&self.files)
    }

    /// The path of the file that a span is in. Empty if there is none.
    #[must_use]
    pub fn path(&self, span: Span) -> &str {
        self.get(span.source).map_or("", Source::path)
    }

    /// The text that a span covers.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        let text = self.get(span.source).map_or("", Source::text);
        text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The line where a span starts, counted from 1. Unlike [`line_column`](Self::line_column), it
    /// is fast even for a document with one long line.
    #[must_use]
    pub fn line(&self, span: Span) -> u32 {
        let line = self.get(span.source).map_or(0, |source| source.line_at(span.start).0);
        u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The start of a span: line and column, both counted from 1, the column in characters.
    #[must_use]
    pub fn line_column(&self, span: Span) -> (u32, u32) {
        let Some(source) = self.get(span.source) else {
            return (1, 1);
        };
        let (line, start) = source.line_at(span.start);
        let before = source.text.get(start as usize..span.start as usize).unwrap_or("");
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let column = u32::try_from(before.chars().count()).unwrap_or(u32::MAX);
        (line.saturating_add(1), column.saturating_add(1))
    }
}
