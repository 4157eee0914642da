//! The bounds that keep any input from exhausting memory, stack or time.

/// The most that a document may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nesting of arrays and objects, aliases and inlined files included.
    pub depth: usize,
    /// Size of one file in bytes.
    pub file_bytes: usize,
    /// Number of other files that references may name.
    pub files: usize,
    /// Values in all files together; each takes about 100 bytes of memory.
    pub values: usize,
    /// Bytes of the pointers of all values of a file together: of long keys, or of keys above very
    /// many values. A stage may write each pointer once.
    pub pointers: usize,
    /// Commas, brackets and quoted texts of a YAML file: its parser may hold back all of them, and
    /// takes some 400 bytes for each.
    pub flow_marks: usize,
    /// Memory, roughly in bytes, that YAML aliases and merge keys may add by repeating other nodes.
    pub expansion: usize,
    /// Nodes that the updates of one overlay may add: each place that a target matches gets its own copy.
    pub overlay_nodes: usize,
    /// Nodes that the targets of one overlay may visit; a visit takes about 100 ns.
    pub overlay_visits: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 128,
            file_bytes: 64 << 20,
            files: 10_000,
            values: 4_000_000,
            pointers: 512 << 20,
            flow_marks: 2_500_000,
            expansion: 64 << 20,
            overlay_nodes: 1_000_000,
            overlay_visits: 50_000_000,
        }
    }
}
