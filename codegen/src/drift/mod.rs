//! Turns two versions of a document into findings: what changed, whether it breaks programs on the
//! wire, whether it breaks Rust code, and which version of the generated crate comes next.
//!
//! Documents are compared as read and repaired, before lowering, because rules refer to keywords
//! that lowering removes. Those of Swagger 2.0 are raised, so that both versions can be compared.
//!
//! **Invariant:** documents with one meaning produce no finding, however they are written.

mod compare;
pub mod config;
mod finding;
pub mod identity;
mod model;
pub mod report;
pub mod rules;
mod rust;
mod verdict;
mod version;

#[cfg(test)]
mod tests;

pub use compare::{Date, Options, as_written, compare};
pub use config::Config;
pub use finding::{Finding, Location, Migration};
pub use rust::{Rename, Renamed, RustChanges, module_finding};
pub use verdict::{Direction, Level, RustVerdict, Wire};
pub use version::{Bump, changelog};

/// The result of a comparison, ready to be reported.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    /// The name of the old document.
    pub old: String,
    /// The name of the new document.
    pub new: String,
    /// Most severe first, without those that the configuration ignores.
    pub findings: Vec<Finding>,
    /// The findings that the configuration ignores, each with its reason.
    pub ignored: Vec<(Finding, String)>,
    /// Remarks for the reader, such as ignores that match nothing or have expired.
    pub notes: Vec<String>,
    /// Whether the Rust verdicts come from the generated APIs of both documents.
    pub from_generated: bool,
    /// The verdict on the generated API as a whole. It can exceed those of the findings, for
    /// example when a choice in `provider.toml` changed.
    pub rust: RustVerdict,
    /// What has another name and otherwise stayed the same.
    pub renames: Vec<Rename>,
}

impl Drift {
    /// Whether any finding is at or above a level.
    #[must_use]
    pub fn reaches(&self, level: Level) -> bool {
        self.findings.iter().any(|finding| finding.level >= level)
    }

    /// The smallest sufficient bump of the generated crate. Ignored findings count, because the
    /// crate changes all the same.
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
