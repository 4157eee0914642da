//! Codes about files, syntax, versions, references to other files and overlays.

use super::CodeInfo;

pub(super) static ALL: &[&CodeInfo] = &[];
