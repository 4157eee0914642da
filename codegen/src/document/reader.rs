//! The only way from a document to files.

use std::collections::BTreeMap;
use std::{fs, io};

/// Reads files by path; `/` separates folders on every system.
pub trait Reader {
    /// The bytes of a file.
    ///
    /// # Errors
    /// What the system says when the file cannot be read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;
}

/// Reads from the disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileReader;

impl Reader for FileReader {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(path)
    }
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

    /// With one more file.
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
