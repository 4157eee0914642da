//! Turns a document into a repaired one by the actions of an `OpenAPI` Overlay 1.0 file.
//!
//! The rule it keeps: an action that changes nothing is an error, so repairs go away with what they repaired.

use crate::diagnostics::Diagnostics;
use crate::document::{Document, Reader};

/// Applies the actions of the overlay at `overlay_path` to the document, in order.
pub fn apply(
    document: &mut Document,
    overlay_path: &str,
    reader: &dyn Reader,
    out: &mut Diagnostics,
) {
    let _ = (document, overlay_path, reader, out);
}
