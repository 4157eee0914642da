//! The call that a response or an error belongs to.

use std::fmt;
use std::sync::Arc;

use url::Url;

/// The call that a response or an error belongs to. `Display` writes what a log line needs:
/// `` `getUser`, GET api.example.com, attempt 2 ``. It has no path or query, which may be
/// confidential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallInfo {
    pub(super) operation: &'static str,
    pub(super) method: &'static str,
    pub(super) host: Option<Arc<str>>,
    pub(super) attempts: u32,
}

impl CallInfo {
    /// `operationId`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The host of the request, with its port if the URL names one; `None` if the URL is not known
    /// because it is invalid.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// How many times the request was sent; 0 if it was not sent at all.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Display for CallInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`, {}", self.operation, self.method)?;
        if let Some(host) = &self.host {
            write!(f, " {host}")?;
        }
        if self.attempts > 1 {
            write!(f, ", attempt {}", self.attempts)?;
        }
        Ok(())
    }
}

/// The host of a URL, with the port if it is not the scheme's own.
pub(super) fn host(url: &Url) -> Arc<str> {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.into(), |port| format!("{host}:{port}").into())
}

/// Writes the operation, and in parentheses the method and the host, before a message.
pub(super) fn begin(operation: &str, call: Option<&CallInfo>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "`{operation}`")?;
    match call.map(|call| (call.method, call.host())) {
        Some((method, Some(host))) => write!(f, " ({method} {host})"),
        Some((method, None)) => write!(f, " ({method})"),
        None => Ok(()),
    }
}

/// Writes the call behind a message, in parentheses.
pub(super) fn append(call: Option<&CallInfo>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    call.map_or(Ok(()), |call| write!(f, " ({call})"))
}
