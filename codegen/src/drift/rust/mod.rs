//! Tells what the changes of a document mean in Rust, by comparing the APIs generated from both sides.
//!
//! The rule it keeps: names, types and signatures decide, not the rules of the wire. Structs count as built by `new` and
//! `Default`, so that a new optional field adds and does not break (decision 0006).

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
    /// Element of the API, such as `type/Pet/name`, and what its change means.
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
            // The parts of what is new as a whole come with it.
            let part_of_new =
                parents(key).any(|parent| new.items.contains_key(parent) && !old.items.contains_key(parent));
            let verdict = if item.additive || part_of_new { RustVerdict::Additive } else { RustVerdict::Breaking };
            changed.insert(key.clone(), verdict);
        }
        Self { changed, old, new }
    }

    /// The gravest change.
    #[must_use]
    pub fn verdict(&self) -> RustVerdict {
        self.changed.values().copied().max().unwrap_or(RustVerdict::None)
    }

    /// What changed, for reports and tests: element and verdict.
    pub fn iter(&self) -> impl Iterator<Item = (&str, RustVerdict)> {
        self.changed.iter().map(|(key, verdict)| (key.as_str(), *verdict))
    }

    /// Gives each finding its verdict, and the drift the verdict on the whole; what changed although no finding says so is noted.
    pub fn apply(&self, drift: &mut Drift) {
        for finding in &mut drift.findings {
            finding.rust = verdict::of(self, finding);
        }
        drift.from_generated = true;
        drift.rust = self.verdict();
        let told = drift.findings.iter().map(|finding| finding.rust).max().unwrap_or_default();
        if drift.rust > told {
            drift.notes.push(self.untold());
        }
    }

    /// The gravest changes, by name.
    fn untold(&self) -> String {
        let gravest = self.verdict();
        let names = self.changed.iter().filter(|(_, verdict)| **verdict == gravest).map(|(key, _)| spelled(key));
        let names: Vec<String> = names.collect();
        let shown = names.iter().take(5).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let more = if names.len() > 5 { format!(" and {} more", names.len() - 5) } else { String::new() };
        format!("the generated API changed ({gravest}) where no finding says so: {shown}{more}")
    }
}

/// The name of an element in messages.
fn spelled(key: &str) -> String {
    key.replace('\u{1f}', " ")
}

/// The keys of what an element belongs to.
fn parents(key: &str) -> impl Iterator<Item = &str> {
    key.match_indices('\u{1f}').filter_map(|(index, _)| key.get(..index))
}
