//! Compares what stands beside the operations: info, servers, webhooks, callbacks, unused schemas.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Reach};
use super::comparison::Comparison;
use crate::document::pointer;
use crate::drift::model::{Located, Schema, Side, Spot};

/// Compares title and version.
pub(super) fn compare_info(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old.root().child_or_self("info"), comparison.new.root().child_or_self("info"));
    for (key, id) in [("title", "api-title-changed"), ("version", "api-version-changed")] {
        let (was, is) = (text(&old, key), text(&new, key));
        if was != is {
            let spot = Spot::both(&old.child_or_self(key), &new.child_or_self(key));
            let message = format!("the {key} of the API is `{is}`, it was `{was}`");
            comparison.report(Reach::Nowhere, Change::new(id, spot, format!("{was}>{is}"), message));
        }
    }
}

/// YAML reads `version: 1.0` as a number.
fn text(info: &Located<'_>, key: &str) -> String {
    info.value(key).map(crate::drift::model::show).unwrap_or_default()
}

/// Compares the base URLs.
pub(super) fn compare_servers(comparison: &mut Comparison<'_>) {
    let (old_root, new_root) = (comparison.old.root(), comparison.new.root());
    let (old, new) = (servers(comparison.old), servers(comparison.new));
    let (old_at, new_at) = (old_root.child_or_self("servers"), new_root.child_or_self("servers"));
    for url in old.keys().filter(|url| !new.contains_key(*url)) {
        let change = Change::new(
            "server-removed",
            Spot::removed(&old_at, &new_at),
            url.clone(),
            format!("the base URL `{url}` is gone"),
        );
        comparison.report(Reach::Nowhere, change);
    }
    for (url, variables) in &new {
        let spot = Spot::both(&old_at, &new_at);
        let change = match old.get(url) {
            None => Change::new("server-added", spot, url.clone(), format!("the base URL `{url}` is new")),
            Some(before) if before != variables => Change::new(
                "server-variable-changed",
                spot,
                url.clone(),
                format!("variables of the base URL `{url}` changed"),
            ),
            Some(_) => continue,
        };
        comparison.report(Reach::Nowhere, change);
    }
}

/// Base URLs, and what their variables may be: of each server, for two may have the same URL.
type Servers = BTreeMap<String, BTreeSet<BTreeMap<String, String>>>;

fn servers(side: Side<'_>) -> Servers {
    let members = side.root().child("servers").map(|list| list.members()).unwrap_or_default();
    let variables = |server: &Located<'_>| -> BTreeMap<String, String> {
        let all = server.child("variables").map(|map| map.entries()).unwrap_or_default();
        let values = |at: Located<'_>| {
            let at = side.follow(at)?;
            let listed = at.child("enum").map(|list| list.members()).unwrap_or_default();
            let mut listed: Vec<String> = listed.iter().map(|value| crate::drift::model::show(value.node)).collect();
            listed.sort_unstable();
            Some(format!("{} of {}", text(&at, "default"), listed.join(", ")))
        };
        all.into_iter().map(|(name, at)| (name.to_owned(), values(at).unwrap_or_default())).collect()
    };
    let url = |server: &Located<'_>| server.text("url").unwrap_or_default().trim_end_matches('/').to_owned();
    let mut servers = Servers::new();
    for server in &members {
        servers.entry(url(server)).or_default().insert(variables(server));
    }
    servers
}

/// Reports schemas that came or went without any operation that both documents have telling so.
pub(super) fn compare_components<'d>(comparison: &mut Comparison<'d>) {
    let schemas = |side: Side<'d>| side.root().child("components").and_then(|at| at.child("schemas"));
    let (old_map, new_map) = (schemas(comparison.old), schemas(comparison.new));
    let old_holder = old_map.clone().unwrap_or_else(|| comparison.old.root());
    let new_holder = new_map.clone().unwrap_or_else(|| comparison.new.root());
    let (old, new) =
        (old_map.map(|map| map.entries()).unwrap_or_default(), new_map.map(|map| map.entries()).unwrap_or_default());
    let old_names: BTreeSet<&str> = old.iter().map(|(name, _)| *name).collect();
    let new_names: BTreeSet<&str> = new.iter().map(|(name, _)| *name).collect();
    let gone: Vec<_> = old
        .iter()
        .filter(|(name, _)| !new_names.contains(name))
        .map(|(name, at)| (*name, Schema::new(comparison.old, at.clone())))
        .collect();
    let came: Vec<_> = new
        .iter()
        .filter(|(name, _)| !old_names.contains(name))
        .map(|(name, at)| (*name, Schema::new(comparison.new, at.clone())))
        .collect();
    let mut kept = vec![false; came.len()];
    for (name, schema) in &gone {
        // Renamed: what has come means the same.
        let partner =
            came.iter().zip(&kept).position(|((_, other), kept)| !kept && comparison.equality.same(schema, other));
        if let Some(kept) = partner.and_then(|partner| kept.get_mut(partner)) {
            *kept = true;
        } else if !comparison.pairs.old_seen.contains(&schema.identity()) {
            let spot = Spot::removed(&schema.here, &new_holder);
            comparison.report(
                Reach::Nowhere,
                Change::new("api-schema-removed", spot, *name, format!("the schema `{name}` is gone")),
            );
        }
    }
    let used = if came.is_empty() { BTreeSet::new() } else { references(comparison.new) };
    for ((name, schema), kept) in came.iter().zip(kept) {
        // What uses it is new, and is reported itself.
        if used.contains(&*schema.here.pointer) {
            continue;
        }
        if !kept && !comparison.pairs.new_seen.contains(&schema.identity()) {
            let spot = Spot::both(&old_holder, &schema.here);
            comparison.report(
                Reach::Nowhere,
                Change::new("api-schema-added", spot, *name, format!("the schema `{name}` is new")),
            );
        }
    }
}

/// The pointers that any `$ref` of a document names.
fn references(side: Side<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![side.root().node];
    while let Some(node) = open.pop() {
        if let Some(pointer) = node.reference().and_then(pointer::of_reference) {
            found.insert(pointer.into_owned());
        }
        open.extend(node.children());
    }
    found
}

/// Says when something breaks and the version does not tell.
pub(super) fn check_version(comparison: &mut Comparison<'_>) {
    if !comparison.options.check_version || !comparison.breaks_clients() {
        return;
    }
    let (old, new) = (comparison.old.root().child_or_self("info"), comparison.new.root().child_or_self("info"));
    let (was, is) = (text(&old, "version"), text(&new, "version"));
    let (id, said) = match numbers(&was).cmp(&numbers(&is)) {
        std::cmp::Ordering::Equal => ("api-version-not-bumped", format!("the version is still `{is}`")),
        std::cmp::Ordering::Greater => {
            ("api-version-decreased", format!("the version went down from `{was}` to `{is}`"))
        }
        std::cmp::Ordering::Less if numbers(&was).first() == numbers(&is).first() => {
            ("api-major-version-not-bumped", format!("the major version is the same in `{was}` and `{is}`"))
        }
        std::cmp::Ordering::Less => return,
    };
    let spot = Spot::both(&old.child_or_self("version"), &new.child_or_self("version"));
    comparison
        .report(Reach::Nowhere, Change::new(id, spot, format!("{was}>{is}"), format!("something breaks but {said}")));
}

fn numbers(version: &str) -> Vec<u64> {
    let plain = version.trim_start_matches(['v', 'V']);
    plain.split(['.', '-', '+']).map_while(|part| part.parse().ok()).collect()
}
