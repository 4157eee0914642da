//! The limits on what a caller can cost a mock or the sandbox, each with its unit and reason.

use std::time::Duration;

/// Bytes of a path. Stores limit the length of keys.
pub const PATH_BYTES: usize = 2048;

/// Time for receiving the head of a request.
pub(crate) const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// Bytes of a body that are drained after the response, so that the caller can read the response.
pub(crate) const DRAIN_BYTES: usize = 16 << 20;

/// The time for which a body is drained.
pub(crate) const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// The time in which a caller must take the next part of a response. A caller that does not read
/// would otherwise keep the connection and the response forever.
pub(crate) const WRITE_TIMEOUT: Duration = Duration::from_secs(30);

/// The time that current requests have to finish when a server stops.
pub(crate) const GRACE: Duration = Duration::from_secs(5);

/// Requests that the log keeps.
pub(crate) const LOGGED_REQUESTS: usize = 500;

/// Characters of a target that the log keeps.
pub(crate) const LOGGED_TARGET: usize = 300;
