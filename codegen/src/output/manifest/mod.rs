//! Writes what generated code needs into a manifest that belongs to its owner.
//!
//! **Invariant:** a manifest is created once. After that, only the features and dependencies that
//! generated code needs are kept correct. Comments, order, version, licence and everything else
//! stay.

mod dependency;
mod feature;
#[cfg(test)]
mod tests;
mod workspace;

use std::fmt;

use toml_edit::{DocumentMut, Item, Table, TableLike, value};

pub use self::workspace::joined;
use crate::emit::scaffold::{DependencyNeed, Needs};

/// Why a manifest can't be written: a sentence that begins with the fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestError(String);

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ManifestError {}

/// The lowest Rust version that compiles generated code; `progenitor-client` and the runtime need
/// it.
const RUST_VERSION: &str = "1.88";

/// The workspace that a new crate belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership<'a> {
    /// It belongs to no workspace.
    None,
    /// It is the root of a workspace of its own.
    Own,
    /// It is a member of a workspace with this manifest, and inherits the keys that the workspace
    /// shares.
    Of(&'a str),
}

/// The manifest of a new crate.
///
/// # Errors
///
/// If the manifest of the workspace is not TOML.
pub fn created(name: &str, needs: &Needs, membership: Membership<'_>) -> Result<String, ManifestError> {
    let mut manifest = DocumentMut::new();
    let shared = match membership {
        Membership::Of(text) => parse(text)?,
        Membership::None | Membership::Own => DocumentMut::new(),
    };
    manifest.insert("package", Item::Table(package(name, needs, &shared)));
    feature::ensure(&mut manifest, needs)?;
    let dependencies = table(&mut manifest, "dependencies")?;
    for need in &needs.dependencies {
        let is_shared = workspace::shared(&shared, "dependencies").is_some_and(|all| all.contains_key(need.name));
        dependencies.insert(need.name, if is_shared { dependency::inherited(need) } else { dependency::fresh(need) });
    }
    if membership == Membership::Own {
        let mut own = Table::new();
        own.decor_mut().set_prefix("\n# A workspace of its own, wherever it is.\n");
        manifest.insert("workspace", Item::Table(own));
    }
    Ok(manifest.to_string())
}

/// A manifest with the features and dependencies that generated code needs.
///
/// # Errors
///
/// If it is not TOML, or one of its tables has another type.
pub fn merged(text: &str, needs: &Needs) -> Result<String, ManifestError> {
    let mut manifest = parse(text)?;
    if !needs.features.is_empty() {
        feature::ensure(&mut manifest, needs)?;
    }
    let dependencies = table(&mut manifest, "dependencies")?;
    for name in dependency::PAIRED {
        if !needs.dependencies.iter().any(|need| need.name == *name) {
            dependency::retire(dependencies, name, !needs.features.is_empty());
        }
    }
    for need in &needs.dependencies {
        dependency::ensure(dependencies, need);
    }
    Ok(manifest.to_string())
}

/// The lines of `[dependencies]` that a manifest lacks.
///
/// # Errors
///
/// As [`merged`].
pub fn lacking(text: &str, needs: &Needs) -> Result<Vec<String>, ManifestError> {
    let mut manifest = parse(text)?;
    let dependencies = table(&mut manifest, "dependencies")?;
    let wanted = |need: &&DependencyNeed| !dependency::fits(dependencies, need);
    Ok(needs.dependencies.iter().filter(wanted).map(line).collect())
}

/// The lines of `[dependencies]` for each crate that a manifest does not depend on anywhere, with
/// any version and features.
///
/// # Errors
///
/// If it is not TOML.
pub fn absent(text: &str, needs: &Needs) -> Result<Vec<String>, ManifestError> {
    let manifest = parse(text)?;
    let targets = manifest.get("target").and_then(Item::as_table_like).into_iter();
    let targets = targets.flat_map(|targets| targets.iter()).filter_map(|(_, target)| target.as_table_like());
    let tables: Vec<&dyn TableLike> = std::iter::once(manifest.as_table() as &dyn TableLike).chain(targets).collect();
    let has = |name: &str| {
        let lists = tables.iter().flat_map(|table| ["dependencies", "dev-dependencies"].map(|list| table.get(list)));
        lists.flatten().filter_map(Item::as_table_like).any(|list| list.contains_key(name))
    };
    Ok(needs.dependencies.iter().filter(|need| !has(need.name)).map(line).collect())
}

/// A dependency as it is written.
fn line(need: &DependencyNeed) -> String {
    format!("{} = {}", need.name, dependency::fresh(need))
}

/// `[package]`. The keys that the workspace shares are inherited, except the version, which is that
/// of the API.
fn package(name: &str, needs: &Needs, shared: &DocumentMut) -> Table {
    let mut package = Table::new();
    package.insert("name", value(name));
    package.insert("version", value("0.1.0"));
    let shared = workspace::shared(shared, "package");
    for (key, own) in
        [("edition", Some("2024")), ("rust-version", Some(RUST_VERSION)), ("license", None), ("repository", None)]
    {
        if shared.is_some_and(|shared| shared.contains_key(key)) {
            let mut inherited = Table::new();
            inherited.set_dotted(true);
            inherited.insert("workspace", value(true));
            package.insert(key, Item::Table(inherited));
        } else if let Some(own) = own {
            package.insert(key, value(own));
        }
    }
    package.insert("description", value(needs.description.as_str()));
    package
}

fn parse(text: &str) -> Result<DocumentMut, ManifestError> {
    text.parse().map_err(|error: toml_edit::TomlError| ManifestError(error.to_string().trim_end().to_owned()))
}

/// A table of the manifest. It is created if absent.
fn table<'m>(manifest: &'m mut DocumentMut, name: &str) -> Result<&'m mut Table, ManifestError> {
    let item = manifest.entry(name).or_insert_with(|| Item::Table(Table::new()));
    item.as_table_mut()
        .ok_or_else(|| ManifestError(format!("`{name}` is not a table of its own: write it as [{name}]")))
}
