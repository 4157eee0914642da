//! Status codes as text.

use std::fmt;

/// Writes `404 Not Found`, or only the number if it has no name.
///
/// # Errors
/// If the formatter fails.
pub fn fmt(status: u16, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match http::StatusCode::from_u16(status).ok().and_then(|code| code.canonical_reason()) {
        Some(reason) => write!(f, "{status} {reason}"),
        None => write!(f, "{status}"),
    }
}
