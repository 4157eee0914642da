//! Turns the APIs generated from both documents into verdicts for Rust code.
//!
//! **Invariant:** names, types and signatures decide, never wire rules. Structs are assumed to be built
//! with `new` and `Default`, so a new optional field is additive (decision 0006).

mod surface;
mod verdict;

use std::collections::BTreeMap;

use surface::{Surface, surface};

use super::Drift;
use super::verdict::RustVerdict;
use crate::ir::model::Api;

/// The changes between two generated APIs.
#[derive(Clone, Debug, Default)]
pub struct RustChanges {
    /// The verdict on each changed item, by key.
    changed: BTreeMap<String, RustVerdict>,
    old: Surface,
    new: Surface,
}

impl RustChanges {
    /// Compares two APIs.
    #[must_use]
    pub fn new(old: &Api, new: &Api) -> Self {
        let (old, new) = (surface(old), surface(new));
        let mut changed = BTreeMap::new();
        for (key, item) in &old.items {
            match new.items.get(key) {
                Some(other) if other.text == item.text => {}
                _ => {
                    changed.insert(key.clone(), RustVerdict::Breaking);
                }
            }
        }
        for (key, item) in new.items.iter().filter(|(key, _)| !old.items.contains_key(*key)) {
            // An item of a new parent cannot break existing code.
            let parent_is_new =
                parents(key).any(|parent| new.items.contains_key(parent) && !old.items.contains_key(parent));
            let verdict = if item.additive || parent_is_new { RustVerdict::Additive } else { RustVerdict::Breaking };
            changed.insert(key.clone(), verdict);
        }
        Self { changed, old, new }
    }

    /// The most severe verdict.
    #[must_use]
    pub fn verdict(&self) -> RustVerdict {
        self.changed.values().copied().max().unwrap_or(RustVerdict::None)
    }

    /// The changed items with their verdicts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, RustVerdict)> {
        self.changed.iter().map(|(key, verdict)| (key.as_str(), *verdict))
    }

    /// Sets the verdict of each finding and that of the API as a whole, and notes changes that no
    /// finding explains.
    pub fn apply(&self, drift: &mut Drift) {
        for finding in &mut drift.findings {
            finding.rust = verdict::of(self, finding);
        }
        drift.from_generated = true;
        drift.rust = self.verdict();
        let explained = drift.findings.iter().map(|finding| finding.rust).max().unwrap_or_default();
        if drift.rust > explained {
            drift.notes.push(self.unexplained());
        }
    }

    /// A note that names the most severe changes.
    fn unexplained(&self) -> String {
        let verdict = self.verdict();
        let names = self.changed.iter().filter(|(_, other)| **other == verdict).map(|(key, _)| spelled(key));
        let names: Vec<String> = names.collect();
        let shown = names.iter().take(5).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let more = if names.len() > 5 { format!(" and {} more", names.len() - 5) } else { String::new() };
        format!("the generated API changed ({verdict}) beyond the findings: {shown}{more}")
    }
}

/// The key of an item in messages.
fn spelled(key: &str) -> String {
    key.replace('\u{1f}', " ")
}

/// The keys of all parents of an item.
fn parents(key: &str) -> impl Iterator<Item = &str> {
    key.match_indices('\u{1f}').filter_map(|(index, _)| key.get(..index))
}
