//! Compares request bodies, and the schemas of bodies.

use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::encodings;
use super::media::{Contents, MediaTypeChange, essence, writing};
use super::operation_pair::OperationPair;
use super::schema_pair::Context;
use crate::drift::model::{ChangeSite, Located, Schema};
use crate::drift::rules::SchemaRole;
use crate::openapi::bytes;

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
        encodings::compare(comparison, pair, (media, &old_at, &new_at));
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
            let context = Context::new(role, writing(media));
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

/// Reverses the direction for webhooks, where the API sends the request and reads the response.
fn flip(role: SchemaRole) -> SchemaRole {
    match role {
        SchemaRole::RequestBody => SchemaRole::ResponseBody,
        SchemaRole::ResponseBody => SchemaRole::RequestBody,
        other => other,
    }
}
