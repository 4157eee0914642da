//! Finds the base of a change: the revision where the change's branch left its target branch.

use std::env;
use std::path::Path;

use crate::git;

/// Names the target branch of a change, or any other revision. If it is not set, [`BRANCHES`] are
/// tried.
const VARIABLE: &str = "DRIFT_BASE";
/// The usual target branches.
const BRANCHES: [&str; 3] = ["origin/HEAD", "origin/main", "main"];

/// The revision from which a change starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// The full hash.
    pub commit: String,
    /// A description such as `1a2b3c4d5e, where this branch left main`.
    pub description: String,
}

/// The change to compare if the branch has no commits of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The uncommitted changes.
    Uncommitted,
    /// The last commit and the uncommitted changes.
    LastCommit,
}

/// Why there is no base. Each variant has a one-sentence message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoBase {
    /// There is nothing to compare with.
    Nothing(String),
    /// Git does not know the revision that the user named.
    Unknown(String),
}

/// The base of the change in the working tree.
///
/// # Errors
///
/// If there is nothing to compare with, or git does not know the revision that the user named.
pub fn find(root: &Path, change: Change) -> Result<Base, NoBase> {
    let head = git::commit(root, "HEAD").map_err(|error| {
        let text = error.to_string();
        NoBase::Nothing(if text.is_empty() { "there is no commit yet".to_owned() } else { format!("git: {text}") })
    })?;
    let named = env::var(VARIABLE).ok().filter(|name| !name.is_empty());
    let fork = fork_point(root, named.as_deref()).map_err(NoBase::Unknown)?;
    if let Some((base, branch)) = fork.filter(|(base, _)| *base != head) {
        return Ok(Base { description: format!("{}, where this branch left {branch}", short(&base)), commit: base });
    }
    if change == Change::Uncommitted {
        return Ok(Base { description: format!("{}, the last commit", short(&head)), commit: head });
    }
    let parent = git::commit(root, "HEAD^").map_err(|_| {
        let head = short(&head);
        NoBase::Nothing(format!("{head} has no parent: it is the first commit, or the clone is shallow"))
    })?;
    Ok(Base { description: format!("{}, the commit before the last", short(&parent)), commit: parent })
}

/// The revision where HEAD left its target branch, and the name of the branch; `None` if there is
/// none.
fn fork_point(root: &Path, named: Option<&str>) -> Result<Option<(String, String)>, String> {
    if let Some(name) = named {
        let base = git::merge_base(root, "HEAD", name).map_err(|_| {
            format!("HEAD and `{name}`, which {VARIABLE} names, have no common commit; is the clone shallow?")
        })?;
        return Ok(Some((base, name.to_owned())));
    }
    let found = |name: &&str| Some((git::merge_base(root, "HEAD", name).ok()?, (*name).to_owned()));
    Ok(BRANCHES.iter().find_map(found))
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}
