//! A folder of files, on disk or in memory, with the operations that plans need.

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::apply;
use crate::render::{MARK, OLD_MARK};

/// The number of bytes at the start of a file that can contain the mark.
const HEADER: u64 = 256;

/// The entry at a path of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A regular file.
    File {
        /// Its size.
        bytes: u64,
        /// Whether its first line is our header.
        ours: bool,
    },
    /// A symbolic link, a device or another entry that is never written.
    Other,
}

/// A folder of files. Paths are relative and use `/`.
pub trait Tree {
    /// The entries that are not folders, at any depth, for whose path `concerned` returns `true`.
    /// Links are not followed. Empty if the folder does not exist. `concerned` also gets the paths
    /// of folders, which end with `/`, and those for which it returns `false` are not opened.
    ///
    /// # Errors
    /// If a folder or file can't be read.
    fn entries(&self, concerned: &dyn Fn(&str) -> bool) -> io::Result<BTreeMap<String, Entry>>;

    /// The content of a file.
    ///
    /// # Errors
    /// If the file can't be read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Writes some files and removes others. If it fails, it has changed nothing, as far as the
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
    /// The folder at `root`, which may not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The text of a file that belongs to its owner. `None` if there is no such file.
    ///
    /// # Errors
    /// If it is not a regular file of text.
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

impl Directory {
    /// Whether there is a file that was not generated.
    ///
    /// # Errors
    /// If it is not a regular file of text.
    pub fn is_owned(&self, path: &str) -> io::Result<bool> {
        Ok(self.owned(path)?.is_some_and(|text| !is_ours(text.as_bytes())))
    }
}

impl Tree for Directory {
    fn entries(&self, concerned: &dyn Fn(&str) -> bool) -> io::Result<BTreeMap<String, Entry>> {
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
                    let folder = format!("{path}/");
                    if !(prefix.is_empty() && is_foreign(&name)) && concerned(&folder) {
                        open.push((child.path(), folder));
                    }
                } else if concerned(&path) {
                    let entry = if kind.is_file() { file(&child.path())? } else { Entry::Other };
                    entries.insert(path, entry);
                }
            }
        }
        Ok(entries)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.root.join(path))
    }

    fn replace(&mut self, written: &[(&str, &str)], removed: &[&str]) -> io::Result<()> {
        apply::replace(Path::new(&self.root), written, removed)
    }
}

/// A file on disk. Only its start is read, since a folder may hold files of any size.
fn file(path: &Path) -> io::Result<Entry> {
    let file = std::fs::File::open(path)?;
    let bytes = file.metadata()?.len();
    let mut start = Vec::new();
    file.take(HEADER).read_to_end(&mut start)?;
    Ok(Entry::File { bytes, ours: is_ours(&start) })
}

/// Whether the first line is our header, with any comment mark.
fn is_ours(content: &[u8]) -> bool {
    let line = content.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let text = [b"// ".as_slice(), b"# ", b"<!-- "].iter().find_map(|comment| line.strip_prefix(*comment));
    text.is_some_and(|text| [MARK, OLD_MARK].iter().any(|mark| text.starts_with(mark.as_bytes())))
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
    fn entries(&self, concerned: &dyn Fn(&str) -> bool) -> io::Result<BTreeMap<String, Entry>> {
        let files = self.files.iter().filter(|(path, _)| concerned(path));
        let entry = |content: &[u8]| Entry::File { bytes: content.len() as u64, ours: is_ours(content) };
        Ok(files.map(|(path, content)| (path.clone(), entry(content))).collect())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
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
