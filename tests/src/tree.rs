//! The files of the workspace, for tests about their text.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A text file of the workspace.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// Its path in the workspace, with `/`.
    pub path: String,
    /// Its content.
    pub text: String,
}

/// The folder that holds `Cargo.toml` of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All text files of the workspace, sorted by path, without hidden files and build output. They are
/// read once per process.
static FILES: LazyLock<Vec<SourceText>> = LazyLock::new(|| {
    let mut found = Vec::new();
    walk(&root(), "", &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
});

/// All text files of the workspace, sorted by path, without hidden files and build output.
///
/// # Panics
///
/// If a file can't be read.
#[must_use]
pub fn files() -> Vec<SourceText> {
    FILES.clone()
}

/// The files below a folder whose names have this ending.
#[must_use]
pub fn below(folder: &str, end: &str) -> Vec<SourceText> {
    let is_below = |file: &&SourceText| file.path.starts_with(folder) && file.path.ends_with(end);
    FILES.iter().filter(is_below).cloned().collect()
}

fn walk(folder: &Path, below: &str, found: &mut Vec<SourceText>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{below}{name}");
        let kind = entry.file_type().expect("a kind");
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() && name != "target" {
            walk(&entry.path(), &format!("{path}/"), found);
        } else if kind.is_file()
            && name != "Cargo.lock"
            && let Ok(text) = fs::read_to_string(entry.path())
        {
            found.push(SourceText { path, text });
        }
    }
}
