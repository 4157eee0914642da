//! Finds the items of the generated API that a finding concerns.

use super::RustChanges;
use crate::drift::finding::{Finding, Location};
use crate::drift::verdict::{Direction, RustVerdict};
use crate::surface::{self, SEPARATOR, Surface, operation_label};

const SCHEMAS: &str = "/components/schemas";

/// The items that a finding concerns, and the most severe verdict among them.
#[derive(Debug)]
pub(super) struct Concern {
    /// The keys of the items; each includes everything below it.
    pub(super) keys: Vec<String>,
    pub(super) verdict: RustVerdict,
}

/// The items that a finding concerns. If none is known, the verdict is that of the rule, but no more
/// than that of the API as a whole.
pub(super) fn of(changes: &RustChanges, finding: &Finding) -> Concern {
    let (old, new) = (&changes.old, &changes.new);
    let (mut before, mut after) = (keys_at(old, finding, &finding.old), keys_at(new, finding, &finding.new));
    let mut one_type = !before.is_empty() && owners(&before) == owners(&after);
    // Whatever holds an added or removed field did not change with it, if the field is known.
    let is_known = |keys: &[String]| keys.iter().any(|key| is_part(key) && below(changes, key) > RustVerdict::None);
    if is_above(&finding.old, &finding.new) && is_known(&after) {
        one_type = true;
        before.clear();
    } else if is_above(&finding.new, &finding.old) && is_known(&before) {
        one_type = true;
        after.clear();
    }
    let mut keys: Vec<String> = before.into_iter().chain(after).collect();
    let in_types = !keys.is_empty();
    let mut verdict = keys.iter().map(|key| below(changes, key)).max().unwrap_or_default();
    for (before, after) in finding.uses.iter() {
        let (before, after) = (type_keys(old, before), type_keys(new, after));
        if same_fields(changes, &before, &after) {
            continue;
        }
        for key in before.into_iter().chain(after) {
            if let Some(changed) = changes.changed.get(&key) {
                verdict = verdict.max(*changed);
                keys.push(key);
            }
        }
    }
    // The type of a slot can change although both types that it has had stay the same.
    let at_root =
        finding.uses.iter().any(|(before, after)| !before.starts_with(SCHEMAS) || !after.starts_with(SCHEMAS));
    let in_slot = !in_types || !finding.pointer.starts_with(SCHEMAS);
    if in_slot || (at_root && (!one_type || verdict == RustVerdict::None)) {
        let slots = operation_keys(changes, finding);
        verdict = slots.iter().map(|key| below(changes, key)).max().unwrap_or_default().max(verdict);
        keys.extend(slots);
    }
    if finding.id().starts_with("api-tag-") {
        let groups = group_keys(changes, finding);
        verdict = groups.iter().map(|key| below(changes, key)).max().unwrap_or_default().max(verdict);
        keys.extend(groups);
    }
    for (id, key) in [("security", "credentials"), ("security", "trait"), ("security", "scheme"), ("server-", "server")]
    {
        if finding.id().contains(id) {
            keys.push(key.to_owned());
            verdict = verdict.max(below(changes, key));
        }
    }
    if keys.is_empty() {
        verdict = finding.rule.rust.min(changes.verdict());
    }
    Concern { keys, verdict }
}

/// Whether one location holds another one.
fn is_above(holder: &Location, held: &Location) -> bool {
    held.pointer.strip_prefix(&*holder.pointer).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a key is that of a field, variant or other part of a type.
fn is_part(key: &str) -> bool {
    key.matches(SEPARATOR).count() > 1
}

/// Whether fields of types with other names have the same types as before.
fn same_fields(changes: &RustChanges, before: &[String], after: &[String]) -> bool {
    let type_of = |surface: &Surface, key: &String| {
        let (_, text) = surface.items.get(key).filter(|_| is_part(key))?.text.split_once(": ")?;
        Some(text.to_owned())
    };
    let (old, new) = (&changes.old, &changes.new);
    before.len() == after.len()
        && before.iter().zip(after).all(|(one, other)| {
            let (was, is) = (type_of(old, one), type_of(new, other));
            one != other && was.is_some() && was == is
        })
}

/// The types that keys belong to.
fn owners(keys: &[String]) -> Vec<&str> {
    keys.iter().filter_map(|key| key.split(SEPARATOR).nth(1)).collect()
}

/// The most severe verdict on an item and everything below it.
fn below(changes: &RustChanges, prefix: &str) -> RustVerdict {
    changes.below(prefix).map(|(_, verdict)| verdict).max().unwrap_or(RustVerdict::None)
}

/// The keys of the types or fields at a location. Schemas within other shared components have
/// pointers of their own once they are lowered, so they are found by their lines.
fn keys_at(surface: &Surface, finding: &Finding, at: &Location) -> Vec<String> {
    let found = type_keys(surface, &at.pointer);
    let shared = at.pointer.starts_with("/components/") && !at.pointer.starts_with(SCHEMAS);
    let Some((_, rest)) = at.pointer.split_once("/schema").filter(|_| shared && found.is_empty()) else { return found };
    let start = (at.file.clone(), 0);
    let nearest = surface.lines.range(start..=(at.file.clone(), at.line)).next_back();
    let names = nearest.into_iter().flat_map(|(_, names)| names);
    if rest.starts_with("/properties/") {
        return names.map(|name| field_key(surface, name, rest)).collect();
    }
    names.filter(|name| are_named(surface, finding, name)).map(|name| format!("type{SEPARATOR}{name}")).collect()
}

/// Whether the affected operations name a type.
fn are_named(surface: &Surface, finding: &Finding, name: &str) -> bool {
    let is_of_name = |char: char| char.is_alphanumeric() || char == '_';
    finding.operations.iter().any(|label| {
        let start = surface::key(&["op", &operation_label(label), ""]);
        let mut items = surface.items.range(start.clone()..).take_while(|(key, _)| key.starts_with(&start));
        items.any(|(_, item)| item.text.split(|char| !is_of_name(char)).any(|word| word == name))
    })
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
    let whole = format!("type{SEPARATOR}{name}");
    let mut tokens = rest.split('/').skip_while(|token| *token != "properties").skip(1);
    let Some(field) = tokens.next() else { return whole };
    let field = crate::document::pointer::unescape(field);
    let key = format!("{whole}{SEPARATOR}{field}");
    let absent = !surface.items.contains_key(&key);
    // A field that this API lacks was removed or added. In a merged type the path of a nested
    // property names no field, so the whole type counts.
    if absent && rest.matches("/properties/").count() > 1 { whole } else { key }
}

/// The groups in which a method of the affected operations changed.
fn group_keys(changes: &RustChanges, finding: &Finding) -> Vec<String> {
    let labels: Vec<String> = finding.operations.iter().map(|label| operation_label(label)).collect();
    let of_groups =
        changes.changed.keys().filter(|key| key.strip_prefix("group").is_some_and(|rest| rest.starts_with(SEPARATOR)));
    let methods =
        of_groups.filter(|key| key.split(SEPARATOR).nth(2).is_some_and(|label| labels.iter().any(|one| one == label)));
    methods.map(|key| super::head(key).to_owned()).collect()
}

/// The keys of the affected operations, limited to request or response if the rule has a direction.
fn operation_keys(changes: &RustChanges, finding: &Finding) -> Vec<String> {
    let half = match finding.rule.direction {
        Direction::Request => format!("{SEPARATOR}in"),
        Direction::Response => format!("{SEPARATOR}out"),
        Direction::Neither => String::new(),
    };
    let keys = finding.operations.iter().map(|label| format!("op{SEPARATOR}{}", operation_label(label)));
    let there = |key: &String| changes.old.items.contains_key(key) || changes.new.items.contains_key(key);
    keys.filter(there).map(|key| format!("{key}{half}")).collect()
}
