//! The outcome of a contract test: faults and skipped operations, and how they are shown.

use std::fmt;

/// What an implementation did with the requests.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// The number of requests that were sent.
    pub requests: usize,
    /// The violations of the contract, at most one for each operation and kind of request.
    pub faults: Vec<Fault>,
    /// Operations for which no valid request could be made, with the reason.
    pub skipped: Vec<(String, String)>,
}

/// A response that the contract does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The operation, such as `GET /pets/{id}`.
    pub operation: String,
    /// The request: method, target and body.
    pub request: String,
    /// What is wrong with the response.
    pub fault: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  request: {}", self.operation, self.fault, self.request)
    }
}

impl Report {
    /// Whether all operations keep the contract.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.faults.is_empty() && self.skipped.is_empty()
    }
}

/// All faults and skipped operations, for the message of an assertion.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} requests, {} faults", self.requests, self.faults.len())?;
        self.faults.iter().try_for_each(|fault| writeln!(f, "{fault}"))?;
        self.skipped.iter().try_for_each(|(name, reason)| writeln!(f, "{name}: skipped, {reason}"))
    }
}
