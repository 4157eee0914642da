//! Records former names in `provider.toml`. Generated code keeps them as deprecated aliases.
//!
//! **Invariant:** entries are added, and never removed or changed. Comments and formatting are
//! kept.

use std::fs;

use specwright::commands::drift;
use specwright::report::Report;
use specwright_codegen::drift::{Rename, Renamed};
use toml_edit::{DocumentMut, Item, Table, value};

use crate::provider::Provider;
use crate::workspace::Workspace;

/// Adds the names that were renamed since the start of this branch.
///
/// # Errors
///
/// One sentence that says why there is nothing to compare with, or why a file can't be written.
pub fn record(workspace: &Workspace, providers: &[String], report: &mut Report) -> Result<(), String> {
    let checked = drift::check_version(workspace, providers, report)?;
    let names = workspace.providers().map_err(|error| error.to_string())?;
    for name in names {
        let provider = Provider::read(&workspace.reader(), &name).map_err(|error| error.to_string())?;
        let of_provider = |rename: &&Rename| rename.module == provider.module();
        let renames: Vec<&Rename> = checked.drift.renames.iter().filter(of_provider).collect();
        if renames.is_empty() {
            continue;
        }
        let path = provider.config_path();
        let file = workspace.root().join(&path);
        let text = fs::read_to_string(&file).map_err(|error| format!("{path}: {error}"))?;
        let text = with_names(&text, &renames).map_err(|error| format!("{path}: {error}"))?;
        fs::write(&file, text).map_err(|error| format!("{path}: {error}"))?;
        for Rename { old, new, .. } in renames {
            report.line(format_args!("update {path}: `{old}` stays as an alias of `{new}`"));
        }
    }
    Ok(())
}

/// A `provider.toml` with these names below `former`.
fn with_names(text: &str, renames: &[&Rename]) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
    let mut implicit = Table::new();
    implicit.set_implicit(true);
    let former = document.entry("former").or_insert(Item::Table(implicit));
    let former = former.as_table_like_mut().ok_or("`former` is not a table")?;
    for Rename { kind, old, new, .. } in renames {
        let key = match kind {
            Renamed::Type => "types",
            Renamed::Operation => "operations",
            Renamed::Setter => "setters",
        };
        let names = former.entry(key).or_insert(Item::Table(Table::new()));
        let names = names.as_table_like_mut().ok_or_else(|| format!("`former.{key}` is not a table"))?;
        if !names.contains_key(old) {
            names.insert(old, value(new));
        }
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_added_and_the_rest_is_kept() {
        let rename = |kind, old: &str, new: &str| Rename {
            module: "acme".to_owned(),
            kind,
            old: old.to_owned(),
            new: new.to_owned(),
        };
        let renames = [
            rename(Renamed::Type, "Part", "Piece"),
            rename(Renamed::Operation, "fetch", "get"),
            rename(Renamed::Setter, "list.size", "page_size"),
        ];
        let renames: Vec<&Rename> = renames.iter().collect();
        let text = with_names("# ours\nmodule = \"acme\"\n", &renames).unwrap();
        assert_eq!(
            text,
            "# ours\nmodule = \"acme\"\n\n[former.types]\nPart = \"Piece\"\n\n[former.operations]\nfetch = \"get\"\n\n\
             [former.setters]\n\"list.size\" = \"page_size\"\n"
        );
        assert_eq!(with_names(&text, &renames).unwrap(), text);
        let other = [rename(Renamed::Type, "Part", "Slice")];
        assert_eq!(with_names(&text, &other.iter().collect::<Vec<_>>()).unwrap(), text);
    }
}
