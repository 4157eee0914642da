//! Turns changed items into hints: the items that code names before and after the change.

use std::collections::BTreeSet;

use super::{RustChanges, head};
use crate::drift::finding::Migration;
use crate::drift::verdict::RustVerdict;
use crate::surface::DERIVED;

/// The most hints that one finding has.
const LISTED: usize = 6;

/// The hints for the items at some keys, everything below them, and what follows from them.
pub(super) fn hints(changes: &RustChanges, keys: &[String]) -> Vec<Migration> {
    let mut items = BTreeSet::new();
    for key in keys {
        items.extend(below(changes, key));
        let derived = below(changes, head(key));
        items.extend(derived.filter(|key| key.contains(DERIVED)));
    }
    let hints = items.into_iter().flat_map(|key| of_item(changes, key));
    let mut seen = BTreeSet::new();
    hints.filter(|hint| seen.insert(hint.old.clone())).take(LISTED).collect()
}

/// The items that break code at a key and below it.
fn below<'c>(changes: &'c RustChanges, key: &'c str) -> impl Iterator<Item = &'c str> {
    changes.below(key).filter(|(_, verdict)| *verdict == RustVerdict::Breaking).map(|(key, _)| key)
}

/// The lines that an item loses, each with the one that replaces it.
fn of_item(changes: &RustChanges, key: &str) -> Vec<Migration> {
    let lines = |item: Option<&'_ crate::surface::Item>| -> Vec<String> {
        item.map(|item| item.text.lines().map(str::to_owned).collect()).unwrap_or_default()
    };
    let (mut old, mut new) = (lines(changes.old.items.get(key)), lines(changes.new.items.get(key)));
    let kept: Vec<String> = old.iter().filter(|line| new.contains(line)).cloned().collect();
    old.retain(|line| !kept.contains(line));
    new.retain(|line| !kept.contains(line));
    let paired = old.len() == new.len();
    let mut new = new.into_iter();
    old.into_iter().map(|old| Migration { old, new: new.next().filter(|_| paired) }).collect()
}
