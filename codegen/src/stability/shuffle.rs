//! Shuffles the parts of a document that have no order: the entries of objects, and lists of named
//! things.

use crate::document::{Document, Node, Object, Value};

/// Keys of lists whose members are named, so their order means nothing to a program.
const NAMED_LISTS: &[&str] = &["parameters", "required", "servers", "tags"];

/// A generator of pseudo-random numbers that are the same on every machine (xorshift).
struct Dice(u64);

impl Dice {
    fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap_or_default()
    }

    /// Shuffles so that each order is equally likely (Fisher and Yates).
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.roll(last + 1));
        }
    }
}

/// Shuffles a document. The same seed gives the same order.
pub(super) fn shuffle(document: &mut Document, seed: u64) {
    let mut dice = Dice::of(seed);
    let mut open = vec![&mut document.root];
    while let Some(node) = open.pop() {
        match &mut node.value {
            Value::Object(object) => {
                reorder(object, &mut dice);
                for (key, value) in object.iter_mut() {
                    if NAMED_LISTS.contains(&key)
                        && let Value::Array(list) = &mut value.value
                    {
                        dice.shuffle(list);
                    }
                    open.push(value);
                }
            }
            Value::Array(list) => open.extend(list.iter_mut()),
            _ => {}
        }
    }
}

fn reorder(object: &mut Object, dice: &mut Dice) {
    let mut entries: Vec<_> = std::mem::take(object).into_iter().collect();
    dice.shuffle(&mut entries);
    object.extend(entries);
}

/// The document as JSON in the order of its tree, so that reading it again gives new spans.
pub(super) fn text(root: &Node) -> Option<String> {
    serde_json::to_string(root).ok()
}
