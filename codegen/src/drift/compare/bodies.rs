//! Compares request bodies, and the media types of requests and responses.

use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::operation_pair::OperationPair;
use super::schema_pair::Context;
use crate::drift::model::{ChangeSite, Located, Revision, Schema};
use crate::drift::rules::SchemaRole;
use crate::openapi::bytes;

/// A media type with insignificant case and white space removed: `application/json;charset=utf-8`.
fn normal(media: &str) -> String {
    let mut parts = media.split(';').map(|part| part.trim().to_ascii_lowercase());
    let essence = parts.next().unwrap_or_default();
    let mut parameters: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parameters.sort_unstable();
    std::iter::once(essence).chain(parameters).collect::<Vec<_>>().join(";")
}

/// Whether a media type distinguishes values by more than their text.
fn strict(media: &str) -> bool {
    let media = normal(media);
    ["json", "yaml", "cbor", "msgpack", "*/*", "application/*"].iter().any(|word| media.contains(word))
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

/// Compares the request bodies of an operation.
pub(super) fn compare_request<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>) {
    let reach = Reach::Operation(pair.index);
    let label = pair.new.label();
    let old = pair.old.at.child("requestBody").and_then(|at| comparison.old.follow(at));
    let new = pair.new.at.child("requestBody").and_then(|at| comparison.new.follow(at));
    match (old, new) {
        (Some(old), Some(new)) => {
            compare_need(comparison, pair, &old, &new);
            compare_contents(comparison, pair, &old, &new);
        }
        (None, Some(new)) => {
            let (id, need) = if new.flag("required") {
                ("request-body-added-required", "required")
            } else {
                ("request-body-added-optional", "optional")
            };
            let site = ChangeSite::both(&pair.old.at, &new);
            comparison.report(
                reach,
                Change::new(id, site, label.clone(), format!("the {need} request body of `{label}` was added")),
            );
        }
        (Some(old), None) => {
            let site = ChangeSite::removed(&old, &pair.new.at);
            comparison.report(
                reach,
                Change::new(
                    "request-body-removed",
                    site,
                    label.clone(),
                    format!("the request body of `{label}` was removed"),
                ),
            );
        }
        (None, None) => {}
    }
}

fn compare_need<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    old: &Located<'d>,
    new: &Located<'d>,
) {
    let (id, became) = match (old.flag("required"), new.flag("required")) {
        (false, true) => ("request-body-became-required", "required"),
        (true, false) => ("request-body-became-optional", "optional"),
        _ => return,
    };
    let site = ChangeSite::both(&old.child_or_self("required"), &new.child_or_self("required"));
    let label = pair.new.label();
    comparison.report(
        Reach::Operation(pair.index),
        Change::new(id, site, label.clone(), format!("the request body of `{label}` became {became}")),
    );
}

fn compare_contents<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    old: &Located<'d>,
    new: &Located<'d>,
) {
    let contents = Contents::new(comparison.old, old, comparison.new, new);
    let reach = Reach::Operation(pair.index);
    let label = pair.new.label();
    let (old_holder, new_holder) = (old.child_or_self("content"), new.child_or_self("content"));
    let renamed = contents
        .renamed
        .into_iter()
        .map(|(old_media, old_at, new_media, new_at, how)| (old_media, new_media, old_at, new_at, how));
    let mut compared = contents.both;
    for (old_media, new_media, old_at, new_at, how) in renamed {
        // No rules exist for a renamed media type of a request body. A wider one accepts more, a
        // narrower or different one accepts less.
        if how != MediaTypeChange::Charset {
            let id = match how {
                MediaTypeChange::Wider | MediaTypeChange::Bare => "request-body-media-type-added",
                _ => "request-body-media-type-removed",
            };
            let site = ChangeSite::both(&old_at, &new_at);
            let message =
                format!("the media type of the request body of `{label}` changed from `{old_media}` to `{new_media}`");
            comparison.report(reach, Change::new(id, site, format!("{old_media}>{new_media}"), message));
        }
        compared.push((new_media, old_at, new_at));
    }
    for (media, at) in &contents.removed {
        let message = format!("the request body of `{label}` no longer accepts `{media}`");
        comparison.report(
            reach,
            Change::new("request-body-media-type-removed", ChangeSite::removed(at, &new_holder), *media, message),
        );
    }
    for (media, at) in &contents.added {
        let message = format!("the request body of `{label}` now also accepts `{media}`");
        comparison.report(
            reach,
            Change::new("request-body-media-type-added", ChangeSite::both(&old_holder, at), *media, message),
        );
    }
    for (media, old_at, new_at) in compared {
        compare_encoding(comparison, pair, &old_at, &new_at);
        let root = "the request body";
        compare_body(comparison, pair, (media, &old_at, &new_at), SchemaRole::RequestBody, root);
    }
}

/// Compares the schemas of one media type.
pub(super) fn compare_body<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    (media, old, new): (&str, &Located<'d>, &Located<'d>),
    role: SchemaRole,
    root: &str,
) {
    let key = |at: &Located<'d>| at.child("schema").or_else(|| at.child("itemSchema"));
    let prefix = if role == SchemaRole::RequestBody { "request-body" } else { "response-body" };
    let raw = |schema: Option<Schema<'_>>| schema.is_none_or(|schema| schema.is_anything() || is_binary(&schema));
    let views =
        (key(old).map(|at| Schema::new(comparison.old, at)), key(new).map(|at| Schema::new(comparison.new, at)));
    // 3.1 has no schema for bytes, and 3.0 has a string with the format `binary`.
    if bytes::is_bytes(&essence(media)) && raw(views.0) && raw(views.1) {
        return;
    }
    let (action, site, verb) = match (key(old), key(new)) {
        (Some(old), Some(new)) => {
            let role = if pair.flipped { flip(role) } else { role };
            let context = Context::new(role, !strict(media));
            return comparison.compare_root(pair.index, old, new, context, root);
        }
        (None, None) => return,
        (None, Some(new)) => ("added", ChangeSite::both(old, &new), "was added to"),
        (Some(old), None) => ("removed", ChangeSite::removed(&old, new), "was removed from"),
    };
    let message = format!("the schema of `{media}` {verb} {root} of `{}`", pair.new.label());
    let change = Change::new(format!("{prefix}-media-type-schema-{action}"), site, media, message);
    comparison.report(Reach::Operation(pair.index), change);
}

fn is_binary(schema: &Schema<'_>) -> bool {
    schema.types() == ["string"] && schema.format() == Some("binary")
}

/// A media type without parameters.
fn essence(media: &str) -> String {
    normal(media).split(';').next().unwrap_or_default().to_owned()
}

/// Reverses the direction for webhooks, where the API sends the request and reads the response.
fn flip(role: SchemaRole) -> SchemaRole {
    match role {
        SchemaRole::RequestBody => SchemaRole::ResponseBody,
        SchemaRole::ResponseBody => SchemaRole::RequestBody,
        other => other,
    }
}

fn compare_encoding<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    old: &Located<'d>,
    new: &Located<'d>,
) {
    let entries = |at: &Located<'d>| at.child("encoding").map(|map| map.entries()).unwrap_or_default();
    let (before, after) = (entries(old), entries(new));
    let names = before.iter().chain(&after).map(|(name, _)| *name).collect::<std::collections::BTreeSet<_>>();
    for name in names {
        let find =
            |list: &[(&'d str, Located<'d>)]| list.iter().find(|(other, _)| *other == name).map(|(_, at)| at.clone());
        let (was, is) = (find(&before), find(&after));
        let meaning = |at: &Option<Located<'d>>| -> Vec<Option<String>> {
            let keys = ["contentType", "style", "explode", "allowReserved"];
            keys.iter().map(|key| Some(at.as_ref()?.value(key)?.to_json().to_string())).collect()
        };
        if meaning(&was) == meaning(&is) {
            continue;
        }
        let site = ChangeSite::both(&was.unwrap_or_else(|| old.clone()), &is.unwrap_or_else(|| new.clone()));
        let message = format!("the encoding of part `{name}` of the request body of `{}` changed", pair.new.label());
        comparison
            .report(Reach::Operation(pair.index), Change::new("request-body-encoding-changed", site, name, message));
    }
}
