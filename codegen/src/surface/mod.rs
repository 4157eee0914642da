//! Turns an `Api` into its generated surface: every public item with its signature.
//!
//! Its text has one line for each public item. Drift compares the items of two surfaces by their
//! keys, which follow the document: an operation is found by its method and path, and a field by
//! the name of its property.
//!
//! **Invariant:** the lines are sorted and contain no documentation, so the text changes exactly
//! when code that uses the generated crate can notice.

mod adding;
mod former;
mod operations;
mod responses;
mod security;
mod shared;
mod spelling;
mod types;

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub(crate) use self::former::FormerPaths;
use crate::ir::model::{Api, Origin};
use crate::openapi::operations::template;

/// Separates the parts of a key.
pub(crate) const SEPARATOR: char = '\u{1f}';
/// Begins the last part of the key of an item that is derived from its siblings, such as a
/// constructor from the fields. No name in a document begins with it.
pub(crate) const DERIVED: char = '\u{1e}';
/// Begins the keys of modules of types, followed by the tag and by the name of a type.
pub(crate) const MODULE_OF_TYPES: &str = "types-of";

/// One item of a surface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Item {
    /// One line, or several for items that belong together, such as the two sides of a parameter.
    pub(crate) text: String,
    /// Whether existing code still compiles when the item is added to its parent.
    pub(crate) additive: bool,
}

/// A definition, and a place that is an alias of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    /// The key of the place.
    pub(crate) key: String,
    /// The Rust path of the definition.
    pub(crate) definition: String,
}

/// The public items of a generated API.
#[derive(Clone, Debug, Default)]
pub struct Surface {
    /// By key, such as `type␟Pet␟name` or `op␟GET /pets␟in␟param␟query␟limit`.
    pub(crate) items: BTreeMap<String, Item>,
    /// The definitions that types and groups of headers are aliases of, by the Rust paths of the
    /// aliases. They are not items: a place does not change when another one becomes equal to it.
    pub(crate) shared: BTreeMap<String, Shared>,
    /// The names of the types by the pointer that they come from.
    pub(crate) origins: BTreeMap<String, Vec<String>>,
    /// The names of the types by the file and line where their schemas begin.
    pub(crate) lines: BTreeMap<(String, u32), Vec<String>>,
    /// The locations of types, operations and other definitions in the document, by their keys. The
    /// start of the document is under the key of the module.
    pub(crate) places: BTreeMap<String, Origin>,
    /// The paths of items that have deprecated aliases.
    pub(crate) former: FormerPaths,
    /// The method of each operation on both sides, by the key of the operation.
    pub(crate) methods: BTreeMap<String, String>,
}

impl Surface {
    /// The surface of an API.
    #[must_use]
    pub fn of(api: &Api) -> Self {
        let mut surface = Self::default();
        surface.add(&["module"], format!("mod {}", api.module), false);
        surface.place(&["module"], &api.origin);
        security::add(&mut surface, api);
        types::add(&mut surface, api);
        operations::add(&mut surface, api);
        shared::add(&mut surface, api);
        former::add(&mut surface, api);
        surface.sort_lines();
        surface
    }

    /// Sorts the lines of each item, whose order follows that of the document.
    fn sort_lines(&mut self) {
        for item in self.items.values_mut().filter(|item| item.text.contains('\n')) {
            let mut lines: Vec<&str> = item.text.lines().collect();
            lines.sort_unstable();
            item.text = lines.join("\n");
        }
    }

    /// The lines, sorted and without duplicates.
    pub fn lines(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let items = self.items.values().flat_map(|item| item.text.lines()).map(Cow::Borrowed);
        let shared = self.shared.iter().map(|(place, of)| Cow::Owned(format!("{place} = {}", of.definition)));
        items.chain(shared).collect::<BTreeSet<_>>().into_iter()
    }

    /// The lines that the other surface lacks, sorted.
    pub fn without<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = Cow<'s, str>> {
        let theirs: BTreeSet<Cow<'_, str>> = other.lines().collect();
        self.lines().filter(move |line| !theirs.contains(line))
    }

    /// Adds an item. Anything else with the same key belongs to it: two paths can differ only in
    /// the names of their variables.
    fn add(&mut self, parts: &[&str], text: String, additive: bool) {
        match self.items.entry(key(parts)) {
            Entry::Vacant(entry) => {
                entry.insert(Item { text, additive });
            }
            Entry::Occupied(mut entry) => {
                let item = entry.get_mut();
                item.additive &= additive;
                item.text.push('\n');
                item.text.push_str(&text);
            }
        }
    }

    fn place(&mut self, parts: &[&str], origin: &Origin) {
        self.places.insert(key(parts), origin.clone());
    }
}

/// The key of these parts.
pub(crate) fn key(parts: &[&str]) -> String {
    parts.join("\u{1f}")
}

/// An operation as keys name it: the method, and the path without the names of its variables.
pub(crate) fn operation_label(label: &str) -> String {
    match label.split_once(' ') {
        Some((method, path)) => format!("{method} {}", template(path).0),
        None => label.to_owned(),
    }
}

impl fmt::Display for Surface {
    /// One line for each item, each with a line break at its end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines().try_for_each(|line| writeln!(f, "{}", crate::text::line(&line)))
    }
}

#[cfg(test)]
mod tests;
