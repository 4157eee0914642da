//! How much of a request is read, and for how long.

use std::time::Duration;

/// Limits of a router; change them with `router(service).layer(Extension(Limits { .. }))`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a body that is read as a whole, and of all parts of a form together: 2 MiB.
    pub body: usize,
    /// Bytes of a body that is handed over as a stream: 1 GiB.
    pub stream: u64,
    /// Parts of a multipart form: 256.
    pub parts: usize,
    /// How long a body may take to arrive as a whole; for streams, how long the next piece may take: 30 seconds.
    pub read_timeout: Duration,
    /// Violations that are reported at most: 32.
    pub violations: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 2 << 20, stream: 1 << 30, parts: 256, read_timeout: Duration::from_secs(30), violations: 32 }
    }
}
