//! Tests whether the surface of a document depends on its order, and whether removing an operation,
//! with the schemas that only it uses, changes the rest of it.
//!
//! **Invariant:** only the document decides what is tried, so a violation can be reproduced.

mod removal;
mod shuffle;

use std::borrow::Cow;

use crate::config::ProviderConfig;
use crate::document::{MemoryReader, Node, Reader};
use crate::pipeline::{build_api, read};
use crate::surface::Surface;

/// Lines that a [`Violation`] shows.
const SHOWN: usize = 6;

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// How often the document is shuffled.
    pub shuffles: u64,
    /// How many operations are removed, one at a time. Larger documents are sampled.
    pub removals: usize,
}

/// What was tried, and the violations that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stability {
    /// Shuffles that were compared.
    pub shuffles: usize,
    /// Removals that were compared.
    pub removals: usize,
    /// One for each shuffle or removal with a change that it should not cause.
    pub violations: Vec<Violation>,
}

/// A change of the surface that a shuffle or removal should not cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The cause, such as `without get /users` or `shuffle 1`.
    pub cause: String,
    /// How many lines are new or gone.
    pub count: usize,
    /// The first lines, each with `+` or `-`.
    pub lines: Vec<String>,
}

impl Violation {
    fn of<'s>(cause: String, changed: impl Iterator<Item = (char, Cow<'s, str>)>) -> Option<Self> {
        let mut lines: Vec<String> = changed.map(|(sign, line)| format!("{sign} {line}")).collect();
        let count = lines.len();
        lines.truncate(SHOWN);
        (count > 0).then_some(Self { cause, count, lines })
    }
}

/// Tests a document. `None` if it cannot be generated.
#[must_use]
pub fn try_document(path: &str, reader: &dyn Reader, effort: Effort) -> Option<Stability> {
    let document = read(path, reader, None).ok()?.document;
    let original = surface(&document.root)?;
    let mut found = Stability::default();
    for seed in 1..=effort.shuffles {
        let mut shuffled = document.clone();
        shuffle::shuffle(&mut shuffled, seed);
        let Some(other) = surface(&shuffled.root) else { continue };
        found.shuffles += 1;
        let changed = original.without(&other).map(|line| ('-', line));
        let changed = changed.chain(other.without(&original).map(|line| ('+', line)));
        found.violations.extend(Violation::of(format!("shuffle {seed}"), changed));
    }
    for place in removal::sample(&document, effort.removals) {
        let Some(other) = surface(&place.removed_from(&document.root)) else { continue };
        found.removals += 1;
        // Missing lines belong to the operation, or nothing else used them.
        let changed = other.without(&original).map(|line| ('+', line));
        found.violations.extend(Violation::of(format!("without {} {}", place.method, place.path), changed));
    }
    Some(found)
}

/// The surface of a document, read from its text again.
fn surface(root: &Node) -> Option<Surface> {
    let reader = MemoryReader::new().with("openapi.json", shuffle::text(root)?);
    let generation = build_api("openapi.json", &reader, None, &ProviderConfig::default());
    Some(Surface::of(&generation.api?))
}

#[cfg(test)]
mod tests;
