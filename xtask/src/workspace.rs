//! Where things are: the workspace that the command was started in, and the providers it bundles.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use specwright_codegen::document::{FileReader, Reader};

/// The workspace that holds `specs/` and `generated-client/`.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
    is_elsewhere: bool,
}

impl Workspace {
    /// Finds the workspace upwards from the current directory, else the one this program was built
    /// in.
    ///
    /// # Errors
    ///
    /// If neither has a `specs` folder beside a `Cargo.toml`.
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
                    "no workspace with a `specs` folder here or above; run the command inside it",
                )
            })
    }

    /// Whether it is not around the current directory: the one this program was built in, for want
    /// of another.
    pub fn is_elsewhere(&self) -> bool {
        self.is_elsewhere
    }

    /// The folder that holds `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Reads files by their path in the workspace, so that messages name them alike wherever a
    /// command starts.
    pub fn reader(&self) -> impl Reader + Send + Sync + use<> {
        Below(self.root.clone())
    }

    /// The names of the bundled providers, sorted: folders in `specs/` with a `provider.toml`.
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

/// Files below a folder.
struct Below(PathBuf);

impl Reader for Below {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        FileReader.read(&self.0.join(path).to_string_lossy())
    }
}
