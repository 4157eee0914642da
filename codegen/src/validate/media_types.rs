//! Keys of `content` are media types: `type/subtype` with parameters.

use std::borrow::Cow;

use super::Finding;
use super::grammar::{Form, Kind};
use super::place::Place;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::Node;

/// Names that documents write for a media type.
const SHORTHANDS: [(&str, &str); 7] = [
    ("*", "*/*"),
    ("json", "application/json"),
    ("text", "text/plain"),
    ("xml", "application/xml"),
    ("html", "text/html"),
    ("csv", "text/csv"),
    ("binary", "application/octet-stream"),
];

/// The media type without surrounding space, shorthands written out; `None` when it is none.
#[must_use]
pub fn normal(key: &str) -> Option<Cow<'_, str>> {
    let key = key.trim();
    if is_media_type(key) {
        return Some(key.into());
    }
    let long = SHORTHANDS.iter().find(|(short, _)| short.eq_ignore_ascii_case(key));
    if let Some((_, long)) = long {
        return Some((*long).into());
    }
    // `application/json, version=1` means a parameter; of two media types the first is taken.
    let (first, rest) = key.split_once(',')?;
    let parameter = rest.split_once('=').is_some_and(|(name, _)| is_token(name.trim()));
    let meant = if parameter { format!("{first};{rest}") } else { first.trim().to_owned() };
    is_media_type(&meant).then_some(meant.into())
}

fn is_media_type(key: &str) -> bool {
    let essence = key.split(';').next().unwrap_or_default().trim_end();
    essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
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
        found.out.report(diagnostic.overlay(super::overlay::remove(&pointer)).at(pointer));
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
        assert_eq!(normal("application/json, v=1").as_deref(), Some("application/json; v=1"));
        assert_eq!(normal("text/xml,text/plain").as_deref(), Some("text/xml"));
        for none in ["", "words", "a/b/c", "application/", "a b/c"] {
            assert_eq!(normal(none), None, "{none}");
        }
    }
}
