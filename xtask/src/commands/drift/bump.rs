//! Compares the version of the generated crate with the drift since a revision.

use specwright_codegen::document::Reader;
use specwright_codegen::drift::{Bump, Config, Drift, Finding};
use specwright_codegen::text;

use super::git;
use crate::workspace::Workspace;

/// The crate whose version is checked.
pub const CRATE: &str = "generated-client";
/// How many findings are listed as reasons.
const REASONS: usize = 10;

/// The step from one version to the next, and the bump that the drift requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionStep {
    /// The version at the base.
    pub old: String,
    /// The version in the working tree.
    pub new: String,
    /// The bump that the drift requires.
    pub bump: Bump,
    /// Whether the step is at least that bump.
    fits: bool,
    /// The reason in `drift.toml` for a smaller bump.
    excuse: Option<String>,
}

impl VersionStep {
    /// Compares the versions at a revision and in the working tree.
    ///
    /// # Errors
    ///
    /// If a manifest can't be read or has no version.
    pub fn new(workspace: &Workspace, base: &str, config: &Config, drift: &Drift) -> Result<Self, String> {
        let old = version(&git::Revision::new(workspace.root(), base)?)?;
        let new = version(&workspace.reader())?;
        let bump = drift.bump();
        let fits =
            bump.fits(&old, &new).ok_or_else(|| format!("`{old}` or `{new}` is not a version such as `1.2.3`"))?;
        let excuse = config.excuse(&old, bump).map(ToOwned::to_owned);
        Ok(Self { old, new, bump, fits, excuse })
    }

    /// Whether the step is big enough, or a smaller one is accepted.
    pub fn is_enough(&self) -> bool {
        self.fits || self.excuse.is_some()
    }

    /// The smallest version that is big enough.
    pub fn needed(&self) -> String {
        self.bump.next(&self.old).unwrap_or_default()
    }

    /// Describes the step in one sentence.
    pub fn summary(&self) -> String {
        let Self { old, new, bump, .. } = self;
        let bump = bump.as_str();
        match &self.excuse {
            _ if self.fits && old == new => {
                format!("the version of {CRATE} may stay {new}: the drift requires no bump")
            }
            _ if self.fits => {
                format!("the version of {CRATE} moved from {old} to {new}, which is enough for this drift")
            }
            Some(reason) => format!(
                "the version of {CRATE} is {new}, although a {bump} drift since {old} requires {}; accepted: {reason}",
                self.needed()
            ),
            None => format!(
                "the version of {CRATE} is {new}, but a {bump} drift since {old} requires at least {}",
                self.needed()
            ),
        }
    }
}

/// The findings that require the bump, the most severe first; at most [`REASONS`].
pub fn reasons(drift: &Drift) -> Vec<String> {
    let bump = drift.bump();
    let all = drift.findings.iter().chain(drift.ignored.iter().map(|(finding, _)| finding));
    let forcing: Vec<&Finding> = all.filter(|finding| Bump::of_one(finding) == bump).collect();
    let line = |finding: &&Finding| {
        let owner = finding.operation.as_deref().map(|operation| format!(" ({operation})")).unwrap_or_default();
        text::line(&format!("{}: {}{owner} [{}]", finding.new, finding.message, finding.id())).into_owned()
    };
    let mut lines: Vec<String> = forcing.iter().take(REASONS).map(line).collect();
    if forcing.len() > REASONS {
        lines.push(format!("and {} more; `cargo xtask drift --since` lists all", forcing.len() - REASONS));
    }
    lines.extend(drift.notes.iter().cloned());
    lines
}

/// The version of the generated crate. In old revisions it inherits that of the workspace.
fn version(files: &dyn Reader) -> Result<String, String> {
    let path = format!("{CRATE}/Cargo.toml");
    let manifest = table(files, &path)?;
    let own = manifest.get("package").and_then(|package| package.get("version")?.as_str().map(ToOwned::to_owned));
    if let Some(version) = own {
        return Ok(version);
    }
    let root = table(files, "Cargo.toml")?;
    let shared = root.get("workspace").and_then(|workspace| workspace.get("package")?.get("version")?.as_str());
    shared.map(ToOwned::to_owned).ok_or_else(|| format!("{path} has no version"))
}

fn table(files: &dyn Reader, path: &str) -> Result<toml::Table, String> {
    let bytes = files.read(path).map_err(|error| format!("{path}: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|error| format!("{path}: {error}"))?;
    text.parse().map_err(|error| format!("{path}: {error}"))
}
