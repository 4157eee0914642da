//! Holds the version of the generated crate against what changed since a revision.

use specwright_codegen::document::Reader;
use specwright_codegen::drift::{Bump, Config, Drift, Finding};

use super::git;
use crate::workspace::Workspace;

/// The crate that is validated.
pub const CRATE: &str = "generated-client";
/// How many findings are told as the reason.
const REASONS: usize = 10;

/// How far the version moved, and how far it had to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The version at the base.
    pub was: String,
    /// The version in the working tree.
    pub is: String,
    /// What the drift asks for.
    pub bump: Bump,
    /// Whether the version moved far enough.
    fits: bool,
    /// Why it need not, from `drift.toml`.
    excuse: Option<String>,
}

impl Step {
    /// Compares the versions at a revision and in the working tree.
    ///
    /// # Errors
    ///
    /// If a manifest can't be read or says no version.
    pub fn new(workspace: &Workspace, base: &str, config: &Config, drift: &Drift) -> Result<Self, String> {
        let was = version(&git::At::new(workspace.root(), base)?)?;
        let is = version(&workspace.reader())?;
        let bump = drift.bump();
        let fits = bump.fits(&was, &is).ok_or_else(|| format!("`{was}` or `{is}` is no version such as `1.2.3`"))?;
        let excuse = config.excuse(&was, bump).map(ToOwned::to_owned);
        Ok(Self { was, is, bump, fits, excuse })
    }

    /// Whether nothing has to be done.
    pub fn holds(&self) -> bool {
        self.fits || self.excuse.is_some()
    }

    /// The version that would be far enough.
    pub fn needed(&self) -> String {
        self.bump.next(&self.was).unwrap_or_default()
    }

    /// What there is to say about it, in one sentence.
    pub fn said(&self) -> String {
        let Self { was, is, bump, .. } = self;
        let bump = bump.as_str();
        match &self.excuse {
            _ if self.fits && was == is => format!("the version of {CRATE} may stay {is}: the drift asks for no bump"),
            _ if self.fits => format!("the version of {CRATE} moved from {was} to {is}, far enough for this drift"),
            Some(reason) => format!(
                "the version of {CRATE} is {is}, smaller than {} that a {bump} drift since {was} asks for; accepted: {reason}",
                self.needed()
            ),
            None => format!(
                "the version of {CRATE} is {is}, but a {bump} drift since {was} asks for {} at least",
                self.needed()
            ),
        }
    }
}

/// The findings that ask for the bump, gravest first, shortened.
pub fn reasons(drift: &Drift) -> Vec<String> {
    let bump = drift.bump();
    let all = drift.findings.iter().chain(drift.ignored.iter().map(|(finding, _)| finding));
    let forcing: Vec<&Finding> = all.filter(|finding| Bump::of_one(finding) == bump).collect();
    let line = |finding: &&Finding| {
        let whose = finding.operation.as_deref().map(|operation| format!(" ({operation})")).unwrap_or_default();
        format!("{}: {}{whose} [{}]", finding.new, finding.message, finding.id())
    };
    let mut lines: Vec<String> = forcing.iter().take(REASONS).map(line).collect();
    if forcing.len() > REASONS {
        lines.push(format!("and {} more; `cargo xtask drift --since` tells all", forcing.len() - REASONS));
    }
    lines.extend(drift.notes.iter().cloned());
    lines
}

/// The version of the generated crate, which the workspace may say for all.
fn version(files: &dyn Reader) -> Result<String, String> {
    let path = format!("{CRATE}/Cargo.toml");
    let manifest = table(files, &path)?;
    let own = manifest.get("package").and_then(|package| package.get("version")?.as_str().map(ToOwned::to_owned));
    if let Some(version) = own {
        return Ok(version);
    }
    let root = table(files, "Cargo.toml")?;
    let shared = root.get("workspace").and_then(|workspace| workspace.get("package")?.get("version")?.as_str());
    shared.map(ToOwned::to_owned).ok_or_else(|| format!("{path} says no version"))
}

fn table(files: &dyn Reader, path: &str) -> Result<toml::Table, String> {
    let bytes = files.read(path).map_err(|error| format!("{path}: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|error| format!("{path}: {error}"))?;
    text.parse().map_err(|error| format!("{path}: {error}"))
}
