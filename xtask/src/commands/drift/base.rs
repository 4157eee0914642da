//! Finds the revision that a change starts from: where its branch left the one that it goes to.

use std::env;
use std::path::Path;

use super::git;

/// Names the branch that a change goes to, or any other revision; without it the branch is looked
/// for.
const VARIABLE: &str = "DRIFT_BASE";
/// Where changes usually go.
const BRANCHES: [&str; 3] = ["origin/HEAD", "origin/main", "main"];

/// What a change starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// Full name.
    pub commit: String,
    /// `1a2b3c4d5e, where this branch left main`
    pub said: String,
}

/// Which change is meant where the branch has no commit of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// What is not committed yet.
    Uncommitted,
    /// The last commit, with what is not committed yet.
    LastCommit,
}

/// Why there is no base; each in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoBase {
    /// There is nothing to compare with.
    Nothing(String),
    /// What the user named is not there.
    Unknown(String),
}

/// The base of the change in the working tree.
///
/// # Errors
///
/// If there is nothing to compare with, or git does not know what the user named.
pub fn find(root: &Path, change: Change) -> Result<Base, NoBase> {
    let head = git::commit(root, "HEAD").map_err(|error| {
        let text = error.to_string();
        NoBase::Nothing(if text.is_empty() { "there is no commit yet".to_owned() } else { format!("git: {text}") })
    })?;
    let named = env::var(VARIABLE).ok().filter(|name| !name.is_empty());
    let left = left(root, named.as_deref()).map_err(NoBase::Unknown)?;
    if let Some((base, branch)) = left.filter(|(base, _)| *base != head) {
        return Ok(Base { said: format!("{}, where this branch left {branch}", short(&base)), commit: base });
    }
    if change == Change::Uncommitted {
        return Ok(Base { said: format!("{}, the last commit", short(&head)), commit: head });
    }
    let parent = git::commit(root, "HEAD^").map_err(|_| {
        let head = short(&head);
        NoBase::Nothing(format!("{head} has no parent here: it is the first commit, or the clone is shallow"))
    })?;
    Ok(Base { said: format!("{}, the commit before the last", short(&parent)), commit: parent })
}

/// Where HEAD left the branch that it goes to, and the name of that; `None` if no such branch is
/// here.
fn left(root: &Path, named: Option<&str>) -> Result<Option<(String, String)>, String> {
    if let Some(name) = named {
        let base = git::merge_base(root, "HEAD", name).map_err(|_| {
            format!("HEAD and `{name}` of {VARIABLE} have no commit in common here; is the clone shallow?")
        })?;
        return Ok(Some((base, name.to_owned())));
    }
    let found = |name: &&str| Some((git::merge_base(root, "HEAD", name).ok()?, (*name).to_owned()));
    Ok(BRANCHES.iter().find_map(found))
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}
