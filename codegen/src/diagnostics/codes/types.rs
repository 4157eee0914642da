//! Codes about schemas and the types made of them.

use super::CodeInfo;

pub(super) static ALL: &[&CodeInfo] = &[];
