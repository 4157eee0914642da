//! A folder of files, on disk or in memory, with the operations that plans need.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::apply;

/// What a path of a [`Tree`] has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A regular file.
    File(Vec<u8>),
    /// A symbolic link, a device or another entry that is never written.
    Other,
}

/// A folder of files; paths are relative and have `/`.
pub trait Tree {
    /// All entries that are not folders, at any depth; links are not followed. Empty if the folder
    /// does not exist.
    ///
    /// # Errors
    /// If a folder or file can't be read.
    fn entries(&self) -> io::Result<BTreeMap<String, Entry>>;

    /// Writes some files and removes others; if it fails, it has changed nothing as far as the
    /// system allows.
    ///
    /// # Errors
    /// If a file can't be written, replaced or removed.
    fn replace(&mut self, written: &[(&str, &str)], removed: &[&str]) -> io::Result<()>;
}

/// A folder on disk.
#[derive(Clone, Debug)]
pub struct Directory {
    root: PathBuf,
}

impl Directory {
    /// The folder at `root`, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The text of a file that belongs to its owner; `None` if there is none.
    ///
    /// # Errors
    /// If it is no regular file of text.
    pub fn owned(&self, path: &str) -> io::Result<Option<String>> {
        let path = self.root.join(path);
        match std::fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_file() => std::fs::read_to_string(path).map(Some),
            Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a regular file")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Tree for Directory {
    fn entries(&self) -> io::Result<BTreeMap<String, Entry>> {
        let mut entries = BTreeMap::new();
        match std::fs::symlink_metadata(&self.root) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => {
                return Err(io::Error::new(
                    io::ErrorKind::NotADirectory,
                    "the output folder is a file or a symbolic link",
                ));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(entries),
            Err(error) => return Err(error),
        }
        let mut open: Vec<(PathBuf, String)> = vec![(self.root.clone(), String::new())];
        while let Some((folder, prefix)) = open.pop() {
            for child in std::fs::read_dir(&folder)? {
                let child = child?;
                // Names that are not UTF-8 are never generated.
                let Ok(name) = child.file_name().into_string() else { continue };
                let path = format!("{prefix}{name}");
                let kind = child.file_type()?;
                if kind.is_dir() {
                    if !(prefix.is_empty() && is_foreign(&name)) {
                        open.push((child.path(), format!("{path}/")));
                    }
                } else if kind.is_file() {
                    entries.insert(path, Entry::File(std::fs::read(child.path())?));
                } else {
                    entries.insert(path, Entry::Other);
                }
            }
        }
        Ok(entries)
    }

    fn replace(&mut self, written: &[(&str, &str)], removed: &[&str]) -> io::Result<()> {
        apply::replace(Path::new(&self.root), written, removed)
    }
}

/// Folders of other tools, at the top of a generated crate.
fn is_foreign(name: &str) -> bool {
    name == "target" || name.starts_with('.')
}

/// A folder in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Path and content.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Tree for Memory {
    fn entries(&self) -> io::Result<BTreeMap<String, Entry>> {
        Ok(self.files.iter().map(|(path, bytes)| (path.clone(), Entry::File(bytes.clone()))).collect())
    }

    fn replace(&mut self, written: &[(&str, &str)], removed: &[&str]) -> io::Result<()> {
        for (path, text) in written {
            self.files.insert((*path).to_owned(), text.as_bytes().to_vec());
        }
        for path in removed {
            self.files.remove(*path);
        }
        Ok(())
    }
}
