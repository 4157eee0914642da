//! Repairs a document with the actions of an `OpenAPI` Overlay 1.0 file.
//!
//! **Invariant:** an action that matches nothing is an error, so that a repair is removed when its
//! target is.

mod action;
mod merge;
mod target;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use action::{Action, Change};
use merge::Merged;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Limits, Node, Reader, Span, Value, parse, pointer};
use crate::load::update_version;

/// Applies the actions of the overlay at `overlay_path` to the document, in order. Reports problems
/// to `out`.
pub fn apply(document: &mut Document, overlay_path: &str, reader: &dyn Reader, out: &mut Diagnostics) {
    let limits = Limits::default();
    let Some(tree) = parse::read_tree(overlay_path, reader, &limits, &mut document.sources, out) else {
        return;
    };
    let mut view = target::View::default();
    let mut growth = Growth { added: 0, most: limits.overlay_nodes };
    for action in action::read(&tree.root, out) {
        apply_action(document, &action, &mut view, &mut growth, &limits, out);
        if growth.added > growth.most {
            break;
        }
    }
    update_version(document, out);
}

/// The nodes that the updates have added so far.
struct Growth {
    added: usize,
    most: usize,
}

impl Growth {
    /// Counts an update at this many places. Returns whether the limit is exceeded.
    fn exceeds(&mut self, update: &Node, places: usize) -> bool {
        self.added = self.added.saturating_add(update.size().saturating_mul(places));
        self.added > self.most
    }
}

fn apply_action(
    document: &mut Document,
    action: &Action,
    view: &mut target::View,
    growth: &mut Growth,
    limits: &Limits,
    out: &mut Diagnostics,
) {
    let pointers = match view.find(&document.root, action.target, limits.overlay_visits) {
        Ok(pointers) => pointers,
        Err(problem) => {
            let diagnostic = Diagnostic::new(&codes::OVERLAY_PATH, action.target_span, problem);
            let help = "write a JSONPath such as `$.paths['/pets'].get`";
            out.report(diagnostic.help(help).at(pointer::join(&action.pointer, "target")));
            return;
        }
    };
    if pointers.is_empty() {
        let message = format!("the target `{}` matches nothing", action.target);
        let diagnostic = Diagnostic::new(&codes::OVERLAY_UNMATCHED, action.target_span, message);
        let help = "remove the action if the document no longer needs it, else correct the target";
        out.report(diagnostic.help(help).at(pointer::join(&action.pointer, "target")));
        return;
    }
    let mut changed = false;
    match action.change {
        Change::Remove(span) => {
            changed = remove(&mut document.root, &pointers, span, action, out);
        }
        Change::Update(update) if growth.exceeds(update, pointers.len()) => {
            let message = format!("with this update the overlay adds more than {} nodes to the document", growth.most);
            let help = "match fewer places, or update with less";
            let diagnostic = Diagnostic::new(&codes::OVERLAY_TARGET, update, message).help(help);
            out.report(diagnostic.at(pointer::join(&action.pointer, "update")));
        }
        Change::Update(update) => {
            for pointer in &pointers {
                changed |= merge_at(&mut document.root, pointer, update, action, limits, out);
            }
            if !changed && !out.has_errors() {
                out.report(without_effect(action, update));
            }
        }
    }
    if changed {
        view.forget();
    }
}

fn without_effect(action: &Action, update: &Node) -> Diagnostic {
    Diagnostic::new(&codes::OVERLAY_NO_EFFECT, update, "the document already has the values of this update")
        .help("remove the action")
        .at(pointer::join(&action.pointer, "update"))
}

/// Removes all nodes that match. Those of one array or object are removed at once: removing them
/// one by one would take time in the square of their number.
fn remove(root: &mut Node, pointers: &[String], span: Span, action: &Action, out: &mut Diagnostics) -> bool {
    let mut parents: BTreeMap<(Reverse<usize>, &str), HashSet<&str>> = BTreeMap::new();
    for pointer in pointers {
        let Some((parent, last)) = pointer.rsplit_once('/') else {
            let diagnostic = Diagnostic::new(&codes::OVERLAY_TARGET, span, "the whole document cannot be removed");
            out.report(diagnostic.help("target the nodes to remove").at(action.pointer.clone()));
            return false;
        };
        // The deepest first, so that the pointers of the others stay valid.
        parents.entry((Reverse(parent.matches('/').count()), parent)).or_default().insert(last);
    }
    for ((_, parent), names) in parents {
        match root.pointer_mut(parent).map(|parent| &mut parent.value) {
            Some(Value::Object(object)) => object.retain(|key, _| !names.contains(&*pointer::escape(key))),
            Some(Value::Array(nodes)) => {
                let mut index = 0_usize..;
                nodes.retain(|_| !index.next().is_some_and(|index| names.contains(index.to_string().as_str())));
            }
            _ => {}
        }
    }
    true
}

fn merge_at(
    root: &mut Node,
    pointer: &str,
    update: &Node,
    action: &Action,
    limits: &Limits,
    out: &mut Diagnostics,
) -> bool {
    let depth = pointer.matches('/').count() + 1 + update.depth();
    let place = pointer::join(&action.pointer, "update");
    if depth > limits.depth {
        let message = format!("this update nests the document more than {} levels deep", limits.depth);
        out.report(Diagnostic::new(&codes::TOO_DEEP, update, message).help("shorten the update").at(place));
        return false;
    }
    let Some(target) = root.pointer_mut(pointer) else {
        return false;
    };
    match merge::merge_target(target, update) {
        Merged::Changed => true,
        Merged::Same => false,
        Merged::Impossible(message) => {
            let help = "target the object that holds the value, and update the value by its key";
            out.report(Diagnostic::new(&codes::OVERLAY_TARGET, update, message).help(help).at(place));
            false
        }
    }
}

#[cfg(test)]
mod tests;
