//! A [`Document`]: a tree whose nodes know the text from which they were read.
//!
//! **Invariant:** every node points to text that a person wrote, even after files have been bundled
//! into one tree.

mod map;
mod node;
mod number;
pub(crate) mod parse;
pub mod pointer;
mod reader;
mod reference;
mod version;

pub use crate::limits::Limits;
pub use crate::source::{Source, SourceId, Sources, Span};
pub use node::{Entry, Node, Object, Value};
pub use number::Number;
pub use reader::{ConfinedReader, FileReader, MemoryReader, Reader};
pub use reference::{resolve, resolve_chain};
pub use version::{Version, VersionLine};

/// An OpenAPI document with all files from which it was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The tree. After loading, every `$ref` in it is local (`#/...`).
    pub root: Node,
    /// The texts to which the spans in the tree point.
    pub sources: Sources,
    /// The version of OpenAPI that the document names.
    pub version: Version,
}
