//! The parts of a proposal, and its overlay.

use serde::Serialize;

/// Overlay actions that make a document allow what was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Proposal {
    /// What was seen, how often, and what the document lacks.
    pub sentence: String,
    /// The actions, in YAML.
    pub actions: String,
}

/// The overlay that consists of some proposals.
#[must_use]
pub fn overlay(proposals: &[Proposal]) -> String {
    let mut text = "overlay: 1.0.0\ninfo: {title: What traffic shows, version: 1.0.0}\nactions:\n".to_owned();
    for proposal in proposals {
        text.push_str(&proposal.actions);
        text.push('\n');
    }
    text
}
