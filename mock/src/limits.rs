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

/// Memory, roughly in bytes, that all records of a store may take. An operation on a collection may
/// read and copy all of them, which takes 0.1 s.
pub(crate) const RECORD_BYTES: usize = 128 << 20;

/// Items of a collection of a mock.
pub(crate) const COLLECTION_ITEMS: usize = 10_000;

/// Items of a page for which no limit is given.
pub(crate) const PAGE_ITEMS: usize = 1_000;

/// Memory, roughly in bytes, of the contents of requests that are kept for the assertions of a
/// test.
pub(crate) const SEEN_BYTES: usize = 64 << 20;

/// Requests that the log keeps.
pub(crate) const LOGGED_REQUESTS: usize = 500;

/// Characters of a target that the log keeps.
pub(crate) const LOGGED_TARGET: usize = 300;

/// Kinds of violations that are counted.
pub(crate) const KINDS: usize = 10_000;

/// Words that are kept for a kind of violation.
pub(crate) const WORDS_OF_KIND: usize = 50;

/// Bytes of the bodies of an exchange that is kept as the sample of a kind of violation.
pub(crate) const SAMPLE_BYTES: usize = 256 << 10;

/// Bytes of the bodies of all samples.
pub(crate) const SAMPLES_BYTES: usize = 32 << 20;

/// Violations of one kind from which an overlay is proposed.
pub(crate) const SEVERAL: u64 = 2;

/// Kinds of violations for which an overlay is proposed.
pub(crate) const PROPOSALS: usize = 200;

/// Bytes of a body that a proxy copies in order to check it.
#[cfg(feature = "proxy")]
pub(crate) const COPIED_BODY: usize = 2 << 20;

/// Bytes that a proxy copies of all bodies that are passing.
#[cfg(feature = "proxy")]
pub(crate) const COPIED_BYTES: usize = 128 << 20;

/// Time to connect to a service.
#[cfg(feature = "proxy")]
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Time until a service sends the head of a response. Some need long for what a client asks for.
#[cfg(feature = "proxy")]
pub(crate) const RESPONSE_TIMEOUT: Duration = Duration::from_secs(120);
