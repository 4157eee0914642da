//! Turns the character counts of the YAML parser into byte offsets.

/// A byte offset is kept for every group of this many characters.
const STEP: usize = 16;

/// Converts characters to bytes without walking from the start for each conversion.
pub(super) struct Offsets<'t> {
    text: &'t str,
    /// Byte offset of every [`STEP`]th character; empty if all characters are one byte.
    marks: Vec<u32>,
}

impl<'t> Offsets<'t> {
    pub fn new(text: &'t str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(byte, _)| u32::try_from(byte).unwrap_or(u32::MAX)).collect()
        };
        Self { text, marks }
    }

    /// The text itself.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The byte at which a character starts. For characters beyond the end, it is the end of the
    /// text.
    pub fn byte(&self, character: usize) -> usize {
        let end = self.text.len();
        if self.marks.is_empty() {
            return character.min(end);
        }
        let Some(mark) = self.marks.get(character / STEP) else {
            return end;
        };
        let mark = *mark as usize;
        let rest = self.text.get(mark..).unwrap_or("");
        let within = rest.char_indices().nth(character % STEP);
        within.map_or(end, |(offset, _)| mark + offset)
    }
}
