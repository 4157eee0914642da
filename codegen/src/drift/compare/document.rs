//! Compares the parts of a document outside its operations: info and unused schemas.

use std::collections::BTreeSet;

use super::change::{Change, Reach};
use super::comparison::Comparison;
use crate::document::pointer;
use crate::drift::model::{ChangeSite, Located, Revision, Schema};

/// Compares title and version.
pub(super) fn compare_info(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old.root().child_or_self("info"), comparison.new.root().child_or_self("info"));
    for (key, id) in [("title", "api-title-changed"), ("version", "api-version-changed")] {
        let (was, is) = (text(&old, key), text(&new, key));
        if was != is {
            let site = ChangeSite::both(&old.child_or_self(key), &new.child_or_self(key));
            let message = format!("the {key} of the API changed from `{was}` to `{is}`");
            comparison.report(Reach::Document, Change::new(id, site, format!("{was}>{is}"), message));
        }
    }
}

/// The text of a value; YAML reads `version: 1.0` as a number.
fn text(info: &Located<'_>, key: &str) -> String {
    info.value(key).map(crate::drift::model::show).unwrap_or_default()
}

/// Reports schemas that were added or removed and that no operation of both documents uses.
pub(super) fn compare_components<'d>(comparison: &mut Comparison<'d>) {
    let schemas = |revision: Revision<'d>| revision.root().child("components").and_then(|at| at.child("schemas"));
    let (old_map, new_map) = (schemas(comparison.old), schemas(comparison.new));
    let old_holder = old_map.clone().unwrap_or_else(|| comparison.old.root());
    let new_holder = new_map.clone().unwrap_or_else(|| comparison.new.root());
    let (old, new) =
        (old_map.map(|map| map.entries()).unwrap_or_default(), new_map.map(|map| map.entries()).unwrap_or_default());
    let old_names: BTreeSet<&str> = old.iter().map(|(name, _)| *name).collect();
    let new_names: BTreeSet<&str> = new.iter().map(|(name, _)| *name).collect();
    let removed: Vec<_> = old
        .iter()
        .filter(|(name, _)| !new_names.contains(name))
        .map(|(name, at)| (*name, Schema::new(comparison.old, at.clone())))
        .collect();
    let added: Vec<_> = new
        .iter()
        .filter(|(name, _)| !old_names.contains(name))
        .map(|(name, at)| (*name, Schema::new(comparison.new, at.clone())))
        .collect();
    let mut renamed = vec![false; added.len()];
    // Whatever used a schema has lost it and has a finding of its own.
    let was_used = if removed.is_empty() { BTreeSet::new() } else { references(comparison.old) };
    for (name, schema) in &removed {
        // A schema that was added with an equal meaning is a renamed one.
        let partner = added
            .iter()
            .zip(&renamed)
            .position(|((_, other), renamed)| !renamed && comparison.equality.same(schema, other));
        if let Some(renamed) = partner.and_then(|partner| renamed.get_mut(partner)) {
            *renamed = true;
        } else if !was_used.contains(&*schema.here.pointer) && !comparison.pairs.old_seen.contains(&schema.identity().0)
        {
            let site = ChangeSite::removed(&schema.here, &new_holder);
            comparison.report(
                Reach::Document,
                Change::new("api-schema-removed", site, *name, format!("the schema `{name}` was removed")),
            );
        }
    }
    let used = if added.is_empty() { BTreeSet::new() } else { references(comparison.new) };
    for ((name, schema), renamed) in added.iter().zip(renamed) {
        // Whatever uses the schema is new as well and has a finding of its own.
        if used.contains(&*schema.here.pointer) {
            continue;
        }
        if !renamed && !comparison.pairs.new_seen.contains(&schema.identity().0) {
            let site = ChangeSite::both(&old_holder, &schema.here);
            comparison.report(
                Reach::Document,
                Change::new("api-schema-added", site, *name, format!("the schema `{name}` was added")),
            );
        }
    }
}

/// The targets of all references of a document, as pointers.
fn references(revision: Revision<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![revision.root().node];
    while let Some(node) = open.pop() {
        if let Some(pointer) = node.reference().and_then(pointer::of_reference) {
            found.insert(pointer.into_owned());
        }
        open.extend(node.children());
    }
    found
}

/// Reports a version that does not reflect breaking changes.
pub(super) fn check_version(comparison: &mut Comparison<'_>) {
    if !comparison.options.check_version || !comparison.breaks_clients() {
        return;
    }
    let (old, new) = (comparison.old.root().child_or_self("info"), comparison.new.root().child_or_self("info"));
    let (was, is) = (text(&old, "version"), text(&new, "version"));
    let (id, reason) = match numbers(&was).cmp(&numbers(&is)) {
        std::cmp::Ordering::Equal => ("api-version-not-bumped", format!("the version is still `{is}`")),
        std::cmp::Ordering::Greater => {
            ("api-version-decreased", format!("the version decreased from `{was}` to `{is}`"))
        }
        std::cmp::Ordering::Less if numbers(&was).first() == numbers(&is).first() => {
            ("api-major-version-not-bumped", format!("`{was}` and `{is}` have the same major version"))
        }
        std::cmp::Ordering::Less => return,
    };
    let site = ChangeSite::both(&old.child_or_self("version"), &new.child_or_self("version"));
    comparison
        .report(Reach::Document, Change::new(id, site, format!("{was}>{is}"), format!("the API breaks, but {reason}")));
}

fn numbers(version: &str) -> Vec<u64> {
    let plain = version.trim_start_matches(['v', 'V']);
    plain.split(['.', '-', '+']).map_while(|part| part.parse().ok()).collect()
}
