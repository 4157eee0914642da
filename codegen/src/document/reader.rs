//! Reads files. Nothing else in this crate does.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::Limits;

/// Reads files by path; `/` separates folders on every system.
pub trait Reader {
    /// The bytes of a file.
    ///
    /// # Errors
    /// The error of the system if the file cannot be read, or [`ErrorKind::FileTooLarge`] if it is
    /// too large.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;
}

/// Reads regular files from the disk, up to the default of [`Limits::file_bytes`].
///
/// Devices and pipes are refused before they are opened, because a document could name one that
/// never ends or that blocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileReader;

impl Reader for FileReader {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let kind = fs::metadata(path)?;
        if kind.is_dir() {
            return Err(io::Error::new(ErrorKind::IsADirectory, "this is a folder"));
        }
        if !kind.is_file() {
            return Err(io::Error::new(ErrorKind::InvalidInput, "this is not a regular file"));
        }
        at_most(File::open(path)?, Limits::default().file_bytes)
    }
}

/// Reads files like [`FileReader`], but only those in certain folders, whatever links lead to them.
/// The author of a document chooses the files to which it refers, and the author may be unknown.
#[derive(Clone, Debug, Default)]
pub struct ConfinedReader {
    roots: Vec<PathBuf>,
}

impl ConfinedReader {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Also reads the files in a folder, or a single file.
    ///
    /// # Errors
    /// If it does not exist.
    pub fn allow(mut self, root: &Path) -> io::Result<Self> {
        self.roots.push(fs::canonicalize(if root.as_os_str().is_empty() { Path::new(".") } else { root })?);
        Ok(self)
    }

    /// Also reads a document and the files in its folder.
    #[must_use]
    pub fn allow_document(mut self, document: &Path) -> Self {
        let folder = document.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // A missing path is reported when it is read.
        self.roots.extend([folder, document].into_iter().filter_map(|path| fs::canonicalize(path).ok()));
        self
    }
}

impl Reader for ConfinedReader {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let found = fs::canonicalize(path);
        let outside = || {
            let message = "it is outside of the folders that a document may refer to; `--allow-read` adds a folder";
            Err(io::Error::new(ErrorKind::InvalidInput, message))
        };
        match found {
            Ok(found) if self.roots.iter().any(|root| found.starts_with(root)) => FileReader.read(path),
            Ok(_) => outside(),
            // The error does not reveal whether a file outside exists, either.
            Err(_) if !self.may_hold(Path::new(path)) => outside(),
            Err(error) => Err(error),
        }
    }
}

impl ConfinedReader {
    /// Whether a path that leads to no file would lead into a folder that may be read.
    fn may_hold(&self, path: &Path) -> bool {
        let nearest = path.ancestors().skip(1).find_map(|folder| {
            fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()
        });
        self.roots.is_empty() || nearest.is_some_and(|folder| self.roots.iter().any(|root| folder.starts_with(root)))
    }
}

/// Reads everything, or fails if there is more than `limit`. The size in the file system is not
/// used, since it can be wrong or grow.
fn at_most(file: impl io::Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        let message = format!("the file has more bytes than the limit of {} MiB", limit >> 20);
        return Err(io::Error::new(ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// Reads from memory, for tests and fuzzing.
#[derive(Clone, Debug, Default)]
pub struct MemoryReader {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryReader {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), bytes.into());
        self
    }
}

impl Reader for MemoryReader {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no such file"))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind};

    use std::path::Path;

    use super::{ConfinedReader, FileReader, Reader, at_most};

    #[test]
    fn a_regular_file_is_read_and_a_folder_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        std::fs::write(path("a.yaml"), "a: 1\n").unwrap();
        assert_eq!(FileReader.read(&path("a.yaml")).unwrap(), b"a: 1\n");
        assert_eq!(FileReader.read(&path("")).unwrap_err().kind(), ErrorKind::IsADirectory);
        assert_eq!(FileReader.read(&path("none")).unwrap_err().kind(), ErrorKind::NotFound);
    }

    #[test]
    fn only_files_in_the_allowed_folders_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        std::fs::create_dir_all(path("in/deep")).unwrap();
        std::fs::create_dir_all(path("inner")).unwrap();
        for name in ["in/a.yaml", "in/deep/b.yaml", "inner/c.yaml", "d.yaml"] {
            std::fs::write(path(name), name).unwrap();
        }
        let reader = ConfinedReader::new().allow_document(Path::new(&path("in/a.yaml")));
        for name in ["in/a.yaml", "in/deep/b.yaml", "in/deep/../a.yaml"] {
            assert!(reader.read(&path(name)).is_ok(), "{name}");
        }
        for name in ["in/../d.yaml", "inner/c.yaml", "d.yaml", "none.yaml", "in/../none.yaml"] {
            assert_eq!(reader.read(&path(name)).unwrap_err().kind(), ErrorKind::InvalidInput, "{name}");
        }
        assert_eq!(reader.read("/etc/passwd").unwrap_err().kind(), ErrorKind::InvalidInput);
        assert_eq!(reader.read(&path("in/none.yaml")).unwrap_err().kind(), ErrorKind::NotFound);
        let wider = reader.allow(Path::new(&path("inner"))).unwrap().allow(Path::new(&path("d.yaml"))).unwrap();
        assert!(wider.read(&path("inner/c.yaml")).is_ok() && wider.read(&path("d.yaml")).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_outside() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        std::fs::create_dir_all(path("in")).unwrap();
        std::fs::write(path("in/a.yaml"), "a").unwrap();
        std::fs::write(path("secret.yaml"), "b").unwrap();
        std::os::unix::fs::symlink(path("secret.yaml"), path("in/link.yaml")).unwrap();
        let reader = ConfinedReader::new().allow_document(Path::new(&path("in/a.yaml")));
        assert_eq!(reader.read(&path("in/link.yaml")).unwrap_err().kind(), ErrorKind::InvalidInput);
    }

    #[cfg(unix)]
    #[test]
    fn devices_and_pipes_are_refused_unopened() {
        assert_eq!(FileReader.read("/dev/zero").unwrap_err().kind(), ErrorKind::InvalidInput);
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.yaml");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        // Opening a pipe would wait for a writer.
        assert_eq!(FileReader.read(&pipe.to_string_lossy()).unwrap_err().kind(), ErrorKind::InvalidInput);
    }

    #[test]
    fn an_endless_file_is_read_up_to_the_limit() {
        let error = at_most(io::repeat(b'a'), 3 << 20).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        assert!(error.to_string().contains("3 MiB"), "{error}");
        assert_eq!(at_most(&b"abc"[..], 3).unwrap(), b"abc");
    }
}
