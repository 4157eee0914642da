//! Keys of `content` are media types: `type/subtype` with parameters.

use super::Finding;
use super::grammar::{Form, Kind};
use super::place::Place;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::Node;
use std::borrow::Cow;

/// The media type without surrounding space, with the two usual shorthands written out; `None` when it is none.
#[must_use]
pub fn normal(key: &str) -> Option<Cow<'_, str>> {
    let key = key.trim();
    match key {
        "*" => return Some("*/*".into()),
        "json" => return Some("application/json".into()),
        _ => {}
    }
    let essence = key.split(';').next().unwrap_or_default().trim_end();
    let (kind, subtype) = essence.split_once('/')?;
    (is_token(kind) && is_token(subtype)).then_some(key.into())
}

fn is_token(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

pub(super) fn check(kind: Kind, node: &Node, place: &Place<'_>, found: &mut Finding<'_, '_>) {
    if kind.form("content") != Some(Form::Named(Kind::MediaType)) {
        return;
    }
    let content = node.get("content").and_then(Node::as_object);
    for entry in content.into_iter().flatten() {
        if normal(&entry.key).is_none() {
            let message = format!("`{}` is no media type", entry.key);
            let pointer = place.key("content").key(&entry.key).pointer();
            found.out.push(
                Diagnostic::new(&codes::INVALID_MEDIA_TYPE, entry, message)
                    .help("it is left out; write it as `application/json`")
                    .at(pointer),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn media_types_have_a_type_a_subtype_and_parameters() {
        assert_eq!(normal("application/json; charset=utf-8").as_deref(), Some("application/json; charset=utf-8"));
        assert_eq!(normal(" text/plain ").as_deref(), Some("text/plain"));
        assert_eq!(normal("*").as_deref(), Some("*/*"));
        for none in ["", "text", "a/b/c", "application/", "a b/c"] {
            assert_eq!(normal(none), None, "{none}");
        }
    }
}
