//! The documentation of an element of the document, and its origin.

pub use crate::openapi::documentation::Doc;

/// The pointer of an element of the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The document, relative to the workspace or as passed.
    pub file: String,
    /// JSON Pointer in that document.
    pub pointer: String,
    /// First line of the element, from 1.
    pub line: u32,
}
