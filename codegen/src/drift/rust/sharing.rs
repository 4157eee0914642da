//! Finds the types and structs of headers that were one and no longer are, and those that became one.
//!
//! Neither is a break: nothing promises that two places have one type (decision 17).

use std::collections::{BTreeMap, BTreeSet};

use crate::drift::verdict::RustVerdict;
use crate::surface::{DERIVED, SEPARATOR, Surface};

/// The places of both surfaces that were split from another one, or merged with it, by key.
pub(super) fn changes(old: &Surface, new: &Surface) -> BTreeMap<String, RustVerdict> {
    let is_kept = |key: &str| [old, new].iter().all(|side| side.items.contains_key(key));
    let places = old.shared.iter().chain(&new.shared).filter(|(_, shared)| is_kept(&shared.key));
    let places: BTreeMap<&str, &str> = places.map(|(place, shared)| (place.as_str(), shared.key.as_str())).collect();
    let mut changed = BTreeMap::new();
    for (one, other) in [(old, new), (new, old)] {
        let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for place in places.keys() {
            classes.entry(class(one, place)).or_default().push(place);
        }
        for split in classes.into_values() {
            let others: BTreeSet<&str> = split.iter().map(|place| class(other, place)).collect();
            if others.len() > 1 {
                let keys = split.into_iter().filter_map(|place| places.get(place));
                changed.extend(keys.map(|key| (follows(key), RustVerdict::Additive)));
            }
        }
    }
    changed
}

/// The key of what a place shares, beside the other items of the place.
fn follows(key: &str) -> String {
    let holder = key.split_once(&format!("{SEPARATOR}{DERIVED}")).map_or(key, |(holder, _)| holder);
    format!("{holder}{SEPARATOR}{DERIVED}shared")
}

/// What a place is an alias of, or the place itself.
fn class<'s>(surface: &'s Surface, place: &'s str) -> &'s str {
    surface.shared.get(place).map_or(place, |shared| shared.definition.as_str())
}
