//! What goes with an element of the document: its documentation and its place.

use serde_json::Value;

/// Text for rustdoc, Markdown as the document has it; `render` makes it safe to print.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// First line: the summary, or the first sentence of the description.
    pub summary: Option<String>,
    /// The rest.
    pub body: Option<String>,
    /// `externalDocs.url` and its description.
    pub link: Option<(String, Option<String>)>,
    /// Examples, pretty-printed as JSON in the docs.
    pub examples: Vec<Value>,
    /// Set where the document says `deprecated`; the text is the note to print, which may be empty.
    pub deprecated: Option<String>,
    /// How far the element is verified (`x-provenance`), where that is less than certain.
    pub provenance: Option<String>,
}

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
