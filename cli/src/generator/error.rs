//! The reasons why nothing is generated.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use specwright_codegen::output::PlanError;
use specwright_codegen::output::manifest::ManifestError;
use specwright_codegen::render::RenderError;

/// Why nothing is generated.
#[non_exhaustive]
pub enum Error {
    /// The document has errors. The text shows them with their locations.
    Document(String),
    /// The name can't be the name of a module.
    Name {
        /// The name.
        name: String,
        /// A similar name that can be.
        valid: String,
    },
    /// A folder can't be found.
    Folder(PathBuf, io::Error),
    /// A manifest can't be read or must be changed by hand.
    Manifest(PathBuf, String),
    /// The output folder can't be read, or a file is in the way.
    Plan(PathBuf, PlanError),
    /// A file below a folder can't be written.
    Write(String, io::Error),
    /// The generator printed invalid Rust, which is a bug whatever the document is.
    Bug(RenderError),
}

impl Error {
    pub(super) fn manifest(folder: &Path, error: &ManifestError) -> Self {
        Self::Manifest(folder.join("Cargo.toml"), error.to_string())
    }

    pub(super) fn plan(folder: &Path, error: PlanError) -> Self {
        Self::Plan(folder.to_path_buf(), error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(text) => f.write_str(text.trim_end()),
            Self::Name { name, valid } => write!(f, "`{name}` can't be the name of a module; `{valid}` can"),
            Self::Folder(folder, error) => write!(f, "can't find the folder {}: {error}", folder.display()),
            Self::Manifest(path, message) => write!(f, "{}: {message}", path.display()),
            Self::Plan(folder, error) => write!(f, "{}: {error}", folder.display()),
            Self::Write(folder, error) => write!(f, "{folder}: {error}"),
            Self::Bug(error) => error.fmt(f),
        }
    }
}

/// A build script that returns the error prints it with `Debug`, so that text is written for
/// people.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}

impl From<RenderError> for Error {
    fn from(error: RenderError) -> Self {
        Self::Bug(error)
    }
}
