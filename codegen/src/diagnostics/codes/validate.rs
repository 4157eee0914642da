//! Codes about rules that a document has to keep.

use super::CodeInfo;

pub(super) static ALL: &[&CodeInfo] = &[];
