//! Compares servers as they apply to the document and to its operations.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::operation_pair::OperationPair;
use crate::drift::model::{ChangeSite, Located, Operation, Revision, show};

/// Compares the servers of the document.
pub(super) fn compare_document(comparison: &mut Comparison<'_>) {
    let holders = (comparison.old.root(), comparison.new.root());
    compare(comparison, Reach::Document, &holders);
}

/// Compares the servers of an operation if they differ from those of the document in either
/// revision.
pub(super) fn compare_operation<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>) {
    let holder = |operation: &Operation<'d>| {
        let holders = [&operation.at, &operation.item];
        holders.into_iter().find(|at| at.value("servers").is_some()).cloned()
    };
    let (old, new) = (holder(pair.old), holder(pair.new));
    if old.is_some() || new.is_some() {
        let old = old.unwrap_or_else(|| comparison.old.root());
        let new = new.unwrap_or_else(|| comparison.new.root());
        compare(comparison, Reach::Operation(pair.index), &(old, new));
    }
}

fn compare<'d>(comparison: &mut Comparison<'d>, reach: Reach, (old_holder, new_holder): &(Located<'d>, Located<'d>)) {
    let (old, new) = (servers(comparison.old, old_holder), servers(comparison.new, new_holder));
    let (old_at, new_at) = (old_holder.child_or_self("servers"), new_holder.child_or_self("servers"));
    for url in old.keys().filter(|url| !new.contains_key(*url)) {
        let site = ChangeSite::removed(&old_at, &new_at);
        let message = format!("the server `{url}` was removed");
        let change = Change::new("server-removed", site, url.clone(), message);
        // Another host with an equal path is another deployment. Another path is another API.
        let replaced = new.keys().any(|other| path(other) == path(url));
        comparison.report(reach, if replaced { change } else { change.warning() });
    }
    for (url, after) in &new {
        let site = ChangeSite::both(&old_at, &new_at);
        let Some(before) = old.get(url) else {
            let message = format!("the server `{url}` was added");
            comparison.report(reach, Change::new("server-added", site, url.clone(), message));
            continue;
        };
        if before == after {
            continue;
        }
        let lost: Vec<String> = before.iter().filter_map(|variables| lost(variables, after)).collect();
        let (message, loses) = match lost.first() {
            Some(lost) => (format!("the server `{url}` no longer accepts {lost}"), true),
            None => (format!("the variables of the server `{url}` changed"), false),
        };
        let change = Change::new("server-variable-changed", site, url.clone(), message);
        comparison.report(reach, if loses { change.warning() } else { change });
    }
}

/// What none of the new servers with a URL accepts of the values of an old one.
fn lost(before: &Variables, after: &BTreeSet<Variables>) -> Option<String> {
    let mut first = None;
    for variables in after {
        let lost = before.iter().find_map(|(name, old)| {
            let listed = &variables.get(name)?.values;
            let narrower = !listed.is_empty() && (old.values.is_empty() || !old.values.is_subset(listed));
            let value = old.values.difference(listed).next();
            let value = value.map_or_else(|| "all values".to_owned(), |value| format!("`{value}`"));
            narrower.then(|| format!("{value} for its variable `{name}`"))
        });
        first.get_or_insert(lost?);
    }
    first
}

/// The path of a server URL.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or_default()
}

/// A variable of a server.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Variable {
    default: String,
    /// Empty if the variable accepts any value.
    values: BTreeSet<String>,
}

/// The variables of a server, by name.
type Variables = BTreeMap<String, Variable>;

/// Servers by URL, with their variables. Two servers can share a URL.
type Servers = BTreeMap<String, BTreeSet<Variables>>;

/// The servers of an element. `/` is what holds without any.
fn servers(revision: Revision<'_>, holder: &Located<'_>) -> Servers {
    let members = holder.child("servers").map(|list| list.members()).unwrap_or_default();
    let mut servers = Servers::new();
    for server in &members {
        let url = server.text("url").unwrap_or_default().trim_end_matches('/').to_owned();
        if !url.is_empty() {
            servers.entry(url).or_default().insert(variables(revision, server));
        }
    }
    servers
}

fn variables(revision: Revision<'_>, server: &Located<'_>) -> Variables {
    let all = server.child("variables").map(|map| map.entries()).unwrap_or_default();
    let variable = |at: Located<'_>| {
        let at = revision.follow(at)?;
        let listed = at.child("enum").map(|list| list.members()).unwrap_or_default();
        let values = listed.iter().map(|value| show(value.node)).collect();
        Some(Variable { default: at.value("default").map(show).unwrap_or_default(), values })
    };
    all.into_iter().filter_map(|(name, at)| Some((name.to_owned(), variable(at)?))).collect()
}
