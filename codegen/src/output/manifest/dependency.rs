//! One dependency of a manifest.

use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value, value};

use crate::emit::scaffold::{Dependency, DependencyNeed};

/// Dependencies that only generated code has, in one version of the generator or another.
pub(super) const PAIRED: &[&str] = &["progenitor-client"];

/// Keys that say where a dependency comes from.
const SOURCES: [&str; 8] = ["version", "path", "git", "rev", "branch", "tag", "registry", "workspace"];

/// The entry for a dependency that the manifest does not have yet.
pub(super) fn fresh(need: &DependencyNeed) -> Item {
    if let (Dependency::Version(version), true) = (&need.source, is_plain(need)) {
        return value(version);
    }
    let mut entry = InlineTable::new();
    set_source(&mut entry, &need.source);
    if need.is_bare {
        entry.insert("default-features", false.into());
    }
    complete(&mut entry, need);
    value(entry)
}

/// The entry for a dependency that the workspace shares.
pub(super) fn inherited(need: &DependencyNeed) -> Item {
    let mut entry = InlineTable::new();
    entry.insert("workspace", true.into());
    complete(&mut entry, need);
    value(entry)
}

/// Corrects the entry of a dependency. Choices of the owner stay if generated code works with them.
pub(super) fn ensure(dependencies: &mut Table, need: &DependencyNeed) {
    if fits(dependencies, need) {
        return;
    }
    let Some(item) = dependencies.get_mut(need.name) else {
        dependencies.insert(need.name, fresh(need));
        return;
    };
    if let Some(version) = item.as_str().map(ToOwned::to_owned) {
        let mut entry = InlineTable::new();
        entry.insert("version", version.into());
        *item = value(entry);
    }
    if let Some(entry) = item.as_table_like_mut() {
        if need.is_paired && !has_source(entry, &need.source) {
            set_source(entry, &need.source);
        }
        complete(entry, need);
    } else {
        *item = fresh(need);
    }
    flatten(item);
}

/// `{ version = "1" }` as `"1"`.
fn flatten(item: &mut Item) {
    let Some(entry) = item.as_inline_table().filter(|entry| entry.len() == 1) else { return };
    if let Some(version) = entry.get("version").and_then(Value::as_str) {
        *item = value(version);
    }
}

/// Whether a dependency is present and correct.
pub(super) fn fits(dependencies: &Table, need: &DependencyNeed) -> bool {
    let Some(item) = dependencies.get(need.name) else { return false };
    if let Some(version) = item.as_str() {
        let is_right = !need.is_paired || matches!(&need.source, Dependency::Version(wanted) if wanted == version);
        return is_right && need.features.is_empty() && !need.is_optional;
    }
    let Some(entry) = item.as_table_like() else { return false };
    let has = |feature: &&&str| features(entry).is_some_and(|all| contains(all, feature));
    let is_optional = entry.get("optional").and_then(Item::as_bool).unwrap_or_default();
    (!need.is_paired || has_source(entry, &need.source))
        && need.features.iter().filter(has).count() == need.features.len()
        && (!need.is_optional || is_optional)
}

/// Removes a dependency that generated code had. A module shares its crate with other code, which
/// may still use the dependency.
pub(super) fn retire(dependencies: &mut Table, name: &str, is_crate: bool) {
    if is_crate {
        dependencies.remove(name);
    }
}

/// Whether the source of a dependency is acceptable. The owner's path, repository or workspace may
/// replace a version, but not a path or repository that was asked for.
fn has_source(entry: &dyn TableLike, wanted: &Dependency) -> bool {
    let is = |key: &str, text: &str| entry.get(key).and_then(Item::as_str) == Some(text);
    match wanted {
        Dependency::Version(version) if entry.contains_key("version") => is("version", version),
        Dependency::Version(_) => ["path", "git", "workspace"].iter().any(|key| entry.contains_key(key)),
        Dependency::Path(path) => is("path", path),
        Dependency::Git { url, revision: Some(revision) } => is("git", url) && is("rev", revision),
        Dependency::Git { url, revision: None } => is("git", url),
    }
}

fn set_source(entry: &mut dyn TableLike, source: &Dependency) {
    // The owner's path or repository stays beside a version, since cargo publishes with the
    // version.
    let keys: Vec<(&str, &str)> = match source {
        Dependency::Version(version) => vec![("version", version)],
        Dependency::Path(path) => vec![("path", path)],
        Dependency::Git { url, revision } => {
            [Some(("git", url.as_str())), revision.as_deref().map(|revision| ("rev", revision))]
                .into_iter()
                .flatten()
                .collect()
        }
    };
    let is_version = matches!(source, Dependency::Version(_));
    for key in SOURCES.iter().filter(|key| !is_version && keys.iter().all(|(kept, _)| kept != *key)) {
        entry.remove(key);
    }
    for (key, text) in keys {
        set(entry, key, text);
    }
}

/// Sets a key in its place, or adds it.
fn set(entry: &mut dyn TableLike, key: &str, text: &str) {
    match entry.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = text.into();
            *old.decor_mut() = decor;
        }
        None => _ = entry.insert(key, value(text)),
    }
}

/// Adds what an entry lacks, apart from its source.
fn complete(entry: &mut dyn TableLike, need: &DependencyNeed) {
    if !need.features.is_empty() {
        if features(entry).is_none() {
            entry.insert("features", value(Array::new()));
        }
        if let Some(all) = entry.get_mut("features").and_then(Item::as_array_mut) {
            for feature in &need.features {
                if !contains(all, feature) {
                    all.push(*feature);
                }
            }
        }
    }
    if need.is_optional {
        entry.insert("optional", value(true));
    }
}

fn is_plain(need: &DependencyNeed) -> bool {
    need.features.is_empty() && !need.is_bare && !need.is_optional
}

fn features(entry: &dyn TableLike) -> Option<&Array> {
    entry.get("features").and_then(Item::as_array)
}

fn contains(array: &Array, text: &str) -> bool {
    array.iter().any(|entry| entry.as_str() == Some(text))
}
