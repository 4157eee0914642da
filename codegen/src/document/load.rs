//! Reads a document and everything it refers to.

use super::{Document, Limits, Reader};
use crate::diagnostics::Diagnostics;

/// Reads the document at `path` and the files it refers to, and makes one tree of them.
///
/// `None` when there is nothing to go on with; the reason is in `out`.
pub fn load(
    path: &str,
    reader: &dyn Reader,
    limits: &Limits,
    out: &mut Diagnostics,
) -> Option<Document> {
    let _ = (path, reader, limits, out);
    None
}
