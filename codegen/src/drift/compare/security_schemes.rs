//! Compares security schemes.

use std::collections::BTreeMap;

use super::change::{Change, Reach};
use super::comparison::Comparison;
use crate::document::Node;
use crate::drift::model::{ChangeSite, Located, Revision, show};

fn schemes<'d>(root: &Located<'d>) -> Option<Located<'d>> {
    root.child("components")?.child("securitySchemes")
}

/// Compares the security schemes.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>) {
    let (old_root, new_root) = (comparison.old.root(), comparison.new.root());
    let (old, new) = (schemes(&old_root), schemes(&new_root));
    let old_holder = old.clone().unwrap_or(old_root);
    let new_holder = new.clone().unwrap_or(new_root);
    let entries = |at: Option<Located<'d>>| at.map(|at| at.entries()).unwrap_or_default();
    let (old, new) = (entries(old), entries(new));
    comparison.old_schemes = renamed(comparison, &old, &new);
    let new_names: BTreeMap<&str, &str> = comparison.old_schemes.iter().map(|(new, old)| (*old, *new)).collect();
    for (name, at) in &old {
        if let Some((_, other)) = new.iter().find(|(other, _)| other == name) {
            let both = (comparison.old.follow(at.clone()), comparison.new.follow(other.clone()));
            if let (Some(before), Some(after)) = both {
                compare_scheme(comparison, name, &before, &after);
            }
        } else {
            let message = match new_names.get(name) {
                Some(new) => format!("the security scheme `{name}` was renamed to `{new}`"),
                None => format!("the security scheme `{name}` was removed"),
            };
            let site = ChangeSite::removed(at, &new_holder);
            let change = Change::new("api-security-component-removed", site, *name, message);
            comparison.report(Reach::Document, change);
        }
    }
    let added = |name: &str| !old.iter().any(|(other, _)| *other == name);
    let added: Vec<_> =
        new.iter().filter(|(name, _)| added(name) && !comparison.old_schemes.contains_key(name)).collect();
    for (name, at) in added {
        let change = Change::new(
            "api-security-component-added",
            ChangeSite::both(&old_holder, at),
            *name,
            format!("the security scheme `{name}` was added"),
        );
        comparison.report(Reach::Document, change);
    }
}

/// The old name of each scheme that has another name in the new document and the same meaning.
fn renamed<'d>(
    comparison: &Comparison<'d>,
    old: &[(&'d str, Located<'d>)],
    new: &[(&'d str, Located<'d>)],
) -> BTreeMap<&'d str, &'d str> {
    let mut renamed: BTreeMap<&'d str, &'d str> = BTreeMap::new();
    for (name, at) in new.iter().filter(|(name, _)| !old.iter().any(|(other, _)| other == name)) {
        let meaning = meaning(comparison.new, at);
        let partner = old.iter().find(|(other, at)| {
            let gone = !new.iter().any(|(kept, _)| kept == other) && !renamed.values().any(|taken| taken == other);
            gone && meaning.is_some() && self::meaning(comparison.old, at) == meaning
        });
        if let Some((other, _)) = partner {
            renamed.insert(name, other);
        }
    }
    renamed
}

/// What a scheme requires of a request: its keys without those that only describe it.
fn meaning<'d>(revision: Revision<'d>, at: &Located<'d>) -> Option<BTreeMap<&'d str, &'d Node>> {
    let at = revision.follow(at.clone())?;
    let describes = |key: &str| matches!(key, "description" | "bearerFormat" | "deprecated") || key.starts_with("x-");
    let entries = at.node.as_object()?.iter().filter(|entry| !describes(&entry.key));
    Some(entries.map(|entry| (&*entry.key, &entry.value)).collect())
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
            // Names of headers have no case, those of other parameters do.
            (Some(before), Some(after)) if key != "name" || new.text("in") == Some("header") => {
                before.eq_ignore_ascii_case(after)
            }
            _ => before == after,
        };
        if same || (key != "type" && old.text("type") != new.text("type")) {
            continue;
        }
        let site = ChangeSite::both(&old.child_or_self(key), &new.child_or_self(key));
        let text = |node: Option<&Node>| node.map_or_else(|| "none".to_owned(), |node| format!("`{}`", show(node)));
        let message =
            format!("`{key}` of the security scheme `{name}` changed from {} to {}", text(before), text(after));
        let change = Change::new(id, site, format!("{name} {key}"), message);
        // Servers reject credentials of another type, and clients get tokens at another place.
        let change = match key {
            "type" | "scheme" => change.breaking(),
            "openIdConnectUrl" => change.warning(),
            _ => change,
        };
        comparison.report(Reach::Document, change);
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
        ("deviceAuthorizationUrl", "api-security-component-oauth-url-changed"),
        ("tokenUrl", "api-security-component-oauth-token-url-changed"),
        ("refreshUrl", "api-security-component-oauth-token-url-changed"),
    ] {
        if old.text(key) != new.text(key) {
            let site = ChangeSite::both(&old.child_or_self(key), &new.child_or_self(key));
            let text = |at: &Located<'d>| at.text(key).map_or_else(|| "none".to_owned(), |url| format!("`{url}`"));
            let message =
                format!("`{key}` of the security scheme `{name}` changed from {} to {}", text(old), text(new));
            let change = Change::new(id, site, format!("{name} {key}"), message);
            // Clients get their tokens elsewhere. Where none could be refreshed, nobody did.
            let is_new = key == "refreshUrl" && old.text(key).is_none();
            let change = if is_new { change } else { change.warning() };
            comparison.report(Reach::Document, change);
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
