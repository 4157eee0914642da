//! What was found in some traffic, as text, JSON or `JUnit`.

mod junit;
mod text;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::kind::Violations;
use super::proposed::Proposal;

/// The violations in some traffic.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// The title of the document.
    pub title: String,
    /// The exchanges that were checked.
    pub exchanges: u64,
    /// How many of them have a body that was not checked: it was too large, broke off, or was
    /// compressed.
    pub partial: u64,
    /// Requests to which there was no response.
    pub failed: u64,
    /// The operations that occurred, with the number of their exchanges.
    pub operations: BTreeMap<String, u64>,
    /// The number of operations in the document.
    pub documented: usize,
    /// The violations by kind, in the order of paths.
    pub violations: Vec<Violations>,
    /// Further violations, after there were too many kinds.
    pub unlisted: u64,
}

impl Report {
    /// Whether there are no violations.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.violations.is_empty() && self.unlisted == 0
    }

    /// The number of violations of all kinds.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.violations.iter().map(|one| one.count).sum::<u64>() + self.unlisted
    }

    /// The report as JSON.
    #[must_use]
    pub fn to_json(&self, proposals: &[Proposal]) -> Value {
        json!({
            "title": self.title,
            "exchanges": self.exchanges,
            "partial": self.partial,
            "failed": self.failed,
            "operations": self.operations,
            "documented": self.documented,
            "violations": self.violations,
            "unlisted": self.unlisted,
            "proposals": proposals,
        })
    }
}
