//! Compares deprecation, sunset dates and stability levels.

use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::operation_pair::OperationPair;
use super::options::Date;
use crate::drift::model::{ChangeSite, Located, show};

/// The date after which a deprecated element may be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sunset {
    None,
    Unreadable(String),
    On(Date),
}

/// The sunset of an element, from `x-sunset`.
pub(super) fn sunset(at: &Located<'_>) -> Sunset {
    let Some(node) = at.value("x-sunset") else { return Sunset::None };
    let text = show(node);
    // A time after the date is ignored.
    match text.get(..10).unwrap_or(&text).parse() {
        Ok(date) => Sunset::On(date),
        Err(_) => Sunset::Unreadable(text),
    }
}

/// The rule ids for one kind of element.
struct RuleIds {
    deprecated: String,
    with_sunset: String,
    missing: String,
    unreadable: String,
    /// The date of an element that was deprecated before is invalid.
    moved_unreadable: String,
    too_small: String,
    deleted: String,
    added: Option<String>,
    earlier: Option<String>,
    reactivated: String,
}

/// Compares the lifecycle of an operation.
pub(super) fn compare_operation<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>) {
    let ids = RuleIds {
        deprecated: "endpoint-deprecated".into(),
        with_sunset: "endpoint-deprecated-with-sunset".into(),
        missing: "api-deprecated-sunset-missing".into(),
        unreadable: "api-deprecated-sunset-parse".into(),
        moved_unreadable: "api-path-sunset-parse".into(),
        too_small: "api-sunset-date-too-small".into(),
        deleted: "sunset-deleted".into(),
        added: Some("sunset-added".into()),
        earlier: Some("api-sunset-date-changed-too-small".into()),
        reactivated: "endpoint-reactivated".into(),
    };
    let name = format!("`{}`", pair.new.label());
    let changes = deprecation(comparison, &ids, &pair.old.at, &pair.new.at, &name);
    let levels = stability("api", &pair.old.at, &pair.new.at, &name);
    for change in changes.into_iter().chain(levels) {
        comparison.report(Reach::Operation(pair.index), change);
    }
}

/// The lifecycle changes of a parameter.
pub(super) fn of_parameter(
    comparison: &Comparison<'_>,
    old: &Located<'_>,
    new: &Located<'_>,
    name: &str,
) -> Vec<Change> {
    let id = |end: &str| format!("request-parameter-{end}");
    let ids = RuleIds {
        deprecated: id("deprecated"),
        with_sunset: id("deprecated-with-sunset"),
        missing: id("deprecated-sunset-missing"),
        unreadable: id("sunset-parse"),
        moved_unreadable: id("sunset-parse"),
        too_small: id("sunset-date-too-small"),
        deleted: id("sunset-deleted"),
        added: None,
        earlier: Some(id("sunset-date-changed-too-small")),
        reactivated: id("reactivated"),
    };
    deprecation(comparison, &ids, old, new, name)
}

/// The lifecycle changes of a property; `direction` is `request` or `response`.
pub(super) fn of_property(
    comparison: &Comparison<'_>,
    direction: &str,
    old: &Located<'_>,
    new: &Located<'_>,
    name: &str,
) -> Vec<Change> {
    let id = |end: &str| format!("{direction}-property-{end}");
    let ids = RuleIds {
        deprecated: id("deprecated"),
        with_sunset: id("deprecated-with-sunset"),
        missing: id("deprecated-sunset-missing"),
        unreadable: id("deprecated-sunset-invalid"),
        moved_unreadable: id("deprecated-sunset-invalid"),
        too_small: id("sunset-date-too-small"),
        deleted: id("sunset-deleted"),
        added: Some(id("sunset-added")),
        earlier: None,
        reactivated: id("reactivated"),
    };
    let mut changes = deprecation(comparison, &ids, old, new, name);
    let levels = stability(&format!("{direction}-property"), old, new, name);
    changes.extend(levels.into_iter().filter(|change| !change.id.ends_with("invalid-stability-level")));
    changes
}

fn deprecation(
    comparison: &Comparison<'_>,
    ids: &RuleIds,
    old: &Located<'_>,
    new: &Located<'_>,
    name: &str,
) -> Vec<Change> {
    let (was, is) = (old.flag("deprecated"), new.flag("deprecated"));
    let site = ChangeSite::both(&old.child_or_self("deprecated"), &new.child_or_self("deprecated"));
    let change = |id: &str, message: String| vec![Change::new(id, site.clone(), format!("{was}>{is}"), message)];
    match (was, is) {
        (true, false) => change(&ids.reactivated, format!("{name} is no longer deprecated")),
        (false, true) => {
            let (id, sunset) = classify(comparison, ids, sunset(new));
            change(id, format!("{name} was deprecated{sunset}"))
        }
        (true, true) => sunsets(comparison, ids, old, new, name),
        (false, false) => Vec::new(),
    }
}

/// The rule for a new deprecation, and a phrase about its sunset.
fn classify<'i>(comparison: &Comparison<'_>, ids: &'i RuleIds, sunset: Sunset) -> (&'i str, String) {
    match sunset {
        Sunset::None if comparison.options.sunset_days > 0 => (&ids.missing, " without a sunset date".to_owned()),
        Sunset::None => (&ids.deprecated, String::new()),
        Sunset::Unreadable(text) => (&ids.unreadable, format!(" with the invalid sunset date `{text}`")),
        Sunset::On(date) if too_soon(comparison, date) => {
            (&ids.too_small, format!(" with a sunset on {date}, which is too soon"))
        }
        Sunset::On(date) => (&ids.with_sunset, format!(" with a sunset on {date}")),
    }
}

fn too_soon(comparison: &Comparison<'_>, date: Date) -> bool {
    let days = i64::from(comparison.options.sunset_days);
    let first =
        comparison.options.today.and_then(|today| today.checked_add(jiff::Span::new().try_days(days).ok()?).ok());
    first.is_some_and(|first| date < first)
}

fn sunsets(
    comparison: &Comparison<'_>,
    ids: &RuleIds,
    old: &Located<'_>,
    new: &Located<'_>,
    name: &str,
) -> Vec<Change> {
    let (before, after) = (sunset(old), sunset(new));
    let site = ChangeSite::both(&old.child_or_self("x-sunset"), &new.child_or_self("x-sunset"));
    let change =
        |id: &str, message: String| vec![Change::new(id, site.clone(), format!("{before:?}>{after:?}"), message)];
    match (&before, &after) {
        (Sunset::None, Sunset::None) => Vec::new(),
        (_, Sunset::None) => {
            change(&ids.deleted, format!("the sunset date of {name} was removed, although it is deprecated"))
        }
        (_, Sunset::Unreadable(text)) | (Sunset::Unreadable(text), _) if before != after => {
            change(&ids.moved_unreadable, format!("the sunset date `{text}` of {name} is invalid"))
        }
        (Sunset::On(was), Sunset::On(is)) if is < was && too_soon(comparison, *is) => match &ids.earlier {
            Some(id) => change(id, format!("the sunset of {name} moved from {was} to {is}, which is too soon")),
            None => Vec::new(),
        },
        (Sunset::None, Sunset::On(date)) => match &ids.added {
            Some(id) => change(id, format!("{name}, which is deprecated, now has a sunset on {date}")),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

const STABILITY: &str = "x-stability-level";
/// Levels from least to most stable; an element without one is stable.
const LEVELS: [&str; 4] = ["draft", "alpha", "beta", "stable"];

fn stability(prefix: &str, old: &Located<'_>, new: &Located<'_>, name: &str) -> Vec<Change> {
    let key = STABILITY;
    let rank = |at: &Located<'_>| match at.value(key) {
        None => Some(LEVELS.len() - 1),
        Some(node) => LEVELS.iter().position(|name| node.as_str() == Some(name)),
    };
    let level = |at: &Located<'_>| at.value(key).map_or_else(|| "stable".to_owned(), show);
    let site = ChangeSite::both(&old.child_or_self(key), &new.child_or_self(key));
    let (id, message) = match (rank(old), rank(new)) {
        (_, None) => ("invalid-stability-level", format!("the stability level `{}` of {name} is unknown", level(new))),
        (Some(was), Some(is)) if is < was => {
            ("stability-decreased", format!("{name} went from {} to {}", level(old), level(new)))
        }
        (Some(was), Some(is)) if is > was => {
            ("stability-increased", format!("{name} went from {} to {}", level(old), level(new)))
        }
        _ => return Vec::new(),
    };
    let unchanged = old.value(key) == new.value(key);
    if id == "invalid-stability-level" && unchanged {
        return Vec::new();
    }
    vec![Change::new(format!("{prefix}-{id}"), site, format!("{}>{}", level(old), level(new)), message)]
}
