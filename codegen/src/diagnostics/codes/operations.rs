//! Codes about operations, parameters, bodies, responses, security and servers.

use super::CodeInfo;

pub(super) static ALL: &[&CodeInfo] = &[];
