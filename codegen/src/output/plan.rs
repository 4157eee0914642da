//! Compares generated files with existing ones, to find the files to create, update and delete, and
//! conflicts.

use std::collections::BTreeMap;
use std::fmt;
use std::io;

use super::tree::{Entry, Tree};
use crate::render::{MARK, RenderedFile};

/// The changes to make, in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    changes: Vec<Change>,
}

/// The change of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is what its name says")]
pub enum Change {
    /// The file does not exist yet.
    Create { path: String, text: String },
    /// Its content differs.
    Update { path: String, old: String, text: String },
    /// It was generated before and no longer is.
    Delete { path: String, old: String },
}

/// Why a file can't be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The path has a file that we did not generate.
    NotOurs(String),
    /// The path has a symbolic link or something else that is not a file, or a file where a folder
    /// is needed.
    NotAFile(String),
    /// The path leaves the folder, or two files have the same path.
    BadPath(String),
}

/// Why there is no plan.
#[derive(Debug)]
pub enum PlanError {
    /// The folder can't be read.
    Read(io::Error),
    /// All files that are in the way.
    Conflicts(Vec<Conflict>),
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs(path) => {
                write!(f, "{path} was not generated: its first line lacks `{MARK}`; move it out of the way")
            }
            Self::NotAFile(path) => write!(f, "{path} is not a regular file; remove it"),
            Self::BadPath(path) => write!(f, "{path} is not a path for one generated file"),
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "the output folder can't be read: {error}"),
            Self::Conflicts(conflicts) => {
                let conflicts: Vec<String> = conflicts.iter().map(ToString::to_string).collect();
                f.write_str(&conflicts.join("; "))
            }
        }
    }
}

impl std::error::Error for PlanError {}

impl Change {
    /// Path below the folder.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Create { path, .. } | Self::Update { path, .. } | Self::Delete { path, .. } => path,
        }
    }

    /// `create`, `update` or `delete`.
    #[must_use]
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Create { .. } => "create",
            Self::Update { .. } => "update",
            Self::Delete { .. } => "delete",
        }
    }
}

impl Plan {
    /// Compares `files` with the tree. Files of the tree that have our mark and are not among
    /// `files` are deleted.
    ///
    /// # Errors
    /// If the tree cannot be read, or if files that were not generated are in the way.
    pub fn new(files: &[RenderedFile], tree: &dyn Tree) -> Result<Self, PlanError> {
        Self::within(files, tree, |_| true)
    }

    /// Plans a part of the tree. Files and folders are left alone if `concerned` returns `false`
    /// for their path. Paths of folders end with `/`.
    ///
    /// # Errors
    /// Those of [`Plan::new`].
    pub fn within(
        files: &[RenderedFile],
        tree: &dyn Tree,
        concerned: impl Fn(&str) -> bool,
    ) -> Result<Self, PlanError> {
        let mut there = tree.entries(&concerned).map_err(PlanError::Read)?;
        let mut conflicts = Vec::new();
        let mut changes = Vec::new();
        let wanted = wanted(files, &mut conflicts);
        for (path, text) in &wanted {
            conflicts.extend(file_above(path, &there));
            match there.remove(*path) {
                None => changes.push(Change::Create { path: (*path).to_owned(), text: (*text).to_owned() }),
                Some(Entry::Other) => conflicts.push(Conflict::NotAFile((*path).to_owned())),
                // A file without our mark is read only if it may be equal.
                Some(Entry::File { bytes, ours: false }) if bytes != text.len() as u64 => {
                    conflicts.push(Conflict::NotOurs((*path).to_owned()));
                }
                Some(Entry::File { ours, .. }) => match tree.read(path).map_err(PlanError::Read)? {
                    old if old == text.as_bytes() => {}
                    _ if !ours => conflicts.push(Conflict::NotOurs((*path).to_owned())),
                    old => {
                        let old = String::from_utf8_lossy(&old).into_owned();
                        changes.push(Change::Update { path: (*path).to_owned(), old, text: (*text).to_owned() });
                    }
                },
            }
        }
        for path in there.into_iter().filter_map(orphan) {
            let old = tree.read(&path).map_err(PlanError::Read)?;
            changes.push(Change::Delete { path, old: String::from_utf8_lossy(&old).into_owned() });
        }
        if !conflicts.is_empty() {
            return Err(PlanError::Conflicts(conflicts));
        }
        changes.sort_by(|a, b| a.path().cmp(b.path()));
        Ok(Self { changes })
    }

    /// Adds the change of a file that belongs to its owner and so has no header: from its old text,
    /// if it exists, to a new one.
    #[must_use]
    pub fn with_owned(mut self, path: &str, old: Option<String>, text: String) -> Self {
        let path = path.to_owned();
        match old {
            Some(old) if old == text => {}
            Some(old) => self.changes.push(Change::Update { path, old, text }),
            None => self.changes.push(Change::Create { path, text }),
        }
        self.changes.sort_by(|a, b| a.path().cmp(b.path()));
        self
    }

    /// The changes of the wanted paths.
    #[must_use]
    pub fn only(&self, is_wanted: impl Fn(&str) -> bool) -> Self {
        Self { changes: self.changes.iter().filter(|change| is_wanted(change.path())).cloned().collect() }
    }

    /// Whether there is nothing to change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes, by path.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Carries out the changes.
    ///
    /// # Errors
    /// If a file can't be written, replaced or removed.
    pub fn apply(&self, tree: &mut dyn Tree) -> io::Result<()> {
        let mut written = Vec::new();
        let mut removed = Vec::new();
        for change in &self.changes {
            match change {
                Change::Create { path, text } | Change::Update { path, text, .. } => {
                    written.push((path.as_str(), text.as_str()));
                }
                Change::Delete { path, .. } => removed.push(path.as_str()),
            }
        }
        tree.replace(&written, &removed)
    }
}

/// The files by path. Each path must stay below the folder and occur once.
fn wanted<'f>(files: &'f [RenderedFile], conflicts: &mut Vec<Conflict>) -> BTreeMap<&'f str, &'f str> {
    let mut wanted = BTreeMap::new();
    for file in files {
        let stays =
            file.path.split('/').all(|name| !matches!(name, "" | "." | "..") && !name.contains(['\\', ':', '\0']));
        if !stays || wanted.insert(file.path.as_str(), file.text.as_str()).is_some() {
            conflicts.push(Conflict::BadPath(file.path.clone()));
        }
    }
    wanted
}

/// A file or link where a folder is needed.
fn file_above(path: &str, there: &BTreeMap<String, Entry>) -> Option<Conflict> {
    path.match_indices('/')
        .filter_map(|(end, _)| path.get(..end))
        .find(|above| there.contains_key(*above))
        .map(|above| Conflict::NotAFile(above.to_owned()))
}

/// The path, if the file was generated.
fn orphan((path, entry): (String, Entry)) -> Option<String> {
    matches!(entry, Entry::File { ours: true, .. }).then_some(path)
}
