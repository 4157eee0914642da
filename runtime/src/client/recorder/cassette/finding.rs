//! The violations of a document in a recording, and the reasons why a recording cannot be read.

use std::fmt;
use std::path::{Path, PathBuf};

/// The violations of a document in an exchange of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Their meaning.
    pub kind: FindingKind,
    /// `operationId`.
    pub operation: String,
    /// The violations, without values.
    pub violations: Vec<String>,
}

/// The meaning of a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// The exchange was valid when it was recorded, and is now invalid: the document has changed.
    StaleRecording,
    /// The exchange was invalid when it was recorded: the service does not follow the document.
    ServiceDiffers,
}

impl Finding {
    pub(super) fn new(kind: FindingKind, operation: &str, violations: &[String]) -> Self {
        Self { kind, operation: operation.to_owned(), violations: violations.to_vec() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.kind {
            FindingKind::StaleRecording => "the recording is older than the document; record it again",
            FindingKind::ServiceDiffers => "the service does not do what the document says",
        };
        write!(f, "`{}`: {reason}: {}", self.operation, self.violations.join("; "))
    }
}

/// A recording cannot be read or written.
#[derive(Clone, Debug)]
pub struct CassetteError {
    path: PathBuf,
    reason: String,
}

impl CassetteError {
    pub(super) fn new(path: &Path, reason: &dyn fmt::Display) -> Self {
        Self { path: path.to_owned(), reason: reason.to_string() }
    }
}

impl fmt::Display for CassetteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the recording {}: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for CassetteError {}
