//! Compares the responses of an operation: statuses, media types, headers, bodies.

use super::bodies::{Contents, MediaTypeChange, compare_body};
use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::operation_pair::OperationPair;
use super::parameters::described;
use super::schema_pair::Context;
use crate::drift::model::{ChangeSite, Located};
use crate::drift::rules::SchemaRole;

/// Compares the responses of an operation.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>) {
    let entries = |at: &Located<'d>| {
        let all = at.child("responses").map(|map| map.entries()).unwrap_or_default();
        all.into_iter().filter(|(status, _)| !status.starts_with("x-")).collect::<Vec<_>>()
    };
    let old = entries(&pair.old.at);
    let mut left = entries(&pair.new.at);
    for (status, old) in old {
        let partner = left.iter().position(|(other, _)| other.eq_ignore_ascii_case(status));
        if let Some((_, new)) = partner.map(|position| left.remove(position)) {
            let (old, new) = (comparison.old.follow(old), comparison.new.follow(new));
            if let (Some(old), Some(new)) = (old, new) {
                compare_response(comparison, pair, status, &old, &new);
            }
        } else {
            let site = ChangeSite::removed(&old, &pair.new.at.child_or_self("responses"));
            status_changed(comparison, pair, status, site, "removed");
        }
    }
    for (status, new) in left {
        let site = ChangeSite::both(&pair.old.at.child_or_self("responses"), &new);
        status_changed(comparison, pair, status, site, "added");
    }
}

fn status_changed<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    status: &str,
    site: ChangeSite,
    action: &str,
) {
    let success = matches!(status.as_bytes().first(), Some(b'1'..=b'3'));
    let kind = if success { "success" } else { "non-success" };
    let verb = if action == "removed" { "was removed" } else { "was added" };
    let label = pair.new.label();
    let change = Change::new(
        format!("response-{kind}-status-{action}"),
        site,
        format!("{label} {status}"),
        format!("the response {status} of `{label}` {verb}"),
    );
    comparison.report(Reach::Operation(pair.index), change);
}

fn compare_response<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    status: &str,
    old: &Located<'d>,
    new: &Located<'d>,
) {
    compare_headers(comparison, pair, status, old, new);
    let contents = Contents::new(comparison.old, old, comparison.new, new);
    let reach = Reach::Operation(pair.index);
    let subject = format!("the response {status} of `{}`", pair.new.label());
    let (old_holder, new_holder) = (old.child_or_self("content"), new.child_or_self("content"));
    let root = format!("the response {status}");
    for (media, at) in &contents.removed {
        let message = format!("{subject} is no longer sent as `{media}`");
        comparison.report(
            reach,
            Change::new("response-media-type-removed", ChangeSite::removed(at, &new_holder), *media, message),
        );
    }
    for (media, at) in &contents.added {
        let message = format!("{subject} may now also be sent as `{media}`");
        comparison.report(
            reach,
            Change::new("response-media-type-added", ChangeSite::both(&old_holder, at), *media, message),
        );
    }
    for (old_media, old_at, new_media, new_at, how) in &contents.renamed {
        let end = match how {
            MediaTypeChange::Charset | MediaTypeChange::Bare | MediaTypeChange::Parameters => "changed",
            MediaTypeChange::Wider => "generalized",
            MediaTypeChange::Narrower => "specialized",
        };
        let message = format!("the media type of {subject} changed from `{old_media}` to `{new_media}`");
        let detail = format!("{old_media}>{new_media}");
        let id = format!("response-media-type-name-{end}");
        comparison.report(reach, Change::new(id, ChangeSite::both(old_at, new_at), detail, message));
        compare_body(comparison, pair, (new_media, old_at, new_at), SchemaRole::ResponseBody, &root);
    }
    for (media, old_at, new_at) in &contents.both {
        compare_body(comparison, pair, (media, old_at, new_at), SchemaRole::ResponseBody, &root);
    }
}

fn compare_headers<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    status: &str,
    old: &Located<'d>,
    new: &Located<'d>,
) {
    let entries = |at: &Located<'d>| {
        let all = at.child("headers").map(|map| map.entries()).unwrap_or_default();
        all.into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type")).collect::<Vec<_>>()
    };
    let mut left = entries(new);
    let reach = Reach::Operation(pair.index);
    let holder = format!("of the response {status} of `{}`", pair.new.label());
    for (name, before) in entries(old) {
        let partner = left.iter().position(|(other, _)| other.eq_ignore_ascii_case(name));
        let after = partner.map(|position| left.remove(position).1);
        // A dangling reference hides what the header is, but the header exists.
        let Some(before) = comparison.old.follow(before) else { continue };
        if let Some(after) = after {
            if let Some(after) = comparison.new.follow(after) {
                compare_header(comparison, pair, (name, &holder), &before, &after);
            }
        } else {
            let kind = if before.flag("required") { "required" } else { "optional" };
            let site = ChangeSite::removed(&before, &new.child_or_self("headers"));
            let message = format!("the {kind} header `{name}` {holder} was removed");
            comparison.report(reach, Change::new(format!("{kind}-response-header-removed"), site, name, message));
        }
    }
    for (name, at) in left {
        let site = ChangeSite::both(&old.child_or_self("headers"), &at);
        comparison.report(
            reach,
            Change::new("response-header-added", site, name, format!("the header `{name}` {holder} was added")),
        );
    }
}

fn compare_header<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    (name, holder): (&str, &str),
    old: &Located<'d>,
    new: &Located<'d>,
) {
    let reach = Reach::Operation(pair.index);
    let change = match (old.flag("required"), new.flag("required")) {
        (true, false) => Some(("response-header-became-optional", "optional")),
        (false, true) => Some(("response-header-became-required", "required")),
        _ => None,
    };
    if let Some((id, became)) = change {
        let site = ChangeSite::both(&old.child_or_self("required"), &new.child_or_self("required"));
        comparison.report(reach, Change::new(id, site, name, format!("the header `{name}` {holder} became {became}")));
    }
    let ((old_media, old_schema), (new_media, new_schema)) = (described(old), described(new));
    if old_media != new_media {
        let site = ChangeSite::both(&old.child_or_self("content"), &new.child_or_self("content"));
        let message = format!("the media type of the header `{name}` {holder} changed");
        comparison.report(reach, Change::new("response-header-content-changed", site, name, message));
    }
    if let (Some(old), Some(new)) = (old_schema, new_schema) {
        let context = Context { role: SchemaRole::ResponseHeader, muted: false, loose: new_media.is_none() };
        comparison.compare_root(pair.index, old, new, context, &format!("the header `{name}`"));
    }
}
