//! Compares security requirements and security schemes.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::operation_pair::OperationPair;
use crate::drift::model::{ChangeSite, Located, show};

/// The alternatives of a requirement by the names of their schemes, with the scopes of each scheme.
/// The alternative without a scheme has an empty name.
type Alternatives<'d> = BTreeMap<String, (Located<'d>, BTreeMap<&'d str, BTreeSet<&'d str>>)>;

fn alternatives<'d>(at: Option<&Located<'d>>) -> Alternatives<'d> {
    let members = at.map(Located::members).unwrap_or_default();
    let alternative = |at: Located<'d>| {
        let schemes: BTreeMap<&'d str, BTreeSet<&'d str>> = at
            .entries()
            .into_iter()
            .map(|(name, scopes)| (name, scopes.members().iter().filter_map(|scope| scope.node.as_str()).collect()))
            .collect();
        let name = schemes.keys().copied().collect::<Vec<_>>().join(" and ");
        (name, (at, schemes))
    };
    members.into_iter().map(alternative).collect()
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
        (&alternatives(old.as_ref()), &alternatives(new.as_ref())),
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
    let both = (&alternatives(old.as_ref()), &alternatives(new.as_ref()));
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

fn schemes<'d>(root: &Located<'d>) -> Option<Located<'d>> {
    root.child("components")?.child("securitySchemes")
}

/// Compares the security schemes.
pub(super) fn compare_schemes<'d>(comparison: &mut Comparison<'d>) {
    let (old_root, new_root) = (comparison.old.root(), comparison.new.root());
    let (old, new) = (schemes(&old_root), schemes(&new_root));
    let old_holder = old.clone().unwrap_or(old_root);
    let new_holder = new.clone().unwrap_or(new_root);
    let entries = |at: Option<Located<'d>>| at.map(|at| at.entries()).unwrap_or_default();
    let (old, new) = (entries(old), entries(new));
    for (name, at) in &old {
        if let Some((_, other)) = new.iter().find(|(other, _)| other == name) {
            let both = (comparison.old.follow(at.clone()), comparison.new.follow(other.clone()));
            if let (Some(before), Some(after)) = both {
                compare_scheme(comparison, name, &before, &after);
            }
        } else {
            let change = Change::new(
                "api-security-component-removed",
                ChangeSite::removed(at, &new_holder),
                *name,
                format!("the security scheme `{name}` was removed"),
            );
            comparison.report(Reach::Document, change);
        }
    }
    for (name, at) in new.iter().filter(|(name, _)| !old.iter().any(|(other, _)| other == name)) {
        let change = Change::new(
            "api-security-component-added",
            ChangeSite::both(&old_holder, at),
            *name,
            format!("the security scheme `{name}` was added"),
        );
        comparison.report(Reach::Document, change);
    }
}

fn compare_scheme<'d>(comparison: &mut Comparison<'d>, name: &str, old: &Located<'d>, new: &Located<'d>) {
    let rows = [
        ("type", "api-security-component-type-changed"),
        ("scheme", "api-security-component-type-changed"),
        ("in", "api-security-component-location-changed"),
        ("name", "api-security-component-location-changed"),
        ("openIdConnectUrl", "api-security-component-oauth-url-changed"),
    ];
    for (key, id) in rows {
        let (before, after) = (old.value(key), new.value(key));
        let same = match (before.and_then(|node| node.as_str()), after.and_then(|node| node.as_str())) {
            (Some(before), Some(after)) if key != "name" => before.eq_ignore_ascii_case(after),
            _ => before == after,
        };
        if same || (key != "type" && old.text("type") != new.text("type")) {
            continue;
        }
        let site = ChangeSite::both(&old.child_or_self(key), &new.child_or_self(key));
        let text = |node: Option<&crate::document::Node>| {
            node.map_or_else(|| "none".to_owned(), |node| format!("`{}`", show(node)))
        };
        let message =
            format!("`{key}` of the security scheme `{name}` changed from {} to {}", text(before), text(after));
        let change = Change::new(id, site, format!("{name} {key}"), message);
        // Servers reject credentials of another type.
        let refused = matches!(key, "type" | "scheme");
        comparison.report(Reach::Document, if refused { change.breaking() } else { change });
    }
    compare_flows(comparison, name, old, new);
}

fn compare_flows<'d>(comparison: &mut Comparison<'d>, name: &str, old: &Located<'d>, new: &Located<'d>) {
    let flows = |at: &Located<'d>| at.child("flows").map(|flows| flows.entries()).unwrap_or_default();
    let (before, after) = (flows(old), flows(new));
    for (flow, at) in before.iter().filter(|(flow, _)| !after.iter().any(|(other, _)| other == flow)) {
        let message = format!("the flow `{flow}` of the security scheme `{name}` was removed");
        let change = Change::new(
            "api-security-component-oauth-flow-removed",
            ChangeSite::removed(at, new),
            format!("{name} {flow}"),
            message,
        );
        comparison.report(Reach::Document, change);
    }
    for (flow, at) in after {
        if let Some((_, other)) = before.iter().find(|(other, _)| *other == flow) {
            compare_flow(comparison, name, other, &at);
        } else {
            let message = format!("the flow `{flow}` of the security scheme `{name}` was added");
            let change = Change::new(
                "api-security-component-oauth-flow-added",
                ChangeSite::both(old, &at),
                format!("{name} {flow}"),
                message,
            );
            comparison.report(Reach::Document, change);
        }
    }
}

fn compare_flow<'d>(comparison: &mut Comparison<'d>, name: &str, old: &Located<'d>, new: &Located<'d>) {
    for (key, id) in [
        ("authorizationUrl", "api-security-component-oauth-url-changed"),
        ("tokenUrl", "api-security-component-oauth-token-url-changed"),
    ] {
        if old.text(key) != new.text(key) {
            let site = ChangeSite::both(&old.child_or_self(key), &new.child_or_self(key));
            let message = format!(
                "`{key}` of the security scheme `{name}` changed from `{}` to `{}`",
                old.text(key).unwrap_or_default(),
                new.text(key).unwrap_or_default()
            );
            comparison.report(Reach::Document, Change::new(id, site, format!("{name} {key}"), message));
        }
    }
    let scopes = |at: &Located<'d>| at.child("scopes").map(|scopes| scopes.entries()).unwrap_or_default();
    let (before, after) = (scopes(old), scopes(new));
    let (old_holder, new_holder) = (old.child_or_self("scopes"), new.child_or_self("scopes"));
    for (scope, at) in &before {
        let (end, site, verb) = match after.iter().find(|(other, _)| other == scope) {
            None => ("removed", ChangeSite::removed(at, &new_holder), "was removed"),
            Some((_, other)) if other.node != at.node => {
                ("changed", ChangeSite::both(at, other), "has another description")
            }
            Some(_) => continue,
        };
        let message = format!("the scope `{scope}` of the security scheme `{name}` {verb}");
        comparison.report(
            Reach::Document,
            Change::new(format!("api-security-component-oauth-scope-{end}"), site, format!("{name} {scope}"), message),
        );
    }
    for (scope, at) in after.iter().filter(|(scope, _)| !before.iter().any(|(other, _)| other == scope)) {
        let message = format!("the scope `{scope}` of the security scheme `{name}` was added");
        let site = ChangeSite::both(&old_holder, at);
        comparison.report(
            Reach::Document,
            Change::new("api-security-component-oauth-scope-added", site, format!("{name} {scope}"), message),
        );
    }
}
