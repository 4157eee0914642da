//! Prints `shared.rs`: the definitions of inline types, groups of headers and errors that occur in
//! several places. The types of those places are aliases of them.

use super::{SourceFile, operations, types};
use crate::ir::model::Api;

/// Whether anything is shared.
pub(super) fn is_needed(api: &Api) -> bool {
    !api.types.shared().is_empty() || !api.shared_headers.is_empty() || !api.shared_errors.is_empty()
}

/// The file `shared.rs`, if anything is shared.
#[must_use]
pub fn file(api: &Api) -> Option<SourceFile<'_>> {
    let mut printers = types::shared_printers(api);
    printers.extend(operations::shared_printers(api));
    is_needed(api).then(|| SourceFile::rust("shared.rs", printers))
}
