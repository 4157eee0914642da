//! Turns a path into a [`Document`]: its file and all files that it refers to, as one tree.
//!
//! **Invariant:** any files give a document or diagnostics, within [`Limits`].

mod foreign;
mod version;

pub use version::update_version;

use crate::bundle::bundle;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::parse::{markup, read_tree};
use crate::document::{Document, Limits, Node, Reader, Value};
use crate::source::{Source, Sources};

/// Reads the document at `path` and the files that it refers to into one tree.
///
/// Returns `None` if there is no document; `out` then has the reason. To show its location, use
/// [`load_into`].
pub fn load(path: &str, reader: &dyn Reader, limits: &Limits, out: &mut Diagnostics) -> Option<Document> {
    load_into(path, reader, limits, &mut Sources::new(), out)
}

/// Like [`load`], but if there is no document, `sources` keeps the files that were read, so that
/// diagnostics can be shown with their locations. Otherwise the document takes them over.
pub fn load_into(
    path: &str,
    reader: &dyn Reader,
    limits: &Limits,
    sources: &mut Sources,
    out: &mut Diagnostics,
) -> Option<Document> {
    let tree = read_tree(path, reader, limits, sources, out)?;
    if !matches!(tree.root.value, Value::Object(_)) {
        let source = tree.root.span.source;
        let text = sources.get(source).map_or("", Source::text);
        out.report(markup(path, text, source).unwrap_or_else(|| not_an_object(&tree.root)));
        return None;
    }
    let version = version::detect(&tree.root, sources, out)?;
    let root = bundle(tree, path, reader, limits, version.line, sources, out);
    Some(Document { root, sources: std::mem::take(sources), version })
}

fn not_an_object(root: &Node) -> Diagnostic {
    let kind = root.value.kind();
    Diagnostic::new(&codes::NOT_AN_OBJECT, root, format!("the document is of type {kind}, not an object"))
        .help("an OpenAPI document starts with keys such as `openapi: 3.1.0`, `info:` and `paths:`")
}

#[cfg(test)]
mod tests;
