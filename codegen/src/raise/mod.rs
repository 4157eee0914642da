//! Turns a document of Swagger 2.0 into an OpenAPI 3 document.
//!
//! | 2.0 | 3 |
//! |---|---|
//! | `definitions`, `parameters`, `responses`, `securityDefinitions` | sections of `components` |
//! | `host`, `basePath`, `schemes` | `servers` |
//! | body and form parameters, `consumes` | `requestBody` |
//! | `schema` and `examples` of responses, `produces` | `content` |
//! | `collectionFormat` | `style` and `explode` |
//! | a discriminator that is a name | one with `propertyName` and `mapping` |
//!
//! **Invariant:** nodes keep the spans that they were read from, and whatever version 3 has no
//! place for is reported.

mod bodies;
mod collections;
mod components;
mod copies;
mod forms;
mod media;
mod operations;
mod origins;
mod parameters;
mod references;
mod responses;
mod role;
mod schemas;
mod security;
mod servers;
mod shared;
#[cfg(test)]
mod tests;

pub use origins::Origins;
pub(crate) use references::Moves;

use std::borrow::Cow;

use shared::Shared;

use crate::diagnostics::Diagnostics;
use crate::document::{Document, Node, Object, VersionLine};
use crate::openapi::path::NodePath;

/// The extension that keeps a `collectionFormat` for which OpenAPI 3 has no style in this location.
/// `style` beside it has the format.
pub const COLLECTION_FORMAT: &str = "x-collection-format";

/// The version of the documents that this stage writes.
const RAISED: &str = "3.1.0";

/// Rewrites a document of Swagger 2.0; others stay unchanged. Returns the origins of the nodes in
/// the result.
pub fn raise(document: &mut Document, out: &mut Diagnostics) -> Option<Origins> {
    if document.version.line != VersionLine::V2_0 {
        return None;
    }
    let written = document.root.clone();
    raise_tree(&mut document.root, out);
    schemas::nullable(&mut document.root);
    // Lists in parts of forms have a style since 3.1.
    document.version.line = VersionLine::V3_1;
    Some(Origins::new(&written, document.root.clone()))
}

/// The document as OpenAPI 3, without diagnostics.
#[must_use]
pub fn raised(document: &Document) -> Cow<'_, Document> {
    if document.version.line != VersionLine::V2_0 {
        return Cow::Borrowed(document);
    }
    let mut copy = document.clone();
    raise(&mut copy, &mut Diagnostics::new());
    Cow::Owned(copy)
}

/// Rewrites the tree of a document of Swagger 2.0.
pub(crate) fn raise_tree(root: &mut Node, out: &mut Diagnostics) {
    let written = root.clone();
    let shared = Shared::of(&written);
    let Some(object) = root.as_object_mut() else {
        return;
    };
    servers::of_document(object, out);
    components::raise(object, &shared, out);
    if let Some(paths) = object.get_mut("paths").and_then(Node::as_object_mut) {
        let at = NodePath::ROOT.key("paths");
        for (path, item) in paths.iter_mut().filter(|(path, _)| !path.starts_with("x-")) {
            operations::of_item(item, &shared, &at.key(path), out);
        }
    }
    *object = std::mem::take(object).into_iter().filter_map(root_entry).collect::<Object>();
    let values = schemas::tag_values(&written);
    schemas::raise(root, &values);
    references::rewrite(root, &written);
}

/// A root entry as version 3 has it. `None` for entries that have moved.
fn root_entry(mut entry: crate::document::Entry) -> Option<crate::document::Entry> {
    if &*entry.key == "swagger" {
        entry.key = "openapi".into();
        entry.value.value = RAISED.into();
    }
    let moved = matches!(&*entry.key, "host" | "basePath" | "schemes" | "consumes" | "produces");
    (!moved).then_some(entry)
}
