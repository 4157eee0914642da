//! Finds what has another name and otherwise stayed the same, so that the former name can stay as a
//! deprecated alias.

use std::collections::BTreeSet;

use super::unexplained::renamed_types;
use super::{RustChanges, head};
use crate::diagnostics::nearest;
use crate::surface::{SEPARATOR, Surface};

/// An item with another name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rename {
    /// The generated module.
    pub module: String,
    /// What was renamed.
    pub kind: Renamed,
    /// The former name, as `provider.toml` records it.
    pub old: String,
    /// The current name.
    pub new: String,
}

/// What can be renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Renamed {
    /// A type.
    Type,
    /// The method of an operation.
    Operation,
    /// The setter of a parameter.
    Setter,
}

/// The renamed items that have no alias yet.
pub(super) fn find(changes: &RustChanges) -> Vec<Rename> {
    let module = changes.new.items.get("module").map(|item| item.text.replace("mod ", "")).unwrap_or_default();
    let rename = |kind, old: String, new: String| Rename { module: module.clone(), kind, old, new };
    let types = renamed_types(changes, &BTreeSet::new()).into_iter();
    let types = types.map(|(old, new)| rename(Renamed::Type, old, new));
    let methods = changes.old.methods.iter().filter_map(|(key, old)| Some((old, changes.new.methods.get(key)?)));
    // A name that another operation has now cannot be an alias.
    let is_free = |name: &str| changes.new.methods.values().all(|other| other != name);
    let methods = methods.filter(|(old, new)| old != new && is_free(old) && !has_method(&changes.new, old));
    let methods = methods.map(|(old, new)| rename(Renamed::Operation, old.clone(), new.clone()));
    let setters = setters(changes).into_iter();
    let setters = setters.map(|(old, new)| rename(Renamed::Setter, old, new));
    types.chain(methods).chain(setters).collect()
}

fn has_method(surface: &Surface, name: &str) -> bool {
    surface.former.has(&format!("client::Client::{name}"))
}

/// The setters of parameters that were removed while one with a similar name and the same type came
/// to the same operation: `list_pets.size` and `page_size`.
fn setters(changes: &RustChanges) -> Vec<(String, String)> {
    let (gone, come) = (only(&changes.old, &changes.new), only(&changes.new, &changes.old));
    let mut found = Vec::new();
    for (place, old, ty) in &gone {
        let alike = |one: &&(String, Setter, String)| one.0 == *place && one.2 == *ty;
        let mut others = come.iter().filter(alike);
        let (Some((_, new, _)), None) = (others.next(), others.next()) else { continue };
        let is_only = gone.iter().filter(|one| one.0 == *place && one.2 == *ty).count() == 1;
        let builder = format!("client::{}::{}", new.builder, old.name);
        if is_only && are_similar(&old.name, &new.name) && !changes.new.former.has(&builder) {
            found.push((format!("{}.{}", new.method, old.name), new.name.clone()));
        }
    }
    found
}

/// One name has all words of the other, or they differ in a few letters.
fn are_similar(one: &str, other: &str) -> bool {
    let words = |name: &str| name.split('_').map(str::to_owned).collect::<BTreeSet<String>>();
    let (left, right) = (words(one), words(other));
    left.is_subset(&right) || right.is_subset(&left) || nearest(one, [other]).is_some()
}

#[derive(Debug)]
struct Setter {
    method: String,
    builder: String,
    name: String,
}

/// The setters of parameters that only one surface has: the place of the parameter, the setter, and its
/// argument.
fn only(surface: &Surface, other: &Surface) -> Vec<(String, Setter, String)> {
    let items = surface.items.iter().filter(|(key, _)| !other.items.contains_key(*key));
    let setters = items.filter_map(|(key, item)| {
        let (place, _) = key.rsplit_once(SEPARATOR).filter(|(place, _)| place.contains("\u{1f}in\u{1f}param\u{1f}"))?;
        let method = surface.methods.get(head(key))?.clone();
        let line = item.text.lines().find_map(|line| line.strip_prefix("client::"))?;
        let (path, argument) = line.split_once('(')?;
        let (builder, name) = path.rsplit_once("::")?;
        let setter = Setter { method, builder: builder.to_owned(), name: name.to_owned() };
        Some((place.to_owned(), setter, argument.to_owned()))
    });
    setters.collect()
}
