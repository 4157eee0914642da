//! Matches the media types of requests and responses.

use super::schema_pair::Writing;
use crate::drift::model::{Located, Revision};

/// A media type with insignificant case and white space removed: `application/json;charset=utf-8`.
pub(super) fn normal(media: &str) -> String {
    let mut parts = media.split(';').map(|part| part.trim().to_ascii_lowercase());
    let essence = parts.next().unwrap_or_default();
    let mut parameters: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parameters.sort_unstable();
    std::iter::once(essence).chain(parameters).collect::<Vec<_>>().join(";")
}

/// How values of a media type are written.
pub(super) fn writing(media: &str) -> Writing {
    let media = normal(media);
    let essence = essence(&media);
    if essence.ends_with("/xml") || essence.ends_with("+xml") {
        return Writing::Xml;
    }
    let typed = ["json", "yaml", "cbor", "msgpack", "*/*", "application/*"];
    if typed.iter().any(|word| media.contains(word)) { Writing::Typed } else { Writing::Text }
}

/// How one media type relates to the one that it replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaTypeChange {
    /// Only `charset` differs.
    Charset,
    /// Parameters were removed.
    Bare,
    /// Parameters were added or changed.
    Parameters,
    Wider,
    Narrower,
}

/// The media types of two elements, matched.
pub(super) struct Contents<'d> {
    pub(super) both: Vec<(&'d str, Located<'d>, Located<'d>)>,
    pub(super) renamed: Vec<(&'d str, Located<'d>, &'d str, Located<'d>, MediaTypeChange)>,
    pub(super) removed: Vec<(&'d str, Located<'d>)>,
    pub(super) added: Vec<(&'d str, Located<'d>)>,
}

impl<'d> Contents<'d> {
    pub(super) fn new(
        old_revision: Revision<'d>,
        old: &Located<'d>,
        new_revision: Revision<'d>,
        new: &Located<'d>,
    ) -> Self {
        let entries = |revision: Revision<'d>, at: &Located<'d>| -> Vec<(&'d str, Located<'d>)> {
            let all = at.child("content").map(|content| content.entries()).unwrap_or_default();
            all.into_iter().filter_map(|(media, at)| Some((media, revision.follow(at)?))).collect()
        };
        let mut contents =
            Self { both: Vec::new(), renamed: Vec::new(), removed: Vec::new(), added: entries(new_revision, new) };
        let mut missing = Vec::new();
        for (media, at) in entries(old_revision, old) {
            match contents.added.iter().position(|(other, _)| normal(other) == normal(media)) {
                Some(position) => {
                    let (_, other) = contents.added.remove(position);
                    contents.both.push((media, at, other));
                }
                None => missing.push((media, at)),
            }
        }
        for (media, at) in missing {
            let partner = contents.added.iter().position(|(other, _)| media_type_change(media, other).is_some());
            match partner
                .and_then(|position| Some((media_type_change(media, contents.added.get(position)?.0)?, position)))
            {
                Some((how, position)) => {
                    let (other, new) = contents.added.remove(position);
                    contents.renamed.push((media, at, other, new, how));
                }
                None => contents.removed.push((media, at)),
            }
        }
        contents
    }
}

/// How a media type differs from another in parameters, wildcards or a structured suffix, if it
/// does only in these (`application/problem+json` is narrower than `application/json`).
fn media_type_change(old: &str, new: &str) -> Option<MediaTypeChange> {
    let (old, new) = (normal(old), normal(new));
    let (left, right) = (essence(&old), essence(&new));
    if left == right {
        let significant = |media: &str| {
            let parameters = media.split(';').skip(1).filter(|parameter| !parameter.starts_with("charset="));
            parameters.map(str::to_owned).collect::<Vec<_>>()
        };
        return Some(match (significant(&old), significant(&new)) {
            (before, after) if before == after => MediaTypeChange::Charset,
            (_, after) if after.is_empty() => MediaTypeChange::Bare,
            _ => MediaTypeChange::Parameters,
        });
    }
    if covers(&right, &left) {
        return Some(MediaTypeChange::Wider);
    }
    covers(&left, &right).then_some(MediaTypeChange::Narrower)
}

fn covers(wide: &str, narrow: &str) -> bool {
    let (Some((wide_type, wide_subtype)), Some((narrow_type, narrow_subtype))) =
        (wide.split_once('/'), narrow.split_once('/'))
    else {
        return false;
    };
    match (wide_type, wide_subtype) {
        ("*", "*") => true,
        (kind, "*") => kind == narrow_type,
        (kind, subtype) => {
            kind == narrow_type && narrow_subtype.rsplit_once('+').is_some_and(|(_, suffix)| suffix == subtype)
        }
    }
}

/// A media type without parameters.
pub(super) fn essence(media: &str) -> String {
    normal(media).split(';').next().unwrap_or_default().to_owned()
}
