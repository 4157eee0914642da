//! Reads `consumes` and `produces`, and makes `content` of them.

use crate::document::{Entry, Node, Object, Span, Value};
use crate::openapi::media_type::essence;

/// The media type of bodies where the document names none.
pub(super) const JSON: &str = "application/json";

/// The media type of files where the document names none.
pub(super) const BYTES: &str = "application/octet-stream";

/// The media type of forms with files.
pub(super) const MULTIPART: &str = "multipart/form-data";

/// The media type of forms without files.
pub(super) const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// The distinct texts of a list such as `consumes`. `None` if there is no list.
pub(super) fn listed(list: Option<&Node>) -> Option<Vec<Node>> {
    let node = list?;
    let members = node.as_array().unwrap_or(std::slice::from_ref(node));
    let mut types: Vec<Node> = Vec::new();
    for member in members.iter().filter(|member| member.as_str().is_some()) {
        if !types.contains(member) {
            types.push(member.clone());
        }
    }
    Some(types)
}

/// Whether a media type is that of a form.
pub(super) fn is_form(media_type: &Node) -> bool {
    is(media_type, URL_ENCODED) || is(media_type, MULTIPART)
}

/// Whether a media type cannot hold an object: text without structure, and files.
pub(super) fn is_opaque(media_type: &Node) -> bool {
    let text = media_type.as_str().map(|text| essence(text).to_ascii_lowercase()).unwrap_or_default();
    let is_structured = ["json", "xml", "yaml", "event-stream"].iter().any(|word| text.contains(word));
    let is_file =
        ["pdf", "zip", "gzip", "tar", "x-tar", "csv"].iter().any(|name| text == format!("application/{name}"));
    let starts = ["text/", "image/", "audio/", "video/"].iter().any(|kind| text.starts_with(kind));
    !is_structured && (starts || is_file || text == BYTES)
}

/// Whether a media type has this name, with or without parameters.
pub(super) fn is(media_type: &Node, name: &str) -> bool {
    media_type.as_str().is_some_and(|text| essence(text).eq_ignore_ascii_case(name))
}

/// A `content` with an object for each media type. `of` makes the objects.
pub(super) fn content(types: &[Node], span: Span, mut of: impl FnMut(&Node) -> Object) -> Node {
    let entries = types.iter().filter_map(|media_type| {
        let key = media_type.as_str()?.into();
        let value = Node::new(Value::Object(of(media_type)), span);
        Some(Entry { key, key_span: media_type.span, value })
    });
    Node::new(entries.collect::<Object>(), span)
}
