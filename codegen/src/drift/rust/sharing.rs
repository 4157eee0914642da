//! Finds the types that were one and no longer are, and those that became one.
//!
//! Neither is a break: nothing promises that two places have one type (decision 17).

use std::collections::{BTreeMap, BTreeSet};

use crate::drift::verdict::RustVerdict;
use crate::surface::{DERIVED, Surface, key};

/// The types of both surfaces that were split from another one, or merged with it, by key.
pub(super) fn changes(old: &Surface, new: &Surface) -> BTreeMap<String, RustVerdict> {
    let is_kept = |name: &&str| [old, new].iter().all(|side| side.items.contains_key(&key(&["type", name])));
    let places = old.shared.keys().chain(new.shared.keys()).filter_map(|place| place.strip_prefix("types::"));
    let places: BTreeSet<&str> = places.filter(is_kept).collect();
    let mut changed = BTreeMap::new();
    for (one, other) in [(old, new), (new, old)] {
        let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for place in &places {
            classes.entry(class(one, place)).or_default().push(place);
        }
        for places in classes.into_values() {
            let others: BTreeSet<&str> = places.iter().map(|place| class(other, place)).collect();
            if others.len() > 1 {
                let keys = places.into_iter().map(|place| key(&["type", place, &format!("{DERIVED}shared")]));
                changed.extend(keys.map(|key| (key, RustVerdict::Additive)));
            }
        }
    }
    changed
}

/// What a type is an alias of, or the type itself.
fn class<'s>(surface: &'s Surface, place: &'s str) -> &'s str {
    surface.shared.get(&format!("types::{place}")).map_or(place, String::as_str)
}
