//! Moves `definitions` and the other shared objects of a document below `components`.

use super::role::Role;
use super::shared::Shared;
use super::{bodies, parameters, responses, security};
use crate::diagnostics::Diagnostics;
use crate::document::{Entry, Node, Object};
use crate::openapi::context::NodeContext;
use crate::openapi::path::NodePath;

/// The keys of the document, each with its section of `components`.
pub(super) const SECTIONS: [(&str, &str); 4] = [
    ("definitions", "schemas"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securityDefinitions", "securitySchemes"),
];

/// Moves the shared objects. Whatever the document already has below `components` stays.
pub(super) fn raise(root: &mut Object, shared: &Shared<'_>, out: &mut Diagnostics) {
    let mut found: Vec<(&str, Entry)> = Vec::new();
    for (key, section) in SECTIONS {
        let Some(mut entry) = root.remove_entry(key).filter(|entry| entry.value.as_object().is_some()) else {
            continue;
        };
        let at = NodePath::ROOT.key(key);
        let bodies = each(section, &mut entry.value, shared, &at, out);
        if !bodies.is_empty() {
            let value = Node::new(bodies, entry.value.span);
            found.push(("requestBodies", Entry { value, ..entry.clone() }));
        }
        found.push((section, entry));
    }
    for (section, entry) in found {
        put(root, section, entry);
    }
}

/// Rewrites the objects of a section. Returns the request bodies among the parameters.
fn each(section: &str, node: &mut Node, shared: &Shared<'_>, at: &NodePath<'_>, out: &mut Diagnostics) -> Object {
    let mut request_bodies = Object::new();
    let Some(object) = node.as_object_mut() else {
        return request_bodies;
    };
    object.retain_entries(|entry| {
        let path = at.key(&entry.key);
        let mut context = NodeContext::new(&path, out);
        match section {
            "parameters" => match Role::of(shared.follow(&entry.value)) {
                Role::Body => {
                    let value = bodies::body(&entry.value, &shared.consumes, shared);
                    request_bodies.insert_entry(Entry { key: entry.key.clone(), key_span: entry.key_span, value });
                    return false;
                }
                // The operations that use it have it in their own body.
                Role::Form => return false,
                Role::Plain => parameters::raise(&mut entry.value, &mut context),
            },
            "responses" if entry.value.reference().is_none() => {
                responses::raise(&mut entry.value, &shared.produces, shared, &mut context);
            }
            "securitySchemes" => security::raise(&mut entry.value, &mut context),
            _ => {}
        }
        true
    });
    request_bodies
}

/// Puts the entries of a section below `components`. Existing entries stay.
fn put(root: &mut Object, section: &str, entry: Entry) {
    let Some(components) = object_at(root, "components", &entry) else {
        return;
    };
    let Some(present) = object_at(components, section, &entry) else {
        return;
    };
    let old = std::mem::take(present);
    if let crate::document::Value::Object(new) = entry.value.value {
        *present = new;
    }
    present.extend(old);
}

/// The object under a key. If absent, it is created with the span of an entry.
fn object_at<'o>(parent: &'o mut Object, key: &str, like: &Entry) -> Option<&'o mut Object> {
    if parent.get(key).and_then(Node::as_object).is_none() {
        let value = Node::new(Object::new(), like.value.span);
        parent.insert_entry(Entry { key: key.into(), key_span: like.key_span, value });
    }
    parent.get_mut(key)?.as_object_mut()
}
