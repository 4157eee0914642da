//! Reads files; nothing else in this crate does.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};

use super::Limits;

/// Reads files by path; `/` separates folders on every system.
pub trait Reader {
    /// The bytes of a file.
    ///
    /// # Errors
    /// The error of the system if the file cannot be read, [`ErrorKind::FileTooLarge`] if it is too
    /// large.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;
}

/// Reads regular files from the disk, up to the default of [`Limits::file_bytes`].
///
/// Devices and pipes are refused before they are opened: a document could name one that never ends,
/// or one that blocks.
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

/// Reads everything, or fails if it is more than `limit`. The size in the file system is not used,
/// since it can be wrong or grow.
fn at_most(file: impl io::Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        let message = format!("the file has more bytes than the limit of {} MiB", limit >> 20);
        return Err(io::Error::new(ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// Reads from memory; for tests and fuzzing.
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

    use super::{FileReader, Reader, at_most};

    #[test]
    fn a_regular_file_is_read_and_a_folder_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        std::fs::write(path("a.yaml"), "a: 1\n").unwrap();
        assert_eq!(FileReader.read(&path("a.yaml")).unwrap(), b"a: 1\n");
        assert_eq!(FileReader.read(&path("")).unwrap_err().kind(), ErrorKind::IsADirectory);
        assert_eq!(FileReader.read(&path("none")).unwrap_err().kind(), ErrorKind::NotFound);
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
