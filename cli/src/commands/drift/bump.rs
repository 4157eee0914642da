//! Compares the version of a generated crate with the drift since a revision.

use specwright_codegen::document::Reader;
use specwright_codegen::drift::{Bump, Config, Drift, Finding};
use specwright_codegen::text;

use crate::git;
use crate::project::Project;

/// The maximum number of findings that are listed as reasons.
const REASONS: usize = 10;

/// The step from one version to the next, and the bump that the drift requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionStep {
    /// The folder of the crate.
    pub package: String,
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
    /// If the project has no crate, or a manifest can't be read or has no version.
    pub fn new(project: &dyn Project, base: &str, config: &Config, drift: &Drift) -> Result<Self, String> {
        let package = project.package().ok_or("the project has no crate whose version could follow")?;
        let old = version(&git::Revision::new(project.root(), base)?, package)?;
        let new = version(&*project.reader(), package)?;
        let bump = drift.bump();
        let fits =
            bump.fits(&old, &new).ok_or_else(|| format!("`{old}` or `{new}` is not a version such as `1.2.3`"))?;
        let excuse = config.excuse(&old, bump).map(ToOwned::to_owned);
        Ok(Self { package: package.to_owned(), old, new, bump, fits, excuse })
    }

    /// Whether the step is large enough, or a smaller one is accepted.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.fits || self.excuse.is_some()
    }

    /// The smallest version that is large enough.
    #[must_use]
    pub fn needed(&self) -> String {
        self.bump.next(&self.old).unwrap_or_default()
    }

    /// Describes the step in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        let Self { package, old, new, bump, .. } = self;
        let bump = bump.as_str();
        match &self.excuse {
            _ if self.fits && old == new => {
                format!("the version of {package} may stay {new}: the drift requires no bump")
            }
            _ if self.fits => {
                format!("the version of {package} moved from {old} to {new}, which is enough for this drift")
            }
            Some(reason) => format!(
                "the version of {package} is {new}, although a {bump} drift since {old} requires {}; accepted: {reason}",
                self.needed()
            ),
            None => format!(
                "the version of {package} is {new}, but a {bump} drift since {old} requires at least {}",
                self.needed()
            ),
        }
    }
}

/// The findings that require the bump, with the most severe first; at most `REASONS`.
#[must_use]
pub fn reasons(drift: &Drift, program: &str) -> Vec<String> {
    let bump = drift.bump();
    let all = drift.findings.iter().chain(drift.ignored.iter().map(|(finding, _)| finding));
    let forcing: Vec<&Finding> = all.filter(|finding| Bump::of_one(finding) == bump).collect();
    let line = |finding: &&Finding| {
        let owner = finding.operation.as_deref().map(|operation| format!(" ({operation})")).unwrap_or_default();
        text::line(&format!("{}: {}{owner} [{}]", finding.new, finding.message, finding.id())).into_owned()
    };
    let mut lines: Vec<String> = forcing.iter().take(REASONS).map(line).collect();
    if forcing.len() > REASONS {
        lines.push(format!("and {} more; `{program} drift --since` lists all", forcing.len() - REASONS));
    }
    lines.extend(drift.notes.iter().cloned());
    lines
}

/// The version of the generated crate. In old revisions, it is inherited from the workspace.
fn version(files: &dyn Reader, package: &str) -> Result<String, String> {
    let path = format!("{package}/Cargo.toml");
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
