//! Compares the responses of an operation: statuses, media types, headers, bodies.

use super::bodies::{Contents, Renaming, compare_body};
use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::operation_pair::Exchange;
use super::pairs::Context;
use super::parameters::described;
use crate::drift::model::{Located, Spot};
use crate::drift::rules::Slot;

/// Compares the responses of an operation.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, exchange: &Exchange<'_, 'd>) {
    let entries = |at: &Located<'d>| {
        let all = at.child("responses").map(|map| map.entries()).unwrap_or_default();
        all.into_iter().filter(|(status, _)| !status.starts_with("x-")).collect::<Vec<_>>()
    };
    let old = entries(&exchange.old.at);
    let mut left = entries(&exchange.new.at);
    for (status, old) in old {
        let partner = left.iter().position(|(other, _)| other.eq_ignore_ascii_case(status));
        if let Some((_, new)) = partner.map(|position| left.remove(position)) {
            let (old, new) = (comparison.old.follow(old), comparison.new.follow(new));
            if let (Some(old), Some(new)) = (old, new) {
                compare_response(comparison, exchange, status, &old, &new);
            }
        } else {
            let spot = Spot::removed(&old, &exchange.new.at.child_or_self("responses"));
            status_changed(comparison, exchange, status, spot, "removed");
        }
    }
    for (status, new) in left {
        let spot = Spot::both(&exchange.old.at.child_or_self("responses"), &new);
        status_changed(comparison, exchange, status, spot, "added");
    }
}

fn status_changed<'d>(
    comparison: &mut Comparison<'d>,
    exchange: &Exchange<'_, 'd>,
    status: &str,
    spot: Spot,
    action: &str,
) {
    let success = matches!(status.as_bytes().first(), Some(b'1'..=b'3'));
    let kind = if success { "success" } else { "non-success" };
    let said = if action == "removed" { "is gone" } else { "is new" };
    let label = exchange.new.label();
    let change = Change::new(
        format!("response-{kind}-status-{action}"),
        spot,
        format!("{label} {status}"),
        format!("the response {status} of `{label}` {said}"),
    );
    comparison.report(Reach::Operation(exchange.index), change);
}

fn compare_response<'d>(
    comparison: &mut Comparison<'d>,
    exchange: &Exchange<'_, 'd>,
    status: &str,
    old: &Located<'d>,
    new: &Located<'d>,
) {
    compare_headers(comparison, exchange, status, old, new);
    let contents = Contents::new(comparison.old, old, comparison.new, new);
    let reach = Reach::Operation(exchange.index);
    let whose = format!("the response {status} of `{}`", exchange.new.label());
    let (old_holder, new_holder) = (old.child_or_self("content"), new.child_or_self("content"));
    let root = format!("the response {status}");
    for (media, at) in &contents.removed {
        let message = format!("{whose} is no longer given as `{media}`");
        comparison
            .report(reach, Change::new("response-media-type-removed", Spot::removed(at, &new_holder), *media, message));
    }
    for (media, at) in &contents.added {
        let message = format!("{whose} is given as `{media}` too");
        comparison
            .report(reach, Change::new("response-media-type-added", Spot::both(&old_holder, at), *media, message));
    }
    for (old_media, old_at, new_media, new_at, how) in &contents.renamed {
        let end = match how {
            Renaming::Charset | Renaming::Bare | Renaming::Parameters => "changed",
            Renaming::Wider => "generalized",
            Renaming::Narrower => "specialized",
        };
        let message = format!("{whose} is `{new_media}`, it was `{old_media}`");
        let detail = format!("{old_media}>{new_media}");
        let id = format!("response-media-type-name-{end}");
        comparison.report(reach, Change::new(id, Spot::both(old_at, new_at), detail, message));
        compare_body(comparison, exchange, (new_media, old_at, new_at), Slot::ResponseBody, &root);
    }
    for (media, old_at, new_at) in &contents.both {
        compare_body(comparison, exchange, (media, old_at, new_at), Slot::ResponseBody, &root);
    }
}

fn compare_headers<'d>(
    comparison: &mut Comparison<'d>,
    exchange: &Exchange<'_, 'd>,
    status: &str,
    old: &Located<'d>,
    new: &Located<'d>,
) {
    let entries = |at: &Located<'d>| {
        let all = at.child("headers").map(|map| map.entries()).unwrap_or_default();
        all.into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type")).collect::<Vec<_>>()
    };
    let mut left = entries(new);
    let reach = Reach::Operation(exchange.index);
    let whose = format!("of the response {status} of `{}`", exchange.new.label());
    for (name, before) in entries(old) {
        let partner = left.iter().position(|(other, _)| other.eq_ignore_ascii_case(name));
        let after = partner.map(|position| left.remove(position).1);
        // A reference that leads nowhere says nothing of the header, but the header is there.
        let Some(before) = comparison.old.follow(before) else { continue };
        if let Some(after) = after {
            if let Some(after) = comparison.new.follow(after) {
                compare_header(comparison, exchange, (name, &whose), &before, &after);
            }
        } else {
            let kind = if before.flag("required") { "required" } else { "optional" };
            let spot = Spot::removed(&before, &new.child_or_self("headers"));
            let message = format!("the {kind} header `{name}` {whose} is gone");
            comparison.report(reach, Change::new(format!("{kind}-response-header-removed"), spot, name, message));
        }
    }
    for (name, at) in left {
        let spot = Spot::both(&old.child_or_self("headers"), &at);
        comparison.report(
            reach,
            Change::new("response-header-added", spot, name, format!("the header `{name}` {whose} is new")),
        );
    }
}

fn compare_header<'d>(
    comparison: &mut Comparison<'d>,
    exchange: &Exchange<'_, 'd>,
    (name, whose): (&str, &str),
    old: &Located<'d>,
    new: &Located<'d>,
) {
    let reach = Reach::Operation(exchange.index);
    let change = match (old.flag("required"), new.flag("required")) {
        (true, false) => Some(("response-header-became-optional", "optional")),
        (false, true) => Some(("response-header-became-required", "required")),
        _ => None,
    };
    if let Some((id, said)) = change {
        let spot = Spot::both(&old.child_or_self("required"), &new.child_or_self("required"));
        comparison.report(reach, Change::new(id, spot, name, format!("the header `{name}` {whose} became {said}")));
    }
    let ((old_media, old_schema), (new_media, new_schema)) = (described(old), described(new));
    if old_media != new_media {
        let spot = Spot::both(&old.child_or_self("content"), &new.child_or_self("content"));
        let message = format!("the header `{name}` {whose} is written in another media type");
        comparison.report(reach, Change::new("response-header-content-changed", spot, name, message));
    }
    if let (Some(old), Some(new)) = (old_schema, new_schema) {
        let context = Context { slot: Slot::ResponseHeader, muted: false, loose: new_media.is_none() };
        comparison.compare_root(exchange.index, old, new, context, &format!("the header `{name}`"));
    }
}
