//! Where generated code gets `specwright-runtime` from.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use specwright_codegen::emit::scaffold::Dependency;

use super::{Error, path};

/// The source of the package `specwright-runtime`.
///
/// ```
/// use specwright::RuntimeSource;
///
/// assert_eq!("path:../runtime".parse(), Ok(RuntimeSource::Path("../runtime".into())));
/// assert_eq!("0.1".parse(), Ok(RuntimeSource::Version("0.1".to_owned())));
/// assert!("runtime".parse::<RuntimeSource>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuntimeSource {
    /// The registry, with this version requirement.
    Version(String),
    /// A folder. A relative path starts from the current folder, and is written relative to the crate.
    Path(PathBuf),
    /// A git repository, with a revision or its default branch.
    Git {
        /// The URL.
        url: String,
        /// A commit, tag or branch.
        revision: Option<String>,
    },
}

/// The version of this crate, because generator and runtime are released together.
impl Default for RuntimeSource {
    fn default() -> Self {
        Self::Version(env!("CARGO_PKG_VERSION").to_owned())
    }
}

impl RuntimeSource {
    /// The dependency of a crate in this folder.
    pub(super) fn dependency_of(&self, folder: &Path) -> Result<Dependency, Error> {
        let absolute = |path: &Path| path::absolute(path).map_err(|error| Error::Folder(path.to_path_buf(), error));
        Ok(match self {
            Self::Version(version) => Dependency::Version(version.clone()),
            // A user who writes an absolute path can still move the crate.
            Self::Path(path) if path.is_absolute() => Dependency::Path(path::slashes(path)),
            Self::Path(path) => Dependency::Path(path::relative(&absolute(folder)?, &absolute(path)?)),
            Self::Git { url, revision } => Dependency::Git { url: url.clone(), revision: revision.clone() },
        })
    }
}

impl FromStr for RuntimeSource {
    type Err = UnknownSource;

    fn from_str(text: &str) -> Result<Self, UnknownSource> {
        if let Some(path) = text.strip_prefix("path:").filter(|path| !path.is_empty()) {
            return Ok(Self::Path(path.into()));
        }
        if let Some(rest) = text.strip_prefix("git:").filter(|rest| !rest.is_empty()) {
            let (url, revision) = rest.split_once('#').map_or((rest, None), |(url, revision)| (url, Some(revision)));
            return Ok(Self::Git { url: url.to_owned(), revision: revision.map(ToOwned::to_owned) });
        }
        let digits = text.trim_start_matches(['^', '=', '~', '>', ' ']);
        let is_version = digits.starts_with(|first: char| first.is_ascii_digit()) && !text.contains(['/', '\\']);
        if is_version { Ok(Self::Version(text.to_owned())) } else { Err(UnknownSource) }
    }
}

/// A text that does not name a source of the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownSource;

impl fmt::Display for UnknownSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the source of the runtime is a version such as `0.1`, `path:DIR`, `git:URL` or `git:URL#REV`")
    }
}

impl std::error::Error for UnknownSource {}
