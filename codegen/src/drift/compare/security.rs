//! Compares security requirements as they apply to the document and to its operations.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::operation_pair::OperationPair;
use crate::drift::model::{ChangeSite, Located};

/// The alternatives of a requirement by the names of their schemes, with the scopes of each scheme.
/// The alternative without a scheme has an empty name.
type Alternatives<'d> = BTreeMap<String, (Located<'d>, BTreeMap<&'d str, BTreeSet<&'d str>>)>;

/// The names that schemes have in the other document.
type Names<'d> = BTreeMap<&'d str, &'d str>;

fn alternatives<'d>(at: Option<&Located<'d>>, names: &Names<'d>) -> Alternatives<'d> {
    let members = at.map(Located::members).unwrap_or_default();
    let alternative = |at: Located<'d>| {
        let schemes: BTreeMap<&'d str, BTreeSet<&'d str>> = at
            .entries()
            .into_iter()
            .map(|(name, scopes)| {
                let scopes = scopes.members().iter().filter_map(|scope| scope.node.as_str()).collect();
                (names.get(name).copied().unwrap_or(name), scopes)
            })
            .collect();
        (at, schemes)
    };
    let mut all: Vec<_> = members.into_iter().map(alternative).collect();
    all.sort_by(|(_, left), (_, right)| left.cmp(right));
    let mut alternatives = Alternatives::new();
    for (at, schemes) in all {
        let name = schemes.keys().copied().collect::<Vec<_>>().join(" and ");
        // Two alternatives can differ in their scopes only.
        let scopes = || schemes.values().flatten().copied().collect::<Vec<_>>().join(", ");
        let name = if alternatives.contains_key(&name) { format!("{name} with {}", scopes()) } else { name };
        alternatives.insert(name, (at, schemes));
    }
    alternatives
}

fn open(alternatives: &Alternatives<'_>) -> bool {
    alternatives.is_empty() || alternatives.contains_key("")
}

/// Compares the requirements of the document, unless no operation inherits them.
pub(super) fn compare_document(comparison: &mut Comparison<'_>) {
    if comparison.inheritance.own > 0 && comparison.inheritance.inherited == 0 {
        return;
    }
    let (old_root, new_root) = (comparison.old.root(), comparison.new.root());
    let (old, new) = (old_root.child("security"), new_root.child("security"));
    let holders = (old.clone().unwrap_or(old_root), new.clone().unwrap_or(new_root));
    let changes = compare_alternatives(
        "api-global-security",
        "the API",
        (&alternatives(old.as_ref(), &Names::new()), &alternatives(new.as_ref(), &comparison.old_schemes)),
        &holders,
    );
    for change in changes {
        comparison.report(Reach::Document, change);
    }
}

/// Compares the requirements of an operation if it has its own in either document.
pub(super) fn compare_operation<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>) {
    let (old_own, new_own) = (pair.old.at.child("security"), pair.new.at.child("security"));
    if old_own.is_none() && new_own.is_none() {
        comparison.inheritance.inherited += 1;
        return;
    }
    comparison.inheritance.own += 1;
    let old = old_own.or_else(|| comparison.old.root().child("security"));
    let new = new_own.or_else(|| comparison.new.root().child("security"));
    let holders =
        (old.clone().unwrap_or_else(|| pair.old.at.clone()), new.clone().unwrap_or_else(|| pair.new.at.clone()));
    let subject = format!("`{}`", pair.new.label());
    let both = (&alternatives(old.as_ref(), &Names::new()), &alternatives(new.as_ref(), &comparison.old_schemes));
    for change in compare_alternatives("api-security", &subject, both, &holders) {
        comparison.report(Reach::Operation(pair.index), change);
    }
}

fn compare_alternatives<'d>(
    prefix: &str,
    subject: &str,
    (old, new): (&Alternatives<'d>, &Alternatives<'d>),
    holders: &(Located<'d>, Located<'d>),
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (name, (at, schemes)) in old.iter().filter(|(name, _)| !new.contains_key(*name) && !name.is_empty()) {
        let site = ChangeSite::removed(at, &holders.1);
        let change = Change::new(
            format!("{prefix}-removed"),
            site,
            name.clone(),
            format!("{subject} no longer accepts `{name}`"),
        );
        // Clients that satisfied an alternative also satisfy each part of it.
        let satisfied = open(new) || new.values().any(|(_, others)| within(others, schemes));
        changes.push(if satisfied { change } else { change.breaking() });
    }
    for (name, (at, _)) in new.iter().filter(|(name, _)| !old.contains_key(*name) && !name.is_empty()) {
        let site = ChangeSite::both(&holders.0, at);
        let tightens = open(old) && !open(new);
        let verb = if tightens { "requires" } else { "accepts" };
        let before = if tightens { ", and was open to anyone before" } else { "" };
        let change =
            Change::new(format!("{prefix}-added"), site, name.clone(), format!("{subject} {verb} `{name}`{before}"));
        changes.push(if tightens { change.breaking() } else { change });
    }
    changes.extend(optional_changed(prefix, subject, (old, new), holders));
    for (name, (old_at, schemes)) in old {
        if let Some((new_at, others)) = new.get(name) {
            changes.extend(compare_scopes(prefix, subject, (schemes, others), (old_at, new_at)));
        }
    }
    changes
}

/// Whether an alternative requires no more schemes and scopes than another.
fn within(some: &Scopes<'_>, all: &Scopes<'_>) -> bool {
    some.iter().all(|(scheme, scopes)| all.get(scheme).is_some_and(|others| scopes.is_subset(others)))
}

/// Reports whether calls without credentials became possible or impossible, if other alternatives
/// remain.
fn optional_changed<'d>(
    prefix: &str,
    subject: &str,
    (old, new): (&Alternatives<'d>, &Alternatives<'d>),
    holders: &(Located<'d>, Located<'d>),
) -> Option<Change> {
    let (was, is) = (old.get(""), new.get(""));
    let others = |list: &Alternatives<'d>| list.keys().any(|name| !name.is_empty());
    match (was, is) {
        (Some((at, _)), None) if others(old) && others(new) => {
            let site = ChangeSite::removed(at, &holders.1);
            let message = format!("{subject} can no longer be called without credentials");
            Some(Change::new(format!("{prefix}-removed"), site, "none", message).breaking())
        }
        (None, Some((at, _))) if others(old) && others(new) => {
            let site = ChangeSite::both(&holders.0, at);
            Some(Change::new(
                format!("{prefix}-added"),
                site,
                "none",
                format!("{subject} can be called without credentials"),
            ))
        }
        _ => None,
    }
}

type Scopes<'d> = BTreeMap<&'d str, BTreeSet<&'d str>>;

fn compare_scopes<'d>(
    prefix: &str,
    subject: &str,
    (old, new): (&Scopes<'d>, &Scopes<'d>),
    (old_at, new_at): (&Located<'d>, &Located<'d>),
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (scheme, before) in old {
        let Some(after) = new.get(scheme) else { continue };
        let (old_at, new_at) = (old_at.child_or_self(scheme), new_at.child_or_self(scheme));
        for scope in after.difference(before) {
            let message = format!("{subject} requires the scope `{scope}` of `{scheme}`");
            let site = ChangeSite::both(&old_at, &new_at);
            changes.push(
                Change::new(format!("{prefix}-scope-added"), site, format!("{scheme} {scope}"), message).breaking(),
            );
        }
        for scope in before.difference(after) {
            let message = format!("{subject} no longer requires the scope `{scope}` of `{scheme}`");
            let site = ChangeSite::removed(&old_at, &new_at);
            changes.push(Change::new(format!("{prefix}-scope-removed"), site, format!("{scheme} {scope}"), message));
        }
    }
    changes
}
