//! What goes with an element of the document: its documentation and its place.

pub use crate::openapi::doc::Doc;

/// Where an element stands in the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Document, relative to the workspace or as given.
    pub file: String,
    /// JSON Pointer in that document.
    pub pointer: String,
    /// First line of the element, from 1.
    pub line: u32,
}
