//! Indents lines that other YAML parsers accept although the specification requires deeper
//! indentation: the inner lines of `{…}`, `[…]` and quotes.

use std::collections::BTreeSet;

use saphyr_parser::ScanError;

use crate::diagnostics::{Diagnostic, codes};
use crate::limits::YAML_REPAIR_BYTES;
use crate::source::Span;

/// The number of blanks that are put before a line. It is likely to be deeper than any block around
/// the line.
const BLANKS: usize = 256;

/// The lines to indent, and the cost so far.
pub(super) struct Repair<'t> {
    original: &'t str,
    /// Offsets, in the original text, of the lines that get blanks.
    lines: BTreeSet<usize>,
    effort: usize,
    /// The offset of the first error.
    first: Option<usize>,
}

/// The text to read instead, and the positions of the blanks in it.
pub(super) struct Indented {
    pub text: String,
    /// Offsets in `text` at which [`BLANKS`] blanks start.
    blanks: Vec<usize>,
}

impl<'t> Repair<'t> {
    pub fn new(original: &'t str) -> Self {
        Self { original, lines: BTreeSet::new(), effort: 0, first: None }
    }

    /// Indents more lines because of an error at an offset. Returns whether to parse again.
    pub fn extend(&mut self, error: &ScanError, offset: usize) -> bool {
        let rest = self.original.get(offset..).unwrap_or("");
        let until = match error.info() {
            "invalid indentation" | "invalid indentation in flow construct" => end_of_flow(rest),
            "invalid indentation in quoted scalar" => end_of_quote(rest),
            _ => return false,
        };
        let end = offset + until;
        let mut line = match error.info() {
            "invalid indentation in quoted scalar" => self.next_line(offset),
            _ => Some(self.original.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)),
        };
        let mut grown = false;
        while let Some(start) = line.filter(|start| *start <= end) {
            grown |= self.lines.insert(start);
            line = self.next_line(start);
        }
        self.first.get_or_insert(offset);
        self.effort += self.original.len() + self.lines.len() * BLANKS;
        grown && self.effort <= YAML_REPAIR_BYTES
    }

    fn next_line(&self, offset: usize) -> Option<usize> {
        self.original.get(offset..)?.find('\n').map(|at| offset + at + 1)
    }

    /// The text with the blanks in it; `None` if no blanks are needed.
    pub fn indented(&self) -> Option<Indented> {
        if self.lines.is_empty() {
            return None;
        }
        let mut text = String::with_capacity(self.original.len() + self.lines.len() * BLANKS);
        let mut blanks = Vec::with_capacity(self.lines.len());
        let mut done = 0;
        for line in &self.lines {
            text.push_str(self.original.get(done..*line).unwrap_or(""));
            blanks.push(text.len());
            text.extend(std::iter::repeat_n(' ', BLANKS));
            done = *line;
        }
        text.push_str(self.original.get(done..).unwrap_or(""));
        Some(Indented { text, blanks })
    }

    /// The diagnostic for a text that could be read only with this repair.
    pub fn diagnostic(&self, span_at: impl Fn(usize) -> Span) -> Option<Diagnostic> {
        let message = "this line is not indented deeper than the key that it belongs to";
        let diagnostic = |offset| Diagnostic::new(&codes::YAML_INDENTATION, span_at(offset), message);
        self.first.map(|offset| diagnostic(offset).help("indent it; some YAML parsers refuse the file as it is"))
    }
}

impl Indented {
    /// The offset in the original text.
    pub fn original(&self, offset: usize) -> usize {
        let before = self.blanks.partition_point(|start| *start <= offset);
        let last = before.checked_sub(1).and_then(|last| self.blanks.get(last));
        let inside = last.map_or(0, |start| BLANKS - (offset - start).min(BLANKS));
        offset + inside - before * BLANKS
    }
}

/// The offset at which the bracket that is open at the start of the text closes.
fn end_of_flow(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut before = ' ';
    let mut comment = false;
    for (offset, char) in text.char_indices() {
        match (quote, char) {
            (_, '\n') => comment = false,
            _ if comment => continue,
            (Some('"'), _) if before == '\\' => {
                before = ' ';
                continue;
            }
            (Some(open), _) if open == char => quote = None,
            (None, '#') if before.is_whitespace() => comment = true,
            (None, '"' | '\'') if before.is_whitespace() || matches!(before, '[' | '{' | ',' | ':') => {
                quote = Some(char);
            }
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') if depth == 0 => return offset,
            (None, '}' | ']') => depth -= 1,
            _ => {}
        }
        before = char;
    }
    text.len()
}

/// The offset at which the quote that opens at the start of the text closes.
fn end_of_quote(text: &str) -> usize {
    let mut chars = text.char_indices();
    let Some((_, open)) = chars.next() else {
        return 0;
    };
    let mut escaped = false;
    for (offset, char) in chars {
        match char {
            _ if escaped => escaped = false,
            '\\' if open == '"' => escaped = true,
            _ if char == open => return offset,
            _ => {}
        }
    }
    text.len()
}
