//! Compares how the parts of a form or multipart body are written.

use std::collections::BTreeSet;

use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::media::normal;
use super::operation_pair::OperationPair;
use crate::document::Node;
use crate::drift::model::{ChangeSite, Located, Revision, Schema};

/// How one part is written.
#[derive(Debug, PartialEq, Eq)]
struct Encoding {
    /// The media types of the part, sorted; empty if nothing tells.
    media: Vec<String>,
    style: Option<String>,
    explode: Option<bool>,
    allow_reserved: bool,
}

/// A request body with one media type, in one document.
struct Holder<'h, 'd> {
    revision: Revision<'d>,
    at: &'h Located<'d>,
    is_multipart: bool,
}

impl<'d> Holder<'_, 'd> {
    fn entries(&self) -> Vec<(&'d str, Located<'d>)> {
        self.at.child("encoding").map(|map| map.entries()).unwrap_or_default()
    }

    fn encoding(&self, name: &str) -> Option<Located<'d>> {
        self.entries().into_iter().find(|(other, _)| *other == name).map(|(_, at)| at)
    }

    /// How a part is written, with what an absent keyword stands for.
    fn written(&self, name: &str) -> Encoding {
        let at = self.encoding(name);
        let value = |key: &str| at.as_ref().and_then(|at| at.value(key));
        let own = value("contentType").and_then(Node::as_str).map(str::to_owned);
        let media = own.or_else(|| self.default_media(name).map(str::to_owned)).unwrap_or_default();
        let mut media: Vec<String> = media.split(',').map(normal).filter(|one| !one.is_empty()).collect();
        media.sort_unstable();
        let style = value("style").and_then(Node::as_str).map(str::to_owned);
        let explode = style.as_ref().map(|style| style == "form");
        Encoding {
            media,
            explode: value("explode").and_then(Node::as_bool).or(explode),
            style,
            allow_reserved: value("allowReserved").and_then(Node::as_bool) == Some(true),
        }
    }

    /// The media type of a part of a multipart body that names none, which follows from its type.
    fn default_media(&self, name: &str) -> Option<&'static str> {
        let whole = Schema::new(self.revision, self.at.child("schema").filter(|_| self.is_multipart)?);
        let parts = whole.parts();
        let mut properties = parts.iter().flat_map(|part| part.named("properties"));
        let (_, at) = properties.find(|(other, _)| *other == name)?;
        let parts = whole.sibling(at).parts();
        match parts.iter().find(|part| part.types() == ["array"]).and_then(|list| list.below("items")) {
            Some(items) => media_of(&items),
            None => parts.iter().find_map(media_of_one),
        }
    }
}

fn media_of(schema: &Schema<'_>) -> Option<&'static str> {
    schema.parts().iter().find_map(media_of_one)
}

/// The media type that follows from a schema without the members of its `allOf`.
fn media_of_one(part: &Schema<'_>) -> Option<&'static str> {
    match (part.types().as_slice(), part.format()) {
        (["object"], _) => Some("application/json"),
        (["string"], Some("binary" | "byte" | "base64url")) => Some("application/octet-stream"),
        (["string" | "integer" | "number" | "boolean"], _) => Some("text/plain"),
        _ => None,
    }
}

/// Compares the encodings of two request bodies with the same media type.
pub(super) fn compare<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    (media, old, new): (&str, &Located<'d>, &Located<'d>),
) {
    let is_multipart = normal(media).starts_with("multipart/");
    let before = Holder { revision: comparison.old, at: old, is_multipart };
    let after = Holder { revision: comparison.new, at: new, is_multipart };
    let names: BTreeSet<&str> = before.entries().into_iter().chain(after.entries()).map(|(name, _)| name).collect();
    for name in names {
        if before.written(name) == after.written(name) {
            continue;
        }
        let (was, is) = (before.encoding(name), after.encoding(name));
        let site = ChangeSite::both(&was.unwrap_or_else(|| old.clone()), &is.unwrap_or_else(|| new.clone()));
        let message = format!("the encoding of part `{name}` of the request body of `{}` changed", pair.new.label());
        let change = Change::new("request-body-encoding-changed", site, name, message);
        comparison.report(Reach::Operation(pair.index), change);
    }
}
