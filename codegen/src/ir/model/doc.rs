//! The documentation and origin of an element of the document.

use serde_json::Value;

/// Text for rustdoc, in the Markdown of the document; `render` makes it safe to print.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// The summary, or the first sentence of the description; one line.
    pub summary: Option<String>,
    /// The rest.
    pub body: Option<String>,
    /// `externalDocs.url` and its description.
    pub link: Option<(String, Option<String>)>,
    /// Examples, pretty-printed as JSON in the docs.
    pub examples: Vec<Value>,
    /// The deprecation note, which may be empty; `None` if the element is not deprecated.
    pub deprecated: Option<String>,
    /// How well the element is verified (`x-provenance`), unless that is certain.
    pub provenance: Option<String>,
}

/// The location of an element in the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// File, relative to the workspace or as given.
    pub file: String,
    /// JSON Pointer in the document.
    pub pointer: String,
    /// First line of the element, counted from 1.
    pub line: u32,
}
