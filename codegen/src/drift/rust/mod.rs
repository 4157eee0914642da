//! Turns the surfaces generated from both documents into verdicts for Rust code.
//!
//! **Invariant:** the generated surface decides, never wire rules: whatever changes in it belongs to
//! a finding. Structs are assumed to be built with constructors and setters, so a new optional field
//! is additive (decision 0006).

mod aliases;
mod causes;
mod migration;
mod renames;
mod sharing;
mod unexplained;
mod verdict;

use std::collections::BTreeMap;

pub use renames::{Rename, Renamed};
pub use unexplained::module_finding;

use self::aliases::Aliases;
use self::causes::Causes;
use self::unexplained::Explained;
use self::verdict::Concern;
use super::Drift;
use super::finding::Finding;
use super::verdict::RustVerdict;
use crate::ir::model::Api;
use crate::surface::{DERIVED, Item, SEPARATOR, Surface};

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
        let (old, new) = (Surface::of(old), Surface::of(new));
        let aliases = Aliases::new(&new);
        let mut changed = BTreeMap::new();
        for (key, item) in &old.items {
            match new.items.get(key) {
                Some(other) if other.text == item.text || is_moved_server(&new, key, item) => {}
                _ if aliases.keep(&new, key, item) => {}
                _ if has_alias(&new, key, item) => {
                    changed.insert(key.clone(), RustVerdict::Additive);
                }
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
        changed.extend(sharing::changes(&old, &new));
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

    /// The changed items at a key and below it.
    fn below(&self, key: &str) -> impl Iterator<Item = (&str, RustVerdict)> {
        let own = self.changed.get_key_value(key);
        let start = format!("{key}{SEPARATOR}");
        let parts = self.changed.range(start.clone()..).take_while(move |(key, _)| key.starts_with(&start));
        own.into_iter().chain(parts).map(|(key, verdict)| (key.as_str(), *verdict))
    }

    /// The types that are defined at the element of a finding or below it.
    fn defined_at(&self, finding: &Finding) -> Vec<String> {
        let sides = [(&self.old, &finding.old.pointer), (&self.new, &finding.new.pointer)];
        let mut keys = Vec::new();
        for (surface, pointer) in sides.into_iter().filter(|(_, pointer)| **pointer == finding.pointer) {
            let below = surface.origins.range(pointer.clone()..).take_while(|(other, _)| other.starts_with(pointer));
            let whole =
                |other: &str| other.get(pointer.len()..).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            let names = below.filter(|(other, _)| whole(other)).flat_map(|(_, names)| names);
            keys.extend(names.map(|name| format!("type{SEPARATOR}{name}")));
        }
        keys
    }

    /// Sets the verdict of each finding and that of the API as a whole, and adds findings for the
    /// changes that none explains.
    pub fn apply(&self, drift: &mut Drift) {
        let concerns: Vec<Concern> = drift.findings.iter().map(|finding| verdict::of(self, finding)).collect();
        let causes = Causes::new(self, &drift.findings, &concerns);
        let mut explained = Explained::default();
        for (finding, concern) in drift.findings.iter_mut().zip(concerns) {
            let own = causes.own(self, finding, &concern);
            finding.rust = own.verdict;
            if own.verdict == RustVerdict::Breaking {
                finding.migration = migration::hints(self, &own.keys);
            }
            if concern.verdict > RustVerdict::None {
                explained.extend(concern.keys, concern.verdict);
                explained.extend(self.defined_at(finding), concern.verdict);
            }
        }
        drift.from_generated = true;
        drift.renames = renames::find(self);
        drift.rust = self.verdict();
        let worst = drift.findings.iter().map(|finding| finding.rust).max().unwrap_or_default();
        drift.findings.extend(unexplained::findings(self, explained, worst));
        drift.findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    }
}

/// Whether a server has another URL with the same variables, and no other name has its former one.
/// Code that names the server means to follow it.
fn is_moved_server(new: &Surface, key: &str, item: &Item) -> bool {
    let start = format!("server{SEPARATOR}");
    let servers = || new.items.range(start.clone()..).take_while(|(key, _)| key.starts_with(&start));
    let parts = |item: &Item| item.text.split_once(" = ").map(|(name, url)| (name.to_owned(), url.to_owned()));
    let Some((name, url)) = parts(item).filter(|_| key.starts_with(&start)) else { return false };
    let same = servers().any(|(other, after)| other == key && parts(after).is_some_and(|(other, _)| other == name));
    same && !servers().any(|(_, other)| parts(other).is_some_and(|(_, other)| other == url))
}

/// Whether all names of an item that changed stay as deprecated aliases.
fn has_alias(new: &Surface, key: &str, item: &Item) -> bool {
    if let Some(path) = key.strip_prefix("former").and_then(|rest| rest.strip_prefix(SEPARATOR)) {
        // What replaced it may have been replaced itself.
        return new.former.has(path);
    }
    let current = match key.strip_prefix("type").and_then(|rest| rest.strip_prefix(SEPARATOR)) {
        Some(rest) => {
            let (name, part) = rest.split_at(rest.find(SEPARATOR).unwrap_or(rest.len()));
            let path = new.former.current(&format!("types::{name}"));
            format!("type{SEPARATOR}{}{part}", path.trim_start_matches("types::"))
        }
        None => key.to_owned(),
    };
    new.items.get(&current).is_some_and(|other| other.text == new.former.current(&item.text))
}

/// The key of an item in messages.
fn spelled(key: &str) -> String {
    key.replace(SEPARATOR, " ").replace(DERIVED, "")
}

/// The keys of all parents of an item.
fn parents(key: &str) -> impl Iterator<Item = &str> {
    key.match_indices(SEPARATOR).filter_map(|(index, _)| key.get(..index))
}

/// The key of the type, operation, server or other item that a key belongs to.
fn head(key: &str) -> &str {
    key.match_indices(SEPARATOR).nth(1).map_or(key, |(index, _)| key.get(..index).unwrap_or(key))
}
