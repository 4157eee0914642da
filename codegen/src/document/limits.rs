//! The bounds that keep any input from exhausting memory, stack or time.

/// What a document may cost at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nesting of arrays and objects, aliases and inlined files included.
    pub depth: usize,
    /// Size of one file in bytes.
    pub file_bytes: usize,
    /// Number of files that references may pull in.
    pub files: usize,
    /// Memory, roughly in bytes, that YAML aliases and merge keys may add by repeating what they name.
    pub expansion: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 128, file_bytes: 64 << 20, files: 10_000, expansion: 64 << 20 }
    }
}
