//! Turns changes of the generated API that no finding explains into findings of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::surface::Surface;
use super::{RustChanges, parents, spelled};
use crate::drift::finding::{Finding, Location, fingerprint};
use crate::drift::rules;
use crate::drift::verdict::RustVerdict;

/// The names of changed parts that a message lists.
const LISTED: usize = 5;

/// The findings for the most severe changes that no key in `explained` covers.
pub(super) fn findings(changes: &RustChanges, mut explained: BTreeSet<String>, worst: RustVerdict) -> Vec<Finding> {
    explain_unused(changes, &mut explained);
    let covered = |key: &str| covers(&explained, key);
    let renamed = renamed_types(changes, &explained);
    let verdict = changes.verdict();
    let wanted = |other: RustVerdict| other == RustVerdict::Breaking || (other == verdict && verdict > worst);
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (key, _) in changes.iter().filter(|(key, other)| wanted(*other) && !covered(key)) {
        if !follows(changes, &renamed, key) {
            groups.entry(head(key)).or_default().push(key);
        }
    }
    let names = renamed.iter().map(|(old, new)| rename(changes, old, new));
    names.chain(groups.into_iter().map(|(head, keys)| changed(changes, &head, &keys))).collect()
}

fn covers(explained: &BTreeSet<String>, key: &str) -> bool {
    explained.contains(key) || parents(key).any(|parent| explained.contains(parent))
}

/// Adds the removed types that nothing but explained changes mentioned.
fn explain_unused(changes: &RustChanges, explained: &mut BTreeSet<String>) {
    let heads = changes.changed.keys().filter_map(|key| key.strip_prefix("type\u{1f}"));
    let gone = |name: &&str| !changes.new.items.contains_key(&format!("type\u{1f}{name}"));
    let mut open: BTreeSet<&str> = heads.filter(|key| !key.contains('\u{1f}')).filter(gone).collect();
    let mut mentions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, item) in &changes.old.items {
        for word in item.text.split(|char: char| !(char.is_alphanumeric() || char == '_')) {
            if let Some(name) = open.get(word) {
                mentions.entry(name).or_default().push(key);
            }
        }
    }
    loop {
        let follows = |name: &&&str| {
            let own = format!("type\u{1f}{name}");
            let outside = |key: &&&str| **key != own && !parents(key).any(|parent| parent == own);
            let mut others = mentions.get(**name).into_iter().flatten().filter(outside).peekable();
            others.peek().is_some() && others.all(|key| covers(explained, key))
        };
        let found: Vec<&str> = open.iter().filter(follows).copied().collect();
        if found.is_empty() {
            return;
        }
        for name in found {
            open.remove(name);
            explained.insert(format!("type\u{1f}{name}"));
        }
    }
}

/// The key of a type, operation, server or other item that a key belongs to.
fn head(key: &str) -> String {
    key.split('\u{1f}').take(2).collect::<Vec<_>>().join("\u{1f}")
}

/// The types that have another name and otherwise the same items, old names first.
fn renamed_types(changes: &RustChanges, explained: &BTreeSet<String>) -> BTreeMap<String, String> {
    let only = |surface: &Surface, other: &Surface| -> Vec<String> {
        let names = surface.places.keys().filter_map(|key| key.strip_prefix("type\u{1f}"));
        let gone = names.filter(|name| !other.items.contains_key(&format!("type\u{1f}{name}")));
        gone.filter(|name| !explained.contains(&format!("type\u{1f}{name}"))).map(str::to_owned).collect()
    };
    let (old, new) = (only(&changes.old, &changes.new), only(&changes.new, &changes.old));
    let mut by_items: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in new {
        by_items.entry(items(&changes.new, &name)).or_default().push(name);
    }
    let mut renamed = BTreeMap::new();
    for name in old {
        // Nothing distinguishes two types with the same items.
        if let Some([_]) = by_items.get(&items(&changes.old, &name)).map(Vec::as_slice)
            && let Some([other]) = by_items.remove(&items(&changes.old, &name)).as_deref()
        {
            renamed.insert(name, other.clone());
        }
    }
    renamed
}

/// All items of a type as text, without its name.
fn items(surface: &Surface, name: &str) -> String {
    let own = format!("type\u{1f}{name}");
    let start = format!("{own}\u{1f}");
    let head = surface.items.get(&own).into_iter().map(|item| item.text.clone());
    let parts = surface.items.range(start.clone()..).take_while(|(key, _)| key.starts_with(&start));
    let parts = parts.map(|(key, item)| format!("{} {}", key.get(start.len()..).unwrap_or_default(), item.text));
    head.chain(parts).map(|text| replaced(&text, name, "Self")).collect::<Vec<_>>().join("\n")
}

/// A text with a name replaced, where it is a whole word.
fn replaced(text: &str, name: &str, by: &str) -> String {
    let mut words: Vec<String> = vec![String::new()];
    let mut in_word = false;
    for char in text.chars() {
        let of_word = char.is_alphanumeric() || char == '_';
        if of_word != in_word {
            words.push(String::new());
            in_word = of_word;
        }
        if let Some(last) = words.last_mut() {
            last.push(char);
        }
    }
    words.into_iter().map(|word| if word == name { by.to_owned() } else { word }).collect()
}

/// Whether a change follows from renamed types alone.
fn follows(changes: &RustChanges, renamed: &BTreeMap<String, String>, key: &str) -> bool {
    let owner = key.strip_prefix("type\u{1f}").and_then(|rest| rest.split('\u{1f}').next());
    if owner.is_some_and(|owner| renamed.contains_key(owner) || renamed.values().any(|new| new == owner)) {
        return true;
    }
    let (Some(old), Some(new)) = (changes.old.items.get(key), changes.new.items.get(key)) else { return false };
    let text = renamed.iter().fold(old.text.clone(), |text, (from, to)| replaced(&text, from, to));
    text == new.text
}

fn rename(changes: &RustChanges, old: &str, new: &str) -> Finding {
    let message = format!("the generated type `{old}` was renamed to `{new}`");
    let keys = (format!("type\u{1f}{old}"), format!("type\u{1f}{new}"));
    let places = (changes.old.places.get(&keys.0), changes.new.places.get(&keys.1));
    finding("generated-type-renamed", &keys.0, places, RustVerdict::Breaking, message)
}

fn changed(changes: &RustChanges, head: &str, keys: &[&str]) -> Finding {
    let (old, new) = (changes.old.items.contains_key(head), changes.new.items.contains_key(head));
    let verdict = keys.iter().filter_map(|key| changes.changed.get(*key)).copied().max().unwrap_or_default();
    let parts = keys.iter().filter_map(|key| key.get(head.len() + 1..)).map(spelled).collect::<Vec<_>>();
    let subject = subject(changes, head);
    let message = match (old, new) {
        (true, false) => format!("{subject} was removed"),
        (false, true) => format!("{subject} was added"),
        _ if head == "module" => subject,
        _ if parts.is_empty() => format!("{subject} changed"),
        _ => {
            let listed = parts.iter().take(LISTED).map(|part| format!("`{part}`")).collect::<Vec<_>>().join(", ");
            let more = parts.len().saturating_sub(LISTED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{subject} changed: {listed}{more}")
        }
    };
    let id = match verdict {
        _ if head == "module" => "generated-module-renamed",
        RustVerdict::Breaking => "generated-api-changed",
        _ => "generated-api-extended",
    };
    let places = (changes.old.places.get(head), changes.new.places.get(head));
    finding(id, &keys.join(" "), places, verdict, message)
}

/// An item in messages, such as ``the generated type `Pet` ``.
fn subject(changes: &RustChanges, head: &str) -> String {
    let (kind, name) = head.split_once('\u{1f}').unwrap_or((head, ""));
    let text = |surface: &Surface| surface.items.get(head).map(|item| item.text.clone()).unwrap_or_default();
    match kind {
        "type" => format!("the generated type `{name}`"),
        "op" => format!("the generated code of `{name}`"),
        "server" => format!("the generated server `{name}`"),
        "credentials" => format!("the generated credentials `{name}`"),
        _ => format!("the generated module `{}` was renamed to `{}`", text(&changes.old), text(&changes.new)),
    }
}

fn finding(
    id: &str,
    detail: &str,
    (old, new): (Option<&Location>, Option<&Location>),
    verdict: RustVerdict,
    message: String,
) -> Finding {
    let rule = rules::rule(id);
    let location = |at: Option<&Location>, other: Option<&Location>| at.or(other).cloned().unwrap_or_default();
    let (before, after) = (location(old, new), location(new, old));
    let pointer = if new.is_some() { after.pointer.clone() } else { before.pointer.clone() };
    Finding {
        rule,
        level: rule.level,
        wire: rule.wire,
        rust: verdict,
        operation: None,
        operations: Vec::new(),
        uses: [].into(),
        fingerprint: fingerprint(&[&rule.id, &pointer, detail]),
        pointer,
        message,
        old: before,
        new: after,
    }
}

/// A finding about a whole module of the generated crate.
#[must_use]
pub fn module_finding(name: &str, document: &str, verdict: RustVerdict) -> Finding {
    let (id, verb) = match verdict {
        RustVerdict::Breaking => ("generated-module-removed", "was removed, and its feature with it"),
        _ => ("generated-module-added", "was added"),
    };
    let place = Location { file: document.to_owned(), line: 1, column: 1, pointer: String::new() };
    finding(
        id,
        name,
        (Some(&place), Some(&place)),
        verdict,
        format!("the provider `{name}` of the generated crate {verb}"),
    )
}
