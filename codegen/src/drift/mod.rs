//! Compares two documents: what changed, whether it breaks the wire, whether it breaks Rust, and which version comes next.
//!
//! The documents are compared as they were read and repaired, not lowered: rules speak of keywords that lowering drops.
//! Documents that mean the same give no finding, however they are written.

mod compare;
pub mod config;
mod finding;
mod model;
pub mod report;
pub mod rules;
mod rust;
mod verdict;
mod version;

#[cfg(test)]
mod tests;

pub use compare::{Date, Options, compare};
pub use config::Config;
pub use finding::{Finding, Place};
pub use rust::RustChanges;
pub use verdict::{Direction, Level, RustVerdict, Wire};
pub use version::{Bump, changelog};

/// What a comparison found, as it is reported.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    /// How the old side is called.
    pub old: String,
    /// How the new side is called.
    pub new: String,
    /// Gravest first; without those that the configuration ignores.
    pub findings: Vec<Finding>,
    /// What the configuration ignores, each with the reason.
    pub ignored: Vec<(Finding, String)>,
    /// What is wrong with the configuration: ignores that match nothing or have expired.
    pub notes: Vec<String>,
    /// Whether the Rust verdicts come from the generated APIs of both sides.
    pub from_generated: bool,
    /// What changed in the generated API altogether: more than the findings tell when `provider.toml` or a name changed too.
    pub rust: RustVerdict,
}

impl Drift {
    /// Whether anything is at or above a level.
    #[must_use]
    pub fn reaches(&self, level: Level) -> bool {
        self.findings.iter().any(|finding| finding.level >= level)
    }

    /// The least bump of the generated crate; what is ignored counts too, since the crate changes all the same.
    #[must_use]
    pub fn bump(&self) -> Bump {
        let ignored: Vec<Finding> = self.ignored.iter().map(|(finding, _)| finding.clone()).collect();
        let api = match self.rust {
            RustVerdict::Breaking => Bump::Major,
            RustVerdict::Additive => Bump::Minor,
            RustVerdict::None => Bump::None,
        };
        Bump::of(&self.findings).max(Bump::of(&ignored)).max(api)
    }
}
