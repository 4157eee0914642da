//! Makes each operation complete: it has its own parameters, servers, bodies and responses, in the
//! form that `ir` expects.
//!
//! An operation with a dangling reference is kept without the target, with a diagnostic.

mod bodies;
mod duplicate_ids;
mod missing;
mod parameters;
mod paths;
mod responses;
mod security;
mod template;

use crate::diagnostics::Diagnostics;
use crate::document::{Document, Node, Object, Span};
use crate::limits::CALLBACK_DEPTH;
use crate::openapi::context::NodeContext;
use crate::openapi::operations::{ADDITIONAL, retain};
use crate::openapi::path::NodePath;

pub(super) fn run(document: &mut Document, out: &mut Diagnostics) {
    if let Some(paths) = document.root.get_mut("paths").and_then(Node::as_object_mut) {
        paths::run(paths, out);
    }
    for section in ["paths", "webhooks"] {
        let top = NodePath::ROOT.key(section);
        let items = document.root.get_mut(section).and_then(Node::as_object_mut);
        let spans: Vec<Span> = items.iter().flat_map(|items| items.iter()).map(|entry| entry.key_span).collect();
        for ((key, item), span) in items.into_iter().flat_map(Object::iter_mut).zip(spans) {
            let template = (section == "paths").then_some(Template { text: key, span });
            path_item(item, template, &top.key(key), 0, out);
        }
    }
    for key in ["paths", "webhooks"] {
        if let Some(items) = document.root.get_mut(key).and_then(Node::as_object_mut) {
            items.retain(|_, item| item.as_object().is_some_and(|item| !item.contains_key("$ref")));
        }
    }
    duplicate_ids::run(&mut document.root, out);
    security::run(&mut document.root, out);
}

fn path_item(
    item: &mut Node,
    template: Option<Template<'_>>,
    path: &NodePath<'_>,
    nested: usize,
    out: &mut Diagnostics,
) {
    let Some(item) = item.as_object_mut() else {
        return;
    };
    if item.contains_key("$ref") {
        return;
    }
    let parameters = item.remove("parameters");
    let servers = item.remove("servers");
    let shared = Shared { parameters, servers, template };
    let additional = path.key(ADDITIONAL);
    retain(item, |key, node| {
        let above = if key.is_additional { &additional } else { path };
        operation(node, key.span, &shared, &above.key(key.text), nested, out)
    });
}

/// The parameters and servers that the operations of a path item share.
struct Shared<'p> {
    parameters: Option<Node>,
    servers: Option<Node>,
    template: Option<Template<'p>>,
}

/// The key of a path item and its span.
#[derive(Clone, Copy)]
struct Template<'p> {
    text: &'p str,
    span: Span,
}

/// Completes an operation; `method` is the span of its method. Returns `false` if it is not an
/// operation.
fn operation(
    node: &mut Node,
    method: Span,
    shared: &Shared<'_>,
    path: &NodePath<'_>,
    nested: usize,
    out: &mut Diagnostics,
) -> bool {
    let span = node.span;
    let Some(operation) = node.as_object_mut() else {
        return false;
    };
    if let Some(servers) = &shared.servers
        && !operation.contains_key("servers")
    {
        operation.insert("servers", servers.clone());
    }
    let shared_parameters = shared.parameters.as_ref().and_then(Node::as_array).unwrap_or_default();
    parameters::merge(operation, shared_parameters, span, method, &mut NodeContext::new(path, out));
    bodies::run(operation, method, &mut NodeContext::new(path, out));
    responses::run(operation, method, &mut NodeContext::new(path, out));
    parameters::run(operation, shared.template, span, &mut NodeContext::new(path, out));
    callbacks(operation, path, nested, out);
    true
}

fn callbacks(operation: &mut Object, path: &NodePath<'_>, nested: usize, out: &mut Diagnostics) {
    let Some(callbacks) = operation.get_mut("callbacks").and_then(Node::as_object_mut) else {
        return;
    };
    callbacks.retain(|_, callback| callback.get("$ref").is_none() && nested < CALLBACK_DEPTH);
    let above = path.key("callbacks");
    for (name, callback) in callbacks.iter_mut() {
        let path = above.key(name);
        let Some(items) = callback.as_object_mut() else {
            continue;
        };
        for (expression, item) in items.iter_mut().filter(|(key, _)| !key.starts_with("x-")) {
            path_item(item, None, &path.key(expression), nested + 1, out);
        }
        items.retain(|key, item| key.starts_with("x-") || item.get("$ref").is_none());
    }
}
