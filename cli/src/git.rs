//! Reads files of a git revision, and resolves revisions.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use specwright_codegen::document::Reader;

/// The files of one revision.
#[derive(Clone, Debug)]
pub struct Revision {
    root: PathBuf,
    commit: String,
}

impl Revision {
    /// Resolves a revision.
    ///
    /// # Errors
    ///
    /// If git does not know it.
    pub fn new(root: &Path, revision: &str) -> Result<Self, String> {
        let commit = commit(root, revision).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("git: {error}"),
            _ => format!("git does not know the revision `{revision}`"),
        })?;
        Ok(Self { root: root.to_path_buf(), commit })
    }

    /// The names of the folders in a folder. The list is empty if there is no such folder.
    pub fn folders(&self, path: &str) -> Vec<String> {
        let listed = git(&self.root, &["ls-tree", "-d", "--name-only", &format!("{}:./{path}", self.commit)]);
        let text = String::from_utf8(listed.unwrap_or_default()).unwrap_or_default();
        text.lines().map(ToOwned::to_owned).collect()
    }
}

impl Reader for Revision {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let inside = path.strip_prefix("./").unwrap_or(path);
        git(&self.root, &["show", &format!("{}:./{inside}", self.commit)])
    }
}

/// The full hash of a commit.
///
/// # Errors
///
/// If git does not know the revision. The kind is `NotFound` if git is not installed.
pub fn commit(root: &Path, revision: &str) -> io::Result<String> {
    line(git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])?)
}

/// The merge base of two revisions.
///
/// # Errors
///
/// If git does not know one of them, or they have no common commit.
pub fn merge_base(root: &Path, one: &str, other: &str) -> io::Result<String> {
    line(git(root, &["merge-base", "--end-of-options", one, other])?)
}

fn line(bytes: Vec<u8>) -> io::Result<String> {
    let text = String::from_utf8(bytes).map_err(io::Error::other)?;
    Ok(text.trim().to_owned())
}

fn git(root: &Path, arguments: &[&str]) -> io::Result<Vec<u8>> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}
