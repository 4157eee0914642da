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
    for (place, server) in old.iter().filter(|(place, _)| !new.contains_key(*place)) {
        let url = server.url;
        let site = ChangeSite::removed(&old_at, &new_at);
        let change = Change::new("server-removed", site, url, format!("the server `{url}` was removed"));
        // Another host with an equal path is another deployment. Another path is another API.
        let replaced = new.keys().any(|other| other.path == place.path && other.scheme == place.scheme);
        comparison.report(reach, if replaced { change } else { change.warning() });
    }
    for (place, server) in &new {
        let url = server.url;
        let site = ChangeSite::both(&old_at, &new_at);
        match old.get(place) {
            None => {
                let message = format!("the server `{url}` was added");
                comparison.report(reach, Change::new("server-added", site, url, message));
            }
            Some(before) if before.variables != server.variables => {
                let change = variables_changed(site, place, before, server);
                comparison.report(reach, change);
            }
            Some(_) => {}
        }
    }
}

fn variables_changed(site: ChangeSite, place: &Place, before: &Server<'_>, after: &Server<'_>) -> Change {
    let url = after.url;
    let lost: Vec<String> = before.variables.iter().filter_map(|one| lost(one, &after.variables)).collect();
    let moved: Vec<String> = before.variables.iter().filter_map(|one| moved(place, one, &after.variables)).collect();
    let change = |message: String| Change::new("server-variable-changed", site, url, message);
    match (lost.first(), moved.first()) {
        (Some(lost), _) => change(format!("the server `{url}` no longer accepts {lost}")).warning(),
        (None, Some(moved)) => change(format!("the server `{url}` has another default {moved}")).warning(),
        (None, None) => change(format!("the variables of the server `{url}` changed")),
    }
}

/// The default in the path that no new server has, unless the new servers list its value.
fn moved(place: &Place, before: &Variables, after: &BTreeSet<Variables>) -> Option<String> {
    let known = |name: &String, old: &Variable| {
        let others = || after.iter().filter_map(|variables| variables.get(name));
        others().any(|new| new.default == old.default || new.values.contains(&old.default)) || others().next().is_none()
    };
    let in_path = |name: &str| place.path.contains(&format!("{{{name}}}"));
    let (name, old) = before.iter().find(|(name, old)| in_path(name) && !known(name, old))?;
    Some(format!("for its variable `{name}`, which was `{}`", old.default))
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

/// Where a server is. The case of scheme and host and a default port say nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    scheme: String,
    host: String,
    path: String,
}

impl Place {
    fn new(url: &str) -> Self {
        let (scheme, rest) = match url.split_once("://") {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            // A path below the place of the document.
            None => return Self { scheme: String::new(), host: String::new(), path: url.to_owned() },
        };
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let port = if scheme == "https" { ":443" } else { ":80" };
        let host = host.strip_suffix(port).unwrap_or(host);
        // Names of variables have a case.
        let host = if host.contains('{') { host.to_owned() } else { host.to_ascii_lowercase() };
        Self { scheme, host, path: path.to_owned() }
    }
}

/// A server, and the variables of each entry that has its place.
#[derive(Debug)]
struct Server<'d> {
    url: &'d str,
    variables: BTreeSet<Variables>,
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

/// The servers of an element. `/` is what holds without any.
fn servers<'d>(revision: Revision<'d>, holder: &Located<'d>) -> BTreeMap<Place, Server<'d>> {
    let members = holder.child("servers").map(|list| list.members()).unwrap_or_default();
    let mut servers: BTreeMap<Place, Server<'d>> = BTreeMap::new();
    for server in &members {
        let url = server.text("url").unwrap_or_default().trim_end_matches('/');
        if !url.is_empty() {
            let known = servers.entry(Place::new(url)).or_insert_with(|| Server { url, variables: BTreeSet::new() });
            known.variables.insert(variables(revision, server));
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
