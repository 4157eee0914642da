//! Finds the items of the generated API that a finding concerns.

use super::RustChanges;
use super::surface::{Surface, operation_key};
use crate::drift::finding::Finding;
use crate::drift::verdict::{Direction, RustVerdict};

/// The most severe verdict among the items that a finding concerns. If none is known, the verdict
/// of the rule, but no more than that of the API as a whole.
pub(super) fn of(changes: &RustChanges, finding: &Finding) -> RustVerdict {
    let mut known = false;
    let mut worst = RustVerdict::None;
    for (surface, pointer) in [(&changes.old, &finding.old.pointer), (&changes.new, &finding.new.pointer)] {
        for prefix in type_keys(surface, pointer) {
            known = true;
            worst = worst.max(below(changes, &prefix));
        }
    }
    if !known || !finding.pointer.starts_with("/components/schemas") {
        for prefix in operation_keys(changes, finding) {
            known = true;
            worst = worst.max(below(changes, &prefix));
        }
    }
    let security = finding.id().contains("security");
    if security {
        known = true;
        worst = worst.max(below(changes, "credentials"));
    }
    // A renamed type has no item with the same key in the other API.
    if known && (worst != RustVerdict::None || !finding.pointer.contains("/components/schemas")) {
        return worst;
    }
    if known { worst } else { finding.rule.rust.min(changes.verdict()) }
}

/// The most severe verdict on an item and everything below it.
fn below(changes: &RustChanges, prefix: &str) -> RustVerdict {
    let own = changes.changed.get(prefix).copied();
    let start = format!("{prefix}\u{1f}");
    let parts = changes.changed.range(start.clone()..).take_while(|(key, _)| key.starts_with(&start));
    parts.map(|(_, verdict)| *verdict).chain(own).max().unwrap_or(RustVerdict::None)
}

/// The keys of the types or fields that a pointer defines, from the nearest pointer above it that
/// defines any type.
fn type_keys(surface: &Surface, pointer: &str) -> Vec<String> {
    let mut above = pointer;
    loop {
        if let Some(names) = surface.origins.get(above) {
            let rest = pointer.get(above.len()..).unwrap_or_default();
            return names.iter().map(|name| field_key(surface, name, rest)).collect();
        }
        match above.rsplit_once('/') {
            Some((parent, _)) if !parent.is_empty() => above = parent,
            _ => return Vec::new(),
        }
    }
}

/// The key of a field, such as `name` for `/properties/name/items`, or that of the whole type.
fn field_key(surface: &Surface, name: &str, rest: &str) -> String {
    let whole = format!("type\u{1f}{name}");
    let mut tokens = rest.split('/').skip_while(|token| *token != "properties").skip(1);
    let Some(field) = tokens.next() else { return whole };
    let field = crate::document::pointer::unescape(field);
    let key = format!("{whole}\u{1f}{field}");
    let absent = !surface.items.contains_key(&key);
    // A field that this API lacks was removed or added. In a merged type the path of a nested
    // property names no field, so the whole type counts.
    if absent && rest.matches("/properties/").count() > 1 { whole } else { key }
}

/// The keys of the affected operations, limited to request or response if the rule has a direction.
fn operation_keys(changes: &RustChanges, finding: &Finding) -> Vec<String> {
    let half = match finding.rule.direction {
        Direction::Request => "\u{1f}in",
        Direction::Response => "\u{1f}out",
        Direction::Neither => "",
    };
    let keys = finding.operations.iter().map(|label| format!("op\u{1f}{}", operation_key(label)));
    let there = |key: &String| changes.old.items.contains_key(key) || changes.new.items.contains_key(key);
    keys.filter(there).map(|key| format!("{key}{half}")).collect()
}
