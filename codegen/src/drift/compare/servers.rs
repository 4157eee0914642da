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
    for (url, variables) in &new {
        let (id, verb) = match old.get(url) {
            None => ("server-added", "the server `{}` was added"),
            Some(before) if before != variables => {
                ("server-variable-changed", "the variables of the server `{}` changed")
            }
            Some(_) => continue,
        };
        let site = ChangeSite::both(&old_at, &new_at);
        comparison.report(reach, Change::new(id, site, url.clone(), verb.replace("{}", url)));
    }
}

/// The path of a server URL.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or_default()
}

/// Servers by URL, with the values of their variables. Two servers can share a URL.
type Servers = BTreeMap<String, BTreeSet<BTreeMap<String, String>>>;

/// The servers of an element. `/` is what holds without any.
fn servers(revision: Revision<'_>, holder: &Located<'_>) -> Servers {
    let members = holder.child("servers").map(|list| list.members()).unwrap_or_default();
    let variables = |server: &Located<'_>| -> BTreeMap<String, String> {
        let all = server.child("variables").map(|map| map.entries()).unwrap_or_default();
        let values = |at: Located<'_>| {
            let at = revision.follow(at)?;
            let listed = at.child("enum").map(|list| list.members()).unwrap_or_default();
            let mut listed: Vec<String> = listed.iter().map(|value| show(value.node)).collect();
            listed.sort_unstable();
            let default = at.value("default").map(show).unwrap_or_default();
            Some(format!("{default} of {}", listed.join(", ")))
        };
        all.into_iter().map(|(name, at)| (name.to_owned(), values(at).unwrap_or_default())).collect()
    };
    let mut servers = Servers::new();
    for server in &members {
        let url = server.text("url").unwrap_or_default().trim_end_matches('/').to_owned();
        if !url.is_empty() {
            servers.entry(url).or_default().insert(variables(server));
        }
    }
    servers
}
