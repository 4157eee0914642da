//! Turns files into one [`Document`]: a tree whose nodes know the place in the file they were written in.
//!
//! The rule it keeps: every node points to text that a person wrote, also after files were bundled into one tree.

mod limits;
mod node;
mod number;
mod object;
pub(crate) mod parse;
pub mod pointer;
mod reader;
mod reference;
mod version;

pub use crate::source::{Source, SourceId, Sources, Span};
pub use limits::Limits;
pub use node::{Node, Value};
pub use number::Number;
pub use object::{Entry, Object};
pub use reader::{ConfinedReader, FileReader, MemoryReader, Reader};
pub use reference::{resolve, resolve_chain};
pub use version::{Version, VersionLine};

/// One OpenAPI document with all files that it was read from.
#[derive(Clone, Debug)]
pub struct Document {
    /// The tree; every `$ref` in it is local (`#/...`) after loading.
    pub root: Node,
    /// The texts that the spans in the tree point to.
    pub sources: Sources,
    /// The version that the document says it is written in.
    pub version: Version,
}
