//! Merges an update into what an action matched: objects by key, lists by appending.

use crate::document::{Entry, Node, Value};

/// What a merge did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Merged {
    Changed,
    Same,
    /// The two do not go together, and why.
    Impossible(String),
}

/// Merges the update of an action into a matched node: an object takes the entries of an object, a list takes a new member,
/// a scalar is replaced by a scalar.
pub(super) fn merge_target(target: &mut Node, update: &Node) -> Merged {
    match (&mut target.value, &update.value) {
        (Value::Array(nodes), _) => {
            nodes.push(update.clone());
            Merged::Changed
        }
        (Value::Object(_), Value::Object(_)) => changed(merge(target, update)),
        (Value::Object(_), _) | (_, Value::Object(_) | Value::Array(_)) => Merged::Impossible(format!(
            "a value of type {} cannot be merged into one of type {}",
            update.value.kind(),
            target.value.kind()
        )),
        _ => changed(replace(target, update)),
    }
}

fn changed(changed: bool) -> Merged {
    if changed { Merged::Changed } else { Merged::Same }
}

fn replace(target: &mut Node, update: &Node) -> bool {
    let differs = target != update;
    if differs {
        *target = update.clone();
    }
    differs
}

/// Merges one node into another as the specification says for what is below the target; as deep as the update, which the
/// limits of reading bound. Says whether anything changed.
fn merge(target: &mut Node, update: &Node) -> bool {
    match (&mut target.value, &update.value) {
        (Value::Object(object), Value::Object(entries)) => {
            let mut changed = false;
            for entry in entries {
                changed |= match object.get_mut(&entry.key) {
                    Some(below) => merge(below, &entry.value),
                    None => object.insert_entry(Entry::clone(entry)).is_none(),
                };
            }
            changed
        }
        (Value::Array(nodes), Value::Array(more)) => {
            nodes.extend_from_slice(more);
            !more.is_empty()
        }
        _ => replace(target, update),
    }
}
