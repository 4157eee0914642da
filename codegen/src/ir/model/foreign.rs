//! Types of other crates that replace schemas and formats.

/// A type of another crate that replaces a schema or a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// The type, in Rust syntax.
    pub path: String,
    /// Bit set of the JSON types of its values; see [`Probe`](super::Probe).
    pub json: u8,
    /// Whether the type is from a known crate. Such a type is parsed from text, and has `Eq`,
    /// `Hash` and `Ord`.
    pub known: bool,
}

impl Foreign {
    /// A type about which nothing is known.
    #[must_use]
    pub fn of(path: String) -> Self {
        Self { path, json: 0, known: false }
    }
}

/// Index of a [`Foreign`] in its [`TypeTable`](super::TypeTable).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ForeignId(pub(crate) u32);
