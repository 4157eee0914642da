//! Codes about the passes that bring a document to one form.

use super::CodeInfo;

pub(super) static ALL: &[&CodeInfo] = &[];
