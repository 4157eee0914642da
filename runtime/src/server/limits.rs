//! Limits: how much of a request is read, and for how long.

use std::time::Duration;

use crate::limits::FAULTS;

/// Limits of a router; change them with `router(service).layer(Extension(Limits { .. }))`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a buffered body, or of all parts of a form together. Default: 2 MiB.
    pub body: usize,
    /// Bytes of a streamed body. Default: 1 GiB.
    pub stream: u64,
    /// Parts of a multipart form. Default: 256.
    pub parts: usize,
    /// Time until a buffered body has arrived. For a streamed body, the time until its next chunk.
    /// Default: 30 seconds.
    pub read_timeout: Duration,
    /// Maximum number of reported violations. Default: 32.
    pub violations: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 2 << 20, stream: 1 << 30, parts: 256, read_timeout: Duration::from_secs(30), violations: FAULTS }
    }
}
