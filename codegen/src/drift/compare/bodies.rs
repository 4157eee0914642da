//! Compares request bodies, and media types wherever they stand.

use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::operation_pair::Exchange;
use super::pairs::Context;
use crate::drift::model::{Located, Side, Spot};
use crate::drift::rules::Slot;

/// A media type without the case and white space that do not count: `application/json;charset=utf-8`.
fn normal(media: &str) -> String {
    let mut parts = media.split(';').map(|part| part.trim().to_ascii_lowercase());
    let essence = parts.next().unwrap_or_default();
    let mut parameters: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parameters.sort_unstable();
    std::iter::once(essence).chain(parameters).collect::<Vec<_>>().join(";")
}

/// Whether values are told apart by more than their text.
fn strict(media: &str) -> bool {
    let media = normal(media);
    ["json", "yaml", "cbor", "msgpack", "*/*", "application/*"].iter().any(|word| media.contains(word))
}

/// How two media types are related that stand at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Renaming {
    /// Only `charset` differs.
    Charset,
    /// Parameters are gone.
    Bare,
    /// There are other parameters, or more.
    Parameters,
    Wider,
    Narrower,
}

/// The media types on both sides, on one side, and those that are written otherwise.
pub(super) struct Contents<'d> {
    pub(super) both: Vec<(&'d str, Located<'d>, Located<'d>)>,
    pub(super) renamed: Vec<(&'d str, Located<'d>, &'d str, Located<'d>, Renaming)>,
    pub(super) removed: Vec<(&'d str, Located<'d>)>,
    pub(super) added: Vec<(&'d str, Located<'d>)>,
}

impl<'d> Contents<'d> {
    pub(super) fn new(old_side: Side<'d>, old: &Located<'d>, new_side: Side<'d>, new: &Located<'d>) -> Self {
        let entries = |side: Side<'d>, at: &Located<'d>| -> Vec<(&'d str, Located<'d>)> {
            let all = at.child("content").map(|content| content.entries()).unwrap_or_default();
            all.into_iter().filter_map(|(media, at)| Some((media, side.follow(at)?))).collect()
        };
        let mut contents =
            Self { both: Vec::new(), renamed: Vec::new(), removed: Vec::new(), added: entries(new_side, new) };
        let mut missing = Vec::new();
        for (media, at) in entries(old_side, old) {
            match contents.added.iter().position(|(other, _)| normal(other) == normal(media)) {
                Some(position) => {
                    let (_, other) = contents.added.remove(position);
                    contents.both.push((media, at, other));
                }
                None => missing.push((media, at)),
            }
        }
        for (media, at) in missing {
            let partner = contents.added.iter().position(|(other, _)| renaming(media, other).is_some());
            match partner.and_then(|position| Some((renaming(media, contents.added.get(position)?.0)?, position))) {
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

/// Whether a media type is another one with other parameters or wildcards, or with a structured suffix
/// (`application/problem+json` is `application/json`).
fn renaming(old: &str, new: &str) -> Option<Renaming> {
    let (old, new) = (normal(old), normal(new));
    let essence = |media: &str| media.split(';').next().unwrap_or_default().to_owned();
    let (left, right) = (essence(&old), essence(&new));
    if left == right {
        let told = |media: &str| {
            let parameters = media.split(';').skip(1).filter(|parameter| !parameter.starts_with("charset="));
            parameters.map(str::to_owned).collect::<Vec<_>>()
        };
        return Some(match (told(&old), told(&new)) {
            (before, after) if before == after => Renaming::Charset,
            (_, after) if after.is_empty() => Renaming::Bare,
            _ => Renaming::Parameters,
        });
    }
    if covers(&right, &left) {
        return Some(Renaming::Wider);
    }
    covers(&left, &right).then_some(Renaming::Narrower)
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
pub(super) fn compare_request<'d>(comparison: &mut Comparison<'d>, exchange: &Exchange<'_, 'd>) {
    let reach = Reach::Operation(exchange.index);
    let label = exchange.new.label();
    let old = exchange.old.at.child("requestBody").and_then(|at| comparison.old.follow(at));
    let new = exchange.new.at.child("requestBody").and_then(|at| comparison.new.follow(at));
    match (old, new) {
        (Some(old), Some(new)) => {
            compare_need(comparison, exchange, &old, &new);
            compare_contents(comparison, exchange, &old, &new);
        }
        (None, Some(new)) => {
            let (id, need) = if new.flag("required") {
                ("request-body-added-required", "required")
            } else {
                ("request-body-added-optional", "optional")
            };
            let spot = Spot::both(&exchange.old.at, &new);
            comparison.report(
                reach,
                Change::new(id, spot, label.clone(), format!("`{label}` has a new request body, which is {need}")),
            );
        }
        (Some(old), None) => {
            let spot = Spot::removed(&old, &exchange.new.at);
            comparison.report(
                reach,
                Change::new(
                    "request-body-removed",
                    spot,
                    label.clone(),
                    format!("`{label}` has no request body any more"),
                ),
            );
        }
        (None, None) => {}
    }
}

fn compare_need<'d>(
    comparison: &mut Comparison<'d>,
    exchange: &Exchange<'_, 'd>,
    old: &Located<'d>,
    new: &Located<'d>,
) {
    let (id, said) = match (old.flag("required"), new.flag("required")) {
        (false, true) => ("request-body-became-required", "required"),
        (true, false) => ("request-body-became-optional", "optional"),
        _ => return,
    };
    let spot = Spot::both(&old.child_or_self("required"), &new.child_or_self("required"));
    let label = exchange.new.label();
    comparison.report(
        Reach::Operation(exchange.index),
        Change::new(id, spot, label.clone(), format!("the request body of `{label}` became {said}")),
    );
}

fn compare_contents<'d>(
    comparison: &mut Comparison<'d>,
    exchange: &Exchange<'_, 'd>,
    old: &Located<'d>,
    new: &Located<'d>,
) {
    let contents = Contents::new(comparison.old, old, comparison.new, new);
    let reach = Reach::Operation(exchange.index);
    let label = exchange.new.label();
    let (old_holder, new_holder) = (old.child_or_self("content"), new.child_or_self("content"));
    let renamed = contents
        .renamed
        .into_iter()
        .map(|(old_media, old_at, new_media, new_at, how)| (old_media, new_media, old_at, new_at, how));
    let mut compared = contents.both;
    for (old_media, new_media, old_at, new_at, how) in renamed {
        // A request body has no rules for renaming: what is wider accepts more, what is narrower or other less.
        if how != Renaming::Charset {
            let id = match how {
                Renaming::Wider | Renaming::Bare => "request-body-media-type-added",
                _ => "request-body-media-type-removed",
            };
            let spot = Spot::both(&old_at, &new_at);
            let message = format!("the request body of `{label}` is `{new_media}`, it was `{old_media}`");
            comparison.report(reach, Change::new(id, spot, format!("{old_media}>{new_media}"), message));
        }
        compared.push((new_media, old_at, new_at));
    }
    for (media, at) in &contents.removed {
        let message = format!("the request body of `{label}` may no longer be `{media}`");
        comparison.report(
            reach,
            Change::new("request-body-media-type-removed", Spot::removed(at, &new_holder), *media, message),
        );
    }
    for (media, at) in &contents.added {
        let message = format!("the request body of `{label}` may be `{media}` too");
        comparison
            .report(reach, Change::new("request-body-media-type-added", Spot::both(&old_holder, at), *media, message));
    }
    for (media, old_at, new_at) in compared {
        compare_encoding(comparison, exchange, &old_at, &new_at);
        let root = "the request body";
        compare_body(comparison, exchange, (media, &old_at, &new_at), Slot::RequestBody, root);
    }
}

/// Compares the schemas of a media type.
pub(super) fn compare_body<'d>(
    comparison: &mut Comparison<'d>,
    exchange: &Exchange<'_, 'd>,
    (media, old, new): (&str, &Located<'d>, &Located<'d>),
    slot: Slot,
    root: &str,
) {
    let key = |at: &Located<'d>| at.child("schema").or_else(|| at.child("itemSchema"));
    let prefix = if slot == Slot::RequestBody { "request-body" } else { "response-body" };
    let (action, place, said) = match (key(old), key(new)) {
        (Some(old), Some(new)) => {
            let slot = if exchange.flipped { flip(slot) } else { slot };
            let context = Context { slot, muted: false, loose: !strict(media) };
            return comparison.compare_root(exchange.index, old, new, context, root);
        }
        (None, None) => return,
        (None, Some(new)) => ("added", Spot::both(old, &new), "has a schema"),
        (Some(old), None) => ("removed", Spot::removed(&old, new), "has no schema any more"),
    };
    let message = format!("{root} of `{}` {said} (`{media}`)", exchange.new.label());
    let change = Change::new(format!("{prefix}-media-type-schema-{action}"), place, media, message);
    comparison.report(Reach::Operation(exchange.index), change);
}

/// Webhooks travel the other way: the API sends the request and reads the response.
fn flip(slot: Slot) -> Slot {
    match slot {
        Slot::RequestBody => Slot::ResponseBody,
        Slot::ResponseBody => Slot::RequestBody,
        other => other,
    }
}

fn compare_encoding<'d>(
    comparison: &mut Comparison<'d>,
    exchange: &Exchange<'_, 'd>,
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
        let spot = Spot::both(&was.unwrap_or_else(|| old.clone()), &is.unwrap_or_else(|| new.clone()));
        let message =
            format!("the part `{name}` of the request body of `{}` is written in another way", exchange.new.label());
        comparison.report(
            Reach::Operation(exchange.index),
            Change::new("request-body-encoding-changed", spot, name, message),
        );
    }
}
