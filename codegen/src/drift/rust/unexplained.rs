//! Turns changes of the generated API that no finding explains into findings of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::{RustChanges, head, migration, parents, spelled};
use crate::drift::finding::{Finding, Location, Migration, fingerprint};
use crate::drift::rules;
use crate::drift::verdict::RustVerdict;
use crate::ir::model::Origin;
use crate::limits::RENAME_ROUNDS;
use crate::surface::{self, DERIVED, MODULE_OF_TYPES, SEPARATOR, Surface};

/// Begins the keys of types.
const TYPE: &str = "type\u{1f}";
/// Ends the name of the struct of the required properties of a type.
const REQUIRED: &str = "Required";
/// The names of changed parts that a message lists.
const LISTED: usize = 5;

/// The items that findings explain, with the most severe verdict of those findings.
#[derive(Debug, Default)]
pub(super) struct Explained {
    keys: BTreeSet<String>,
    /// By the type, operation or other item that the keys belong to.
    heads: BTreeMap<String, RustVerdict>,
}

impl Explained {
    pub(super) fn extend(&mut self, keys: Vec<String>, verdict: RustVerdict) {
        for key in keys {
            let worst = self.heads.entry(head(&key).to_owned()).or_default();
            *worst = verdict.max(*worst);
            self.keys.insert(key);
        }
    }

    /// Whether a finding explains a change. What follows from a change that one explains needs
    /// none of its own.
    fn covers(&self, key: &str, verdict: RustVerdict) -> bool {
        let follows = key.contains(DERIVED) && self.heads.get(head(key)).is_some_and(|worst| *worst >= verdict);
        follows || covers(&self.keys, key) || self.covers_group(key, verdict)
    }

    /// Whether a change of a group of operations, or of a module of types, follows from that of an
    /// operation or type in it.
    fn covers_group(&self, key: &str, verdict: RustVerdict) -> bool {
        let mut parts = key.split(SEPARATOR);
        let member = match parts.next() {
            Some("group") => "op",
            Some(MODULE_OF_TYPES) => "type",
            _ => return false,
        };
        parts.nth(1).is_some_and(|name| self.heads.get(&surface::key(&[member, name])) >= Some(&verdict))
    }
}

/// The findings for the most severe changes that no finding in `explained` covers.
pub(super) fn findings(changes: &RustChanges, mut explained: Explained, worst: RustVerdict) -> Vec<Finding> {
    explain_unused(changes, &mut explained.keys);
    let covered = |key: &str, verdict| explained.covers(key, verdict);
    let renamed = renamed_types(changes, &explained.keys);
    let verdict = changes.verdict();
    let wanted = |other: RustVerdict| other == RustVerdict::Breaking || (other == verdict && verdict > worst);
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (key, _) in changes.iter().filter(|(key, other)| wanted(*other) && !covered(key, *other)) {
        if !follows(changes, &renamed, key) {
            groups.entry(head(key).to_owned()).or_default().push(key);
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
    let heads = changes.changed.keys().filter_map(|key| key.strip_prefix(TYPE));
    let gone = |name: &&str| !changes.new.items.contains_key(&format!("type{SEPARATOR}{name}"));
    let mut open: BTreeSet<&str> = heads.filter(|key| !key.contains(SEPARATOR)).filter(gone).collect();
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
            let own = format!("type{SEPARATOR}{name}");
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
            explained.insert(format!("type{SEPARATOR}{name}"));
        }
    }
}

/// The types that have another name and otherwise the same items, old names first.
pub(super) fn renamed_types(changes: &RustChanges, explained: &BTreeSet<String>) -> BTreeMap<String, String> {
    let only = |surface: &Surface, other: &Surface| -> Vec<String> {
        let names = surface.places.keys().filter_map(|key| key.strip_prefix(TYPE));
        let gone = names.filter(|name| !other.items.contains_key(&format!("type{SEPARATOR}{name}")));
        let gone = gone.filter(|name| !other.former.has(&format!("types::{name}")));
        gone.filter(|name| !explained.contains(&format!("type{SEPARATOR}{name}"))).map(str::to_owned).collect()
    };
    let (mut old, new) = (only(&changes.old, &changes.new), only(&changes.new, &changes.old));
    let none = BTreeMap::new();
    let mut by_items: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in new {
        by_items.entry(items(&changes.new, &name, &none)).or_default().push(name);
    }
    let mut renamed = BTreeMap::new();
    // A type that mentions a renamed one can be found once the other is.
    for _ in 0..RENAME_ROUNDS {
        let before = renamed.len();
        old.retain(|name| {
            let text = items(&changes.old, name, &renamed);
            // Nothing distinguishes two types with the same items.
            let Some([other]) = by_items.get(&text).map(Vec::as_slice) else { return true };
            renamed.insert(name.clone(), other.clone());
            by_items.remove(&text);
            false
        });
        if renamed.len() == before {
            break;
        }
    }
    renamed
}

/// All items of a type as text, without its name and with the new names of renamed types.
fn items(surface: &Surface, name: &str, renamed: &BTreeMap<String, String>) -> String {
    let own = format!("type{SEPARATOR}{name}");
    let start = format!("{own}{SEPARATOR}");
    let head = surface.items.get(&own).into_iter().map(|item| item.text.clone());
    let parts = surface.items.range(start.clone()..).take_while(|(key, _)| key.starts_with(&start));
    let parts = parts.map(|(key, item)| format!("{} {}", key.get(start.len()..).unwrap_or_default(), item.text));
    let text = head.chain(parts).collect::<Vec<_>>().join("\n");
    replaced(&text, |word| if word == name { Some("Self") } else { renamed.get(word).map(String::as_str) })
}

/// A text with names replaced, where they are whole words. The struct of the required properties of
/// a type is named after it.
fn replaced<'n>(text: &str, by: impl Fn(&str) -> Option<&'n str>) -> String {
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
    let new = |word: String| {
        let of_required = || Some(format!("{}{REQUIRED}", by(word.strip_suffix(REQUIRED)?)?));
        by(&word).map(str::to_owned).or_else(of_required).unwrap_or(word)
    };
    words.into_iter().map(new).collect()
}

/// Whether a change follows from renamed types alone.
fn follows(changes: &RustChanges, renamed: &BTreeMap<String, String>, key: &str) -> bool {
    let owner = key.strip_prefix(TYPE).and_then(|rest| rest.split(SEPARATOR).next());
    if owner.is_some_and(|owner| renamed.contains_key(owner) || renamed.values().any(|new| new == owner)) {
        return true;
    }
    let (Some(old), Some(new)) = (changes.old.items.get(key), changes.new.items.get(key)) else { return false };
    replaced(&old.text, |word| renamed.get(word).map(String::as_str)) == new.text
}

fn rename(changes: &RustChanges, old: &str, new: &str) -> Finding {
    let message = format!("the generated type `{old}` was renamed to `{new}`");
    let keys = (format!("type{SEPARATOR}{old}"), format!("type{SEPARATOR}{new}"));
    let places = Places::of(changes, &keys.0, &keys.1);
    let migration = vec![Migration { old: format!("types::{old}"), new: Some(format!("types::{new}")) }];
    Finding { migration, ..finding("generated-type-renamed", &keys.0, places, RustVerdict::Breaking, message) }
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
    let places = Places::of(changes, head, head);
    let owned: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    Finding { migration: migration::hints(changes, &owned), ..finding(id, &keys.join(" "), places, verdict, message) }
}

/// An item in messages, such as ``the generated type `Pet` ``.
fn subject(changes: &RustChanges, head: &str) -> String {
    let (kind, name) = head.split_once(SEPARATOR).unwrap_or((head, ""));
    let text =
        |surface: &Surface| surface.items.get(head).map(|item| item.text.replace("mod ", "")).unwrap_or_default();
    match kind {
        "type" => format!("the generated type `{name}`"),
        "op" => format!("the generated code of `{name}`"),
        "server" => format!("the generated server `{name}`"),
        "credentials" if name.is_empty() || name.starts_with(DERIVED) => "the generated credentials".to_owned(),
        "credentials" => format!("the generated credentials `{name}`"),
        "group" => format!("the generated group of operations `{name}`"),
        MODULE_OF_TYPES => format!("the generated module of types for the tag `{name}`"),
        "trait" => "the generated traits of the server".to_owned(),
        "scheme" => format!("the generated security scheme `{name}`"),
        "client" => "the generated client".to_owned(),
        "former" => format!("the former name `{name}`"),
        "webhooks" => "the generated receiver of webhooks".to_owned(),
        _ => format!("the generated module `{}` was renamed to `{}`", text(&changes.old), text(&changes.new)),
    }
}

/// Where an item is in both documents.
struct Places {
    old: Location,
    new: Location,
    /// Into the new document, or into the old one if the new one has no such item.
    pointer: String,
}

impl Places {
    /// The places of an item by its old and its new key. A document without the item holds it as a
    /// whole.
    fn of(changes: &RustChanges, old_key: &str, new_key: &str) -> Self {
        let (old, new) = (place(&changes.old, old_key), place(&changes.new, new_key));
        let pointer = new.as_ref().or(old.as_ref()).map(|at| at.pointer.clone()).unwrap_or_default();
        let whole = |surface: &Surface| place(surface, "module").unwrap_or_default();
        Self {
            old: old.unwrap_or_else(|| whole(&changes.old)),
            new: new.unwrap_or_else(|| whole(&changes.new)),
            pointer,
        }
    }
}

/// Where a document defines an item.
fn place(surface: &Surface, key: &str) -> Option<Location> {
    let Origin { file, pointer, line } = surface.places.get(key)?.clone();
    Some(Location { file, line, column: 1, pointer })
}

fn finding(id: &str, detail: &str, places: Places, verdict: RustVerdict, message: String) -> Finding {
    let rule = rules::rule(id);
    let Places { old, new, pointer } = places;
    Finding {
        rule,
        level: rule.level,
        wire: rule.wire,
        rust: verdict,
        operation: None,
        operations: Vec::new(),
        uses: [].into(),
        migration: Vec::new(),
        fingerprint: fingerprint(&[&rule.id, &pointer, detail]),
        pointer,
        message,
        old,
        new,
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
        Places { old: place.clone(), new: place, pointer: String::new() },
        verdict,
        format!("the provider `{name}` of the generated crate {verb}"),
    )
}
