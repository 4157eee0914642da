//! `contentEncoding: base64` becomes `format: byte`; `contentMediaType` of bytes and `type: file`
//! become `format: binary`. `contentSchema` stays: it describes the data of events.

use crate::document::{Node, Object};
use crate::openapi::bytes;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["type", "contentEncoding", "contentMediaType"]);

pub(super) fn run(node: &mut Node, _: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    if schema.get("type").and_then(Node::as_str) == Some("file")
        && let Some(kind) = schema.get_mut("type")
    {
        kind.value = "string".into();
        let span = kind.span;
        schema.insert("format", Node::new("binary", span));
    }
    let encoding = schema.remove_entry("contentEncoding");
    let media = schema.remove("contentMediaType");
    let text = |node: &Node| node.as_str().map(str::to_owned);
    let written = (encoding.as_ref().and_then(|entry| text(&entry.value)), media.as_ref().and_then(text));
    let span = encoding.as_ref().map(|entry| entry.value.span).or(media.as_ref().map(|media| media.span));
    if let (Some(format), Some(span)) = (bytes::format(written.0.as_deref(), written.1.as_deref()), span) {
        set_format(schema, format, span);
    }
}

fn set_format(schema: &mut Object, format: &str, span: crate::document::Span) {
    if !schema.contains_key("format") {
        schema.insert("format", Node::new(format, span));
    }
    if !schema.contains_key("type") {
        schema.insert("type", Node::new("string", span));
    }
}
