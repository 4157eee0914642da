//! Compares the responses of an operation: statuses, media types, headers, bodies.

use super::bodies::compare_body;
use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::media::{Contents, MediaTypeChange};
use super::operation_pair::OperationPair;
use super::parameters::described;
use super::schema_pair::{Context, Writing};
use crate::drift::model::{ChangeSite, Located};
use crate::drift::rules::SchemaRole;

/// Compares the responses of an operation.
///
/// A class such as `2XX` covers the statuses that have no response of their own, so `2XX` that
/// became `200` narrows, and `200` that became `2XX` widens. So does `default`, if only one of the
/// documents has it.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>) {
    let (mut old, mut new) = (Statuses::new(&pair.old.at), Statuses::new(&pair.new.at));
    let defaults = [&old, &new].map(|statuses| statuses.find(DEFAULT).is_some());
    (old.default_covers, new.default_covers) = (defaults == [true, false], defaults == [false, true]);
    for (status, before) in &old.entries {
        if let Some(after) = new.find(status) {
            compare_pair(comparison, pair, status, before, after);
            continue;
        }
        let mut covered = new.covered_by(status, &old);
        if let Some(class) = new.class_of(status) {
            compare_pair(comparison, pair, status, before, class);
        } else if covered.is_empty() {
            let site = ChangeSite::removed(before, &new.holder);
            status_changed(comparison, pair, status, site, "removed");
        } else {
            narrowed(comparison, pair, (status, before), &covered);
            covered.retain(|(status, _)| old.find(status).is_none());
            for (status, after) in covered {
                compare_pair(comparison, pair, status, before, after);
            }
        }
    }
    for (status, after) in &new.entries {
        let covered = old.class_of(status).is_some_and(|_| old.find(status).is_none());
        if old.find(status).is_none() && !covered {
            let site = ChangeSite::both(&old.holder, after);
            status_changed(comparison, pair, status, site, "added");
        }
    }
}

const DEFAULT: &str = "default";

/// The responses of an operation by status.
struct Statuses<'d> {
    entries: Vec<(&'d str, Located<'d>)>,
    holder: Located<'d>,
    /// Whether `default` covers statuses of the other document, which has none.
    default_covers: bool,
}

impl<'d> Statuses<'d> {
    fn new(operation: &Located<'d>) -> Self {
        let entries = operation.child("responses").map(|map| map.entries()).unwrap_or_default();
        let entries = entries.into_iter().filter(|(status, _)| !status.starts_with("x-")).collect();
        Self { entries, holder: operation.child_or_self("responses"), default_covers: false }
    }

    fn find(&self, status: &str) -> Option<&Located<'d>> {
        let mut entries = self.entries.iter();
        entries.find_map(|(other, at)| other.eq_ignore_ascii_case(status).then_some(at))
    }

    /// The response of the class that covers a status, or else `default`.
    fn class_of(&self, status: &str) -> Option<&Located<'d>> {
        let class = self.entries.iter().find_map(|(class, at)| covers(class, status).then_some(at));
        class.or_else(|| self.find(DEFAULT).filter(|_| self.has_as_default(status)))
    }

    /// Whether `default` covers a status. Beside documented successes it stands for errors.
    fn has_as_default(&self, status: &str) -> bool {
        let has_success = || self.entries.iter().any(|(status, _)| success(status) == "success");
        self.default_covers && status != DEFAULT && (success(status) != "success" || !has_success())
    }

    /// The responses to statuses that a class of the other document covers.
    fn covered_by(&self, class: &str, other: &Self) -> Vec<(&'d str, &Located<'d>)> {
        let is_covered = |status: &str| match class {
            DEFAULT => other.has_as_default(status) && other.class_of(status).is_some() && other.find(status).is_none(),
            _ => covers(class, status),
        };
        self.entries.iter().filter(|(status, _)| is_covered(status)).map(|(status, at)| (*status, at)).collect()
    }
}

/// Whether a class such as `2XX` covers a single status.
fn covers(class: &str, status: &str) -> bool {
    let digit = class.strip_suffix("XX").or_else(|| class.strip_suffix("xx"));
    let single = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
    digit.is_some_and(|digit| digit.len() == 1 && single && status.starts_with(digit))
}

fn compare_pair<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    status: &str,
    old: &Located<'d>,
    new: &Located<'d>,
) {
    let (old, new) = (comparison.old.follow(old.clone()), comparison.new.follow(new.clone()));
    if let (Some(old), Some(new)) = (old, new) {
        compare_response(comparison, pair, status, &old, &new);
    }
}

/// Reports a class that became some of its statuses. Clients of the class can read them all.
fn narrowed<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    (class, old): (&str, &Located<'d>),
    covered: &[(&'d str, &Located<'d>)],
) {
    let Some((_, first)) = covered.first() else { return };
    let label = pair.new.label();
    let statuses: Vec<&str> = covered.iter().map(|(status, _)| *status).collect();
    let message = format!("the response {class} of `{label}` was narrowed to {}", statuses.join(", "));
    let id = format!("response-{}-status-removed", success(class));
    let change = Change::new(id, ChangeSite::both(old, first), format!("{label} {class}"), message);
    comparison.report(Reach::Operation(pair.index), change.keeps_clients());
}

/// How rule ids name the kind of a status.
fn success(status: &str) -> &'static str {
    if matches!(status.as_bytes().first(), Some(b'1'..=b'3')) { "success" } else { "non-success" }
}

fn status_changed<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    status: &str,
    site: ChangeSite,
    action: &str,
) {
    let kind = success(status);
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
        let context =
            Context::new(SchemaRole::ResponseHeader, if new_media.is_none() { Writing::Text } else { Writing::Typed });
        comparison.compare_root(pair.index, old, new, context, &format!("the header `{name}`"));
    }
}
