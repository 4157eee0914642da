//! Prints `types.rs`: the table of types becomes structs, enums, unions, newtypes and aliases.

use super::SourceFile;
use crate::ir::model::Api;

/// The file `types.rs`.
#[must_use]
pub fn file(_: &Api) -> SourceFile<'_> {
    SourceFile::rust("types.rs", Vec::new())
}
