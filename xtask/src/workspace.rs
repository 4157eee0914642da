//! Finds the workspace and lists the providers that it bundles.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use specwright_codegen::document::{ConfinedReader, Reader};

/// A workspace with `specs/` and `generated-client/`.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
    is_elsewhere: bool,
}

impl Workspace {
    /// Finds the workspace around the current directory, else the one that this program was built
    /// in.
    ///
    /// # Errors
    ///
    /// If neither is a folder with `specs` and `Cargo.toml`.
    pub fn find() -> io::Result<Self> {
        let here = env::current_dir()?;
        let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        here.ancestors()
            .map(Path::to_path_buf)
            .chain([built])
            .find(|folder| folder.join("specs").is_dir() && folder.join("Cargo.toml").is_file())
            .map(|root| Self { is_elsewhere: !here.starts_with(&root), root: root.canonicalize().unwrap_or(root) })
            .ok_or_else(|| {
                io::Error::new(
                    io::ErrorKind::NotFound,
                    "there is no workspace with a `specs` folder here or above; run the command inside one",
                )
            })
    }

    /// Whether the current directory is outside of it.
    pub fn is_elsewhere(&self) -> bool {
        self.is_elsewhere
    }

    /// The folder that holds `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A reader of paths relative to the workspace, so that messages do not depend on the current
    /// directory.
    pub fn reader(&self) -> impl Reader + Send + Sync + use<> {
        // A workspace that is not there has no files.
        let reader = ConfinedReader::new().allow(&self.root).unwrap_or_default();
        FolderReader { folder: self.root.clone(), reader }
    }

    /// The names of the bundled providers, sorted. A provider is a folder in `specs/` with a
    /// `provider.toml`.
    ///
    /// # Errors
    ///
    /// If `specs/` can't be read.
    pub fn providers(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.root.join("specs"))? {
            let entry = entry?;
            if entry.path().join("provider.toml").is_file() {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        names.sort();
        Ok(names)
    }
}

/// Reads files below a folder, and no others.
struct FolderReader {
    folder: PathBuf,
    reader: ConfinedReader,
}

impl Reader for FolderReader {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.reader.read(&self.folder.join(path).to_string_lossy())
    }
}
