//! Reads files as they were in a git revision.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::document::Reader;

/// The files of one revision.
#[derive(Clone, Debug)]
pub struct At {
    root: PathBuf,
    commit: String,
}

impl At {
    /// Finds the revision.
    ///
    /// # Errors
    ///
    /// If git does not know it.
    pub fn new(root: &Path, revision: &str) -> Result<Self, String> {
        let name = format!("{revision}^{{commit}}");
        let output = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name])
            .map_err(|error| format!("git: {error}"))?;
        let commit = String::from_utf8_lossy(&output).trim().to_owned();
        if commit.is_empty() {
            return Err(format!("git knows no revision `{revision}`"));
        }
        Ok(Self { root: root.to_path_buf(), commit })
    }
}

impl Reader for At {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let inside = path.strip_prefix("./").unwrap_or(path);
        let bytes = git(&self.root, &["show", &format!("{}:./{inside}", self.commit)])?;
        Ok(bytes)
    }
}

fn git(root: &Path, arguments: &[&str]) -> io::Result<Vec<u8>> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output()?;
    if output.status.success() || arguments.contains(&"rev-parse") {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(io::Error::new(io::ErrorKind::NotFound, message))
}
