//! Turns a path into a [`Document`]: its file and all files that it refers to, as one tree.
//!
//! **Invariant:** whatever the files hold, the result is a document or diagnostics, within [`Limits`].

mod foreign;
mod version;

pub use version::update_version;

use crate::bundle::bundle;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::parse::{markup, read_tree};
use crate::document::{Document, Limits, Node, Reader, Value};
use crate::source::{Source, Sources};

/// Reads the document at `path` and the files it refers to, and makes one tree of them.
///
/// `None` when there is nothing to go on with; the reason is in `out`. Use [`load_into`] to be able to show its place.
pub fn load(path: &str, reader: &dyn Reader, limits: &Limits, out: &mut Diagnostics) -> Option<Document> {
    load_into(path, reader, limits, &mut Sources::new(), out)
}

/// Like [`load`], but when there is no document the files that were read are left in `sources`, to show the places of the
/// diagnostics; with a document they move into it.
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
        out.report(markup(text, source).unwrap_or_else(|| not_an_object(&tree.root)));
        return None;
    }
    let version = version::detect(&tree.root, sources, out)?;
    let root = bundle(tree, path, reader, limits, sources, out);
    Some(Document { root, sources: std::mem::take(sources), version })
}

fn not_an_object(root: &Node) -> Diagnostic {
    let kind = root.value.kind();
    Diagnostic::new(&codes::NOT_AN_OBJECT, root, format!("a document is an object, this is of type {kind}"))
        .help("an OpenAPI document starts with keys such as `openapi: 3.1.0`, `info:` and `paths:`")
}

#[cfg(test)]
mod tests;
