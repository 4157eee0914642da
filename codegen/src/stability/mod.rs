//! Tests whether the surface of a document depends on its order, and whether removing an operation
//! changes the rest of it.
//!
//! **Invariant:** only the document decides what is tried, so a violation can be reproduced.

mod shuffle;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::config::ProviderConfig;
use crate::document::{Document, MemoryReader, Node, Reader};
use crate::ir::naming;
use crate::openapi::operations::{self, Listed, retain};
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
    for place in sample(&document, effort.removals) {
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

/// An operation of a document.
#[derive(Clone, Debug)]
struct Place {
    section: &'static str,
    path: String,
    method: String,
    pointer: String,
}

impl Place {
    fn removed_from(&self, root: &Node) -> Node {
        let mut rest = root.clone();
        let item = rest.get_mut(self.section).and_then(|section| section.get_mut(&self.path));
        if let Some(item) = item.and_then(Node::as_object_mut) {
            retain(item, |key, _| key.method() != self.method);
        }
        rest
    }
}

/// A sample of operations at equal distances. It leaves out those that references point into, and
/// those that claim the name of a tag, since the group of that tag has another name because of
/// them.
fn sample(document: &Document, most: usize) -> Vec<Place> {
    let references = references(&document.root);
    let is_free = |place: &Place| !references.iter().any(|reference| reference.contains(&place.pointer));
    let listed = operations::list(&document.root);
    let tags: BTreeSet<String> = listed.iter().flat_map(|one| operations::tags(one.node)).map(naming::snake).collect();
    let claims_tag = |one: &Listed<'_>| {
        let id = one.node.get("operationId").and_then(Node::as_str);
        id.is_some_and(|id| tags.contains(&naming::snake(id)))
    };
    let listed = listed.into_iter().filter(|one| !claims_tag(one)).map(|one| Place {
        section: one.section,
        path: one.path.to_owned(),
        method: one.key.method(),
        pointer: one.pointer(),
    });
    let places: Vec<Place> = listed.collect();
    let step = places.len().div_ceil(most.max(1)).max(1);
    places.into_iter().step_by(step).filter(is_free).collect()
}

/// The references that lead into operations.
fn references(root: &Node) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let inside = |text: &&str| text.contains("#/paths") || text.contains("#/webhooks");
        found.extend(node.reference().filter(inside).map(str::to_owned));
        open.extend(node.as_object().into_iter().flatten().map(|entry| &entry.value));
        open.extend(node.as_array().unwrap_or_default());
    }
    found
}

#[cfg(test)]
mod tests;
