//! What a document says against a recording, and why a recording cannot be read.

use std::fmt;
use std::path::{Path, PathBuf};

/// What a document says against an exchange of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What it means.
    pub kind: FindingKind,
    /// `operationId`.
    pub operation: String,
    /// The violations, without values.
    pub violations: Vec<String>,
}

/// What a violation means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// The exchange was valid when it was recorded, and is not any more: the document has changed.
    StaleRecording,
    /// The exchange was not valid when it was recorded: service and document differ.
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
