//! Where things are: the workspace that the command was started in, and the providers it bundles.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The workspace that holds `specs/` and `generated-client/`.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the workspace upwards from the current directory, else the one this program was built in.
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
            .map(|root| Self { root: root.canonicalize().unwrap_or(root) })
            .ok_or_else(|| {
                io::Error::new(io::ErrorKind::NotFound, "no workspace with a `specs` folder here or above; run the command inside it")
            })
    }

    /// The folder that holds `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
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
