//! What happens if something that is about to be sent violates the document.

/// What happens if a request of a client or a response of a server violates the document. The
/// default is [`Fail`](Self::Fail) in builds with debug assertions, such as those of tests, and
/// [`Log`](Self::Log) in others.
///
/// A client takes it with `on_violation`, for all calls or for one. A server takes it as an
/// extension: `router.layer(Extension(OnViolation::Log))`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnViolation {
    /// The request is not sent, and the caller gets an error. In place of the response, the server
    /// sends a 500 that lists the violations.
    Fail,
    /// It is sent, and each violation is logged as a warning, without the value.
    Log,
}

impl Default for OnViolation {
    fn default() -> Self {
        if cfg!(debug_assertions) { Self::Fail } else { Self::Log }
    }
}
