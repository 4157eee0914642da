//! The keys of `content`, and in 2.0 the members of `consumes` and `produces`, are media types:
//! `type/subtype` with parameters.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Document, Node, Span, VersionLine};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::{Form, Kind};
use crate::openapi::media_type::{is_media_type, normal};
use crate::openapi::path::NodePath;
use crate::openapi::repair;

pub(super) fn check(document: &Document, kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    if document.version.line == VersionLine::V2_0 {
        listed(kind, node, context);
    }
    if kind.form("content") != Some(Form::Named(Kind::MediaType)) {
        return;
    }
    for entry in node.get("content").and_then(Node::as_object).into_iter().flatten() {
        if is_media_type(entry.key.trim()) {
            continue;
        }
        let above = context.path().key("content");
        report(&entry.key, entry.key_span, &above.key(&entry.key), context);
    }
}

fn listed(kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    if !matches!(kind, Kind::OpenApi | Kind::Operation) {
        return;
    }
    for key in ["consumes", "produces"] {
        let above = context.path().key(key);
        for (index, member) in node.get(key).and_then(Node::as_array).unwrap_or_default().iter().enumerate() {
            if let Some(text) = member.as_str().filter(|text| !is_media_type(text.trim())) {
                report(text, member.span, &above.index(index), context);
            }
        }
    }
}

fn report(text: &str, span: Span, path: &NodePath<'_>, context: &mut NodeContext<'_>) {
    let diagnostic = Diagnostic::new(&codes::INVALID_MEDIA_TYPE, span, format!("`{text}` is not a media type"));
    let diagnostic = match normal(text) {
        Some(meant) => diagnostic.note().help(format!("it is read as `{meant}`")),
        None => diagnostic.help("it is left out; a media type is written as `application/json`"),
    };
    context.report_below(path, diagnostic.overlay(repair::remove(&path.pointer())));
}
