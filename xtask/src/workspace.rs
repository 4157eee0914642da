//! Finds the workspace and lists the providers that it bundles.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use specwright::git::Revision;
use specwright::project::{ApiSource, Project};
use specwright_codegen::config::Source;
use specwright_codegen::document::{ConfinedReader, Reader};

use crate::provider::Provider;

/// The crate whose version follows the drift, relative to the workspace.
pub const PACKAGE: &str = "generated-client";

/// The folder of `specwright-runtime`, which generated crates depend on.
pub fn runtime() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime")
}

/// A workspace with `specs/` and `generated-client/`.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the workspace around the current directory.
    ///
    /// # Errors
    ///
    /// If neither this folder nor one above it has `specs` and `Cargo.toml`.
    pub fn find() -> io::Result<Self> {
        env::current_dir()?
            .ancestors()
            .find(|folder| folder.join("specs").is_dir() && folder.join("Cargo.toml").is_file())
            .map(|root| Self { root: root.canonicalize().unwrap_or_else(|_| root.to_path_buf()) })
            .ok_or_else(|| {
                io::Error::new(
                    io::ErrorKind::NotFound,
                    "there is no workspace with a `specs` folder here or above; run the command inside one",
                )
            })
    }

    /// The folder that holds `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A reader of paths relative to the workspace, so that messages do not depend on the current
    /// directory.
    pub fn reader(&self) -> impl Reader + Send + Sync + use<> {
        // A workspace that does not exist has no files.
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

impl Project for Workspace {
    fn root(&self) -> &Path {
        &self.root
    }

    fn reader(&self) -> Box<dyn Reader + Send + Sync> {
        Box::new(Self::reader(self))
    }

    fn names(&self) -> io::Result<Vec<String>> {
        self.providers()
    }

    fn names_at(&self, revision: &Revision) -> Vec<String> {
        let folders = revision.folders("specs/");
        folders.iter().filter_map(|path| path.rsplit('/').next()).map(ToOwned::to_owned).collect()
    }

    fn api(&self, files: &dyn Reader, name: &str) -> Result<ApiSource, Box<dyn Error>> {
        Provider::read(files, name).map(Provider::into_source)
    }

    fn upstream(&self, name: &str) -> Result<String, Box<dyn Error>> {
        let path = format!("specs/{name}/source.toml");
        let text = fs::read_to_string(self.root.join(&path)).map_err(|error| format!("{path}: {error}"))?;
        let source = Source::parse(&path, &text)?;
        match (source.document, source.upstream) {
            (Some(document), _) => Ok(document),
            (None, None) => Ok(source.url),
            (None, Some(upstream)) => Err(format!(
                "no document of `{name}` can be fetched: {upstream}; save the document to compare, and run \
                 `cargo xtask drift {name} --upstream FILE`"
            )
            .into()),
        }
    }

    fn package(&self) -> Option<&str> {
        Some(PACKAGE)
    }
}

/// Reads only files below a folder.
struct FolderReader {
    folder: PathBuf,
    reader: ConfinedReader,
}

impl Reader for FolderReader {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.reader.read(&self.folder.join(path).to_string_lossy())
    }
}
