//! Reads the actions of an overlay and reports what the specification does not allow.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Node, Span, pointer};

/// The effect of an action on each node that it matches.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change<'o> {
    /// Merges an update into it.
    Update(&'o Node),
    /// Removes it. Has the span of `remove`.
    Remove(Span),
}

/// One action.
#[derive(Clone, Debug)]
pub(super) struct Action<'o> {
    pub target: &'o str,
    pub target_span: Span,
    pub change: Change<'o>,
    /// Its pointer in the overlay.
    pub pointer: String,
}

/// The actions that can be applied, in order.
pub(super) fn read<'o>(root: &'o Node, out: &mut Diagnostics) -> Vec<Action<'o>> {
    let Some(object) = root.as_object() else {
        let message = format!("the overlay is of type {}, not an object", root.value.kind());
        out.report(Diagnostic::new(&codes::NOT_AN_OBJECT, root, message).help("start it with `overlay: 1.0.0`"));
        return Vec::new();
    };
    version(root, out);
    for entry in object {
        let known = matches!(&*entry.key, "overlay" | "info" | "extends" | "actions");
        if !known && !entry.key.starts_with("x-") {
            let message = format!("`{}` has no meaning in an overlay", entry.key);
            out.report(invalid(entry, message, "remove it").at(pointer::join("", &entry.key)));
        }
    }
    let Some(actions) = root.get("actions").and_then(Node::as_array) else {
        let place = object.get("actions").unwrap_or(root);
        out.report(invalid(place, "an overlay has a list of `actions`", "add `actions:` with at least one action"));
        return Vec::new();
    };
    let actions = actions.iter().enumerate();
    actions.filter_map(|(index, node)| action(node, format!("/actions/{index}"), out)).collect()
}

fn version(root: &Node, out: &mut Diagnostics) {
    let node = root.get("overlay");
    let understood = node.and_then(Node::as_str).is_some_and(|text| text.starts_with("1."));
    if !understood {
        let message = "the version of an overlay is a string: `overlay: 1.0.0`";
        let problem = invalid(node.unwrap_or(root), message, "write `overlay: 1.0.0` at the top");
        out.report(problem.at("/overlay"));
    }
}

fn action<'o>(node: &'o Node, pointer: String, out: &mut Diagnostics) -> Option<Action<'o>> {
    let Some(object) = node.as_object() else {
        let message = format!("the action is of type {}, not an object", node.value.kind());
        out.report(invalid(node, message, "write `target` and `update` or `remove`").at(pointer));
        return None;
    };
    for entry in object {
        let known = matches!(&*entry.key, "target" | "description" | "update" | "remove");
        if !known && !entry.key.starts_with("x-") {
            let message = format!("`{}` has no meaning in an action", entry.key);
            let help = "an action has `target`, `update`, `remove` and `description`";
            out.report(invalid(entry, message, help).at(pointer::join(&pointer, &entry.key)));
        }
    }
    let Some((target, target_span)) = node.get("target").and_then(|target| Some((target.as_str()?, target.span)))
    else {
        let place = node.get("target").unwrap_or(node);
        out.report(
            invalid(place, "an action has a `target`, which is a string", "add the JSONPath of the nodes to change")
                .at(pointer),
        );
        return None;
    };
    reason(node, target_span, &pointer, out);
    let change = change(node, &pointer, out)?;
    Some(Action { target, target_span, change, pointer })
}

fn change<'o>(node: &'o Node, pointer: &str, out: &mut Diagnostics) -> Option<Change<'o>> {
    if let Some(remove) = node.get("remove") {
        match remove.as_bool() {
            Some(true) => return Some(Change::Remove(remove.span)),
            Some(false) => {}
            None => {
                let problem = invalid(remove, "`remove` is `true` or `false`", "write `remove: true`");
                out.report(problem.at(pointer::join(pointer, "remove")));
                return None;
            }
        }
    }
    let update = node.get("update");
    if update.is_none() {
        let help = "add `update:` with the value to merge, or `remove: true`";
        out.report(invalid(node, "the action neither updates nor removes", help).at(pointer));
    }
    update.map(Change::Update)
}

fn reason(node: &Node, span: Span, pointer: &str, out: &mut Diagnostics) {
    let said = node.get("x-reason").and_then(Node::as_str).is_some_and(|text| !text.trim().is_empty());
    if !said {
        let diagnostic = Diagnostic::new(&codes::OVERLAY_NO_REASON, span, "the action gives no reason");
        out.report(diagnostic.help("add `x-reason` with the mistake of the document").at(pointer));
    }
}

fn invalid(place: impl Into<Span>, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(&codes::OVERLAY_INVALID, place, message).help(help)
}
