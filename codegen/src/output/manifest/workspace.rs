//! Makes a crate a member of a workspace.

use toml_edit::{Array, DocumentMut, Item, TableLike, Value, value};

use super::{ManifestError, parse};

/// The manifest of a workspace with one more member. `None` if the workspace already has it or
/// excludes it. The path is relative to the workspace and uses `/`.
///
/// # Errors
///
/// If it is not TOML, or not the manifest of a workspace.
pub fn joined(text: &str, member: &str) -> Result<Option<String>, ManifestError> {
    let mut manifest = parse(text)?;
    let workspace = manifest
        .get_mut("workspace")
        .and_then(Item::as_table_like_mut)
        .ok_or_else(|| ManifestError("it has no [workspace]".to_owned()))?;
    let covers = |key: &str| {
        let patterns = workspace.get(key).and_then(Item::as_array);
        let found = patterns.into_iter().flatten().filter_map(Value::as_str);
        found.map(|pattern| pattern.trim_end_matches('/')).any(|pattern| matches(pattern, member))
    };
    if covers("members") || excludes(workspace, member) {
        return Ok(None);
    }
    if !workspace.contains_key("members") {
        workspace.insert("members", value(Array::new()));
    }
    let members = workspace.get_mut("members").and_then(Item::as_array_mut);
    let members = members.ok_or_else(|| ManifestError("`workspace.members` is not a list".to_owned()))?;
    // One line per member, if the owner writes them so.
    let before = members.iter().last().and_then(|last| last.decor().prefix()?.as_str()).map(ToOwned::to_owned);
    members.push(member);
    if let (Some(before), Some(last)) = (before.filter(|before| before.contains('\n')), members.iter_mut().last()) {
        last.decor_mut().set_prefix(before);
    }
    Ok(Some(manifest.to_string()))
}

/// A table that a workspace shares with its members.
pub(super) fn shared<'m>(manifest: &'m DocumentMut, name: &str) -> Option<&'m dyn TableLike> {
    manifest.get("workspace")?.get(name)?.as_table_like()
}

/// Whether an excluded folder contains the member.
fn excludes(workspace: &dyn TableLike, member: &str) -> bool {
    let excluded = workspace.get("exclude").and_then(Item::as_array);
    let mut excluded = excluded.into_iter().flatten().filter_map(Value::as_str);
    excluded.any(|path| member == path || member.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
}

/// Whether a pattern of members matches. `*` matches any text in a name, `**` any folders.
fn matches(pattern: &str, path: &str) -> bool {
    match (pattern.split_once('/'), path.split_once('/')) {
        (Some(("**", rest)), _) => {
            matches(rest, path) || path.split_once('/').is_some_and(|(_, below)| matches(pattern, below))
        }
        (None, None) => name_matches(pattern, path),
        (None, Some(_)) => pattern == "**",
        (Some((first, rest)), Some((name, below))) => name_matches(first, name) && matches(rest, below),
        (Some(_), None) => false,
    }
}

fn name_matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(after) = name.strip_prefix(start) else { return false };
    after
        .char_indices()
        .map(|(at, _)| at)
        .chain([after.len()])
        .any(|at| after.get(at..).is_some_and(|end| name_matches(rest, end)))
}
