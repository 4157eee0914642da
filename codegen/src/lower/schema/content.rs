//! `contentEncoding: base64` becomes `format: byte`, `contentMediaType` of bytes and `type: file`
//! become `format: binary`.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, Object};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["type", "contentEncoding", "contentMediaType", "contentSchema"]);

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
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
    let inner = schema.remove_entry("contentSchema");
    if let Some(encoding) = &encoding {
        let span = encoding.value.span;
        match encoding.value.as_str().map(str::to_ascii_lowercase).as_deref() {
            Some("base64") => set_format(schema, "byte", span),
            Some("base64url") => set_format(schema, "base64url", span),
            Some("binary") => set_format(schema, "binary", span),
            _ => {}
        }
    } else if let Some(media) = &media
        && media.as_str().is_some_and(is_bytes)
    {
        set_format(schema, "binary", media.span);
    }
    if let Some(inner) = inner {
        let message = "the schema of the decoded content is not checked";
        context.report(Diagnostic::new(&codes::UNSUPPORTED_KEYWORD, &inner, message).help("the string itself is kept"));
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

fn is_bytes(media: &str) -> bool {
    let media = media.to_ascii_lowercase();
    let kinds = ["image/", "audio/", "video/", "font/"];
    let exact = ["application/octet-stream", "application/pdf", "application/zip", "application/gzip", "*/*"];
    kinds.iter().any(|kind| media.starts_with(kind)) || exact.contains(&media.as_str())
}
