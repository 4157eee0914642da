//! Chooses the names under `components` of objects from other files.

use std::collections::BTreeSet;

use super::files::Target;
use crate::document::pointer;

/// Names of folders that do not describe their content.
const GENERIC: [&str; 12] = [
    "models",
    "schemas",
    "schema",
    "components",
    "responses",
    "parameters",
    "headers",
    "examples",
    "definitions",
    "requestBodies",
    "types",
    "resources",
];

/// A name that is not in use: the last key of the pointer, or the name of the file. If that name is
/// in use, it is prefixed with the name of the folder, or suffixed with a number.
pub(super) fn choose(path: &str, target: &Target, taken: &BTreeSet<String>) -> String {
    let mut folders: Vec<&str> = path.split('/').collect();
    let file = folders.pop().unwrap_or_default();
    let stem = file.split('.').find(|part| !part.is_empty()).unwrap_or("file");
    let plain = plain(stem, &target.pointer);
    if !taken.contains(&plain) {
        return plain;
    }
    let folders = folders.into_iter().rev().filter(|folder| !GENERIC.contains(folder) && !folder.is_empty());
    let mut prefixed = plain.clone();
    for folder in folders.filter(|folder| *folder != "..") {
        prefixed = clean(&format!("{folder}_{prefixed}"));
        if !taken.contains(&prefixed) {
            return prefixed;
        }
    }
    let numbered = (2_usize..).map(|number| format!("{plain}{number}"));
    numbered.into_iter().find(|name| !taken.contains(name)).unwrap_or(plain)
}

fn plain(stem: &str, pointer: &str) -> String {
    let tokens: Vec<_> = pointer::tokens(pointer).into_iter().flatten().collect();
    let [before @ .., last] = tokens.as_slice() else {
        return clean(stem);
    };
    let inner = before.last().is_some_and(|token| matches!(&**token, "properties" | "patternProperties"));
    let vague = last.bytes().all(|byte| byte.is_ascii_digit())
        || matches!(&**last, "items" | "schema" | "additionalProperties" | "not");
    if inner || vague { clean(&format!("{stem}_{last}")) } else { clean(last) }
}

/// Replaces the characters that the name of a component may not have.
fn clean(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|char| if char.is_alphanumeric() || matches!(char, '.' | '-' | '_') { char } else { '_' })
        .collect();
    if name.is_empty() { "unnamed".to_owned() } else { name }
}
