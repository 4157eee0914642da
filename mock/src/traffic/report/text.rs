//! The report as text.

use std::fmt::Write as _;

use super::Report;
use crate::traffic::proposed::Proposal;

impl Report {
    /// The report as text, one line for each kind of violation.
    #[must_use]
    pub fn to_text(&self, proposals: &[Proposal]) -> String {
        let mut text = self.summary();
        text.push('\n');
        for violations in &self.violations {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {violations}");
        }
        if self.unlisted > 0 {
            let _ = writeln!(text, "  {} further violations are of kinds that are not listed", self.unlisted);
        }
        if !proposals.is_empty() {
            text.push_str("An overlay can add to the document:\n");
            for proposal in proposals {
                let _ = writeln!(text, "  {}", proposal.sentence);
            }
        }
        text
    }

    /// `12 exchanges with 3 of 9 operations: 4 violations of 2 kinds`
    #[must_use]
    pub fn summary(&self) -> String {
        let mut text = format!(
            "{} with {} of {} operations: {} of {}",
            number(self.exchanges, "exchange"),
            self.operations.len(),
            self.documented,
            number(self.count(), "violation"),
            number(self.violations.len() as u64, "kind"),
        );
        if self.partial > 0 {
            let _ =
                write!(text, "; {} not checked whole, because a body was too large, broke off or was compressed", {
                    self.partial
                });
        }
        if self.failed > 0 {
            let _ = write!(text, "; {} without a response", number(self.failed, "request"));
        }
        text
    }
}

fn number(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
