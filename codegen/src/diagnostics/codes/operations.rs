//! Codes about operations, parameters, bodies, responses, security and servers.

use super::CodeInfo;

mod contents;
mod parties;
mod paths;

pub use contents::*;
pub use parties::*;
pub use paths::*;

pub(super) static ALL: &[&CodeInfo] = &[
    &AMBIGUOUS_OPERATIONS,
    &PATH_FRAGMENT,
    &PATH_WITHOUT_SLASH,
    &ADJACENT_PATH_PARAMETERS,
    &INVALID_METHOD,
    &MALFORMED_OPERATION,
    &UNMATCHED_SELECTION,
    &UNMATCHED_RENAME,
    &INVALID_CONFIG,
    &INVALID_STATUS,
    &UNREGISTERED_STATUS,
    &DUPLICATE_STATUS,
    &NO_SUCCESS,
    &BODY_NEVER_SENT,
    &INVALID_MEDIA_TYPE,
    &WILDCARD_MEDIA_TYPE,
    &UNTYPED_BODY,
    &FORM_NOT_AN_OBJECT,
    &UNKNOWN_ENCODING,
    &UNSUPPORTED_STYLE,
    &MALFORMED_PARAMETER,
    &RESERVED_HEADER,
    &MALFORMED_HEADER,
    &UNDEFINED_SECURITY_SCHEME,
    &INVALID_SECURITY_SCHEME,
    &UNSATISFIABLE_SECURITY,
    &INVALID_SERVER,
    &UNDEFINED_SERVER_VARIABLE,
];
