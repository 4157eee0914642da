//! The keys of `content` are media types: `type/subtype` with parameters.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Document, Node};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::{Form, Kind};
use crate::openapi::media_type::{is_media_type, normal};
use crate::openapi::repair;

pub(super) fn check(_: &Document, kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    if kind.form("content") != Some(Form::Named(Kind::MediaType)) {
        return;
    }
    for entry in node.get("content").and_then(Node::as_object).into_iter().flatten() {
        if is_media_type(entry.key.trim()) {
            continue;
        }
        let message = format!("`{}` is no media type", entry.key);
        let above = context.path().key("content");
        let path = above.key(&entry.key);
        let diagnostic = Diagnostic::new(&codes::INVALID_MEDIA_TYPE, entry, message);
        let diagnostic = match normal(&entry.key) {
            Some(meant) => diagnostic.note().help(format!("it is read as `{meant}`")),
            None => diagnostic.help("it is left out; a media type is written as `application/json`"),
        };
        context.report_below(&path, diagnostic.overlay(repair::remove(&path.pointer())));
    }
}
