//! Merges an update into the nodes that an action matches: objects by key, arrays by appending.

use crate::document::{Entry, Node, Value};

/// The result of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Merged {
    Changed,
    Same,
    /// The two cannot be merged, for this reason.
    Impossible(String),
}

/// Merges the update of an action into a matched node. An object takes the entries of an object, an
/// array takes a new member, and a scalar is replaced by a scalar.
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

/// Merges one node into another by the rules for nodes below the target. Returns whether anything
/// changed. The recursion is as deep as the update, which the reading limits bound.
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
