//! Keys of `content` are media types: `type/subtype` with parameters.

use super::Finding;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::Node;
use crate::openapi::grammar::{Form, Kind};
use crate::openapi::media_type::{is_media_type, normal};
use crate::openapi::path::NodePath;
use crate::openapi::repair;

pub(super) fn check(kind: Kind, node: &Node, place: &NodePath<'_>, found: &mut Finding<'_, '_>) {
    if kind.form("content") != Some(Form::Named(Kind::MediaType)) {
        return;
    }
    let content = node.get("content").and_then(Node::as_object);
    for entry in content.into_iter().flatten() {
        if is_media_type(entry.key.trim()) {
            continue;
        }
        let message = format!("`{}` is no media type", entry.key);
        let pointer = place.key("content").key(&entry.key).pointer();
        let diagnostic = Diagnostic::new(&codes::INVALID_MEDIA_TYPE, entry, message);
        let diagnostic = match normal(&entry.key) {
            Some(meant) => diagnostic.note().help(format!("it is read as `{meant}`")),
            None => diagnostic.help("it is left out; a media type is written as `application/json`"),
        };
        found.out.report(diagnostic.overlay(repair::remove(&pointer)).at(pointer));
    }
}
