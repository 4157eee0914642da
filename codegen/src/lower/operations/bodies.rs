//! Completes request bodies. Each has at least one media type, in its usual spelling.

use super::missing::{self, Missing};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, Object, Span};
use crate::openapi::context::NodeContext;
use crate::openapi::media_type::normal;

pub(super) fn run(operation: &mut Object, method: Span, context: &mut NodeContext<'_>) {
    let Some(body) = operation.get_mut("requestBody") else {
        return;
    };
    missing::replace(body, Missing::RequestBody, method, context);
    let span = body.span;
    if let Some(object) = body.as_object_mut() {
        content(object);
    }
    let empty = body.get("content").and_then(Node::as_object).is_none_or(Object::is_empty);
    if empty {
        operation.remove("requestBody");
        context.report(
            Diagnostic::new(&codes::BODY_WITHOUT_CONTENT, span, "the request body has no media type")
                .help("the operation has no body; give it a `content` with at least one media type"),
        );
    }
}

/// Writes the media types of a `content` in one spelling. Removes invalid ones and dangling
/// references.
pub(super) fn content(holder: &mut Object) {
    let Some(content) = holder.get_mut("content").and_then(Node::as_object_mut) else {
        return;
    };
    let changed = content
        .iter()
        .any(|entry| normal(&entry.key).as_deref() != Some(&*entry.key) || entry.value.get("$ref").is_some());
    if changed {
        let old = std::mem::take(content);
        for mut entry in old {
            let Some(name) = normal(&entry.key).filter(|_| entry.value.get("$ref").is_none()) else {
                continue;
            };
            entry.key = name.into_owned().into();
            if !content.contains_key(&entry.key) {
                content.insert_entry(entry);
            }
        }
    }
    for media in content.values_mut().filter_map(Node::as_object_mut) {
        examples(media);
        let encodings = media.get_mut("encoding").and_then(Node::as_object_mut);
        for encoding in encodings.into_iter().flat_map(Object::values_mut).filter_map(Node::as_object_mut) {
            headers(encoding);
        }
    }
}

/// Removes named examples that are dangling references.
pub(super) fn examples(holder: &mut Object) {
    if let Some(examples) = holder.get_mut("examples").and_then(Node::as_object_mut) {
        examples.retain(|_, example| example.get("$ref").is_none());
    }
}

/// Removes headers that are dangling references, and `Content-Type`, which follows from the media
/// type.
pub(super) fn headers(holder: &mut Object) {
    let Some(headers) = holder.get_mut("headers").and_then(Node::as_object_mut) else {
        return;
    };
    headers.retain(|name, header| header.get("$ref").is_none() && !name.eq_ignore_ascii_case("content-type"));
    for header in headers.values_mut().filter_map(Node::as_object_mut) {
        examples(header);
        content(header);
    }
}
