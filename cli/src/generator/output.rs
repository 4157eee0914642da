//! The results of a generator, and the changes that it would write.

use std::path::{Path, PathBuf};

use specwright_codegen::output::{Change, Directory, Plan};
use specwright_codegen::pipeline::Generation;

use super::{Error, path};

/// The list of public items, next to the output.
pub const SURFACE: &str = "api.txt";

/// The results of a generator, and the changes that it would write.
#[derive(Debug)]
#[must_use = "nothing is written before `write`"]
pub struct Output {
    generation: Generation,
    parts: Vec<Part>,
    lacking: Option<Lacking>,
}

/// The changes of one folder.
#[derive(Debug)]
pub struct Part {
    /// The folder in the form that messages show.
    shown: String,
    directory: Directory,
    plan: Plan,
}

/// Dependencies that a crate lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// Its manifest.
    pub manifest: PathBuf,
    /// The lines of `[dependencies]`.
    pub lines: Vec<String>,
}

impl Part {
    pub(super) fn new(folder: &Path, directory: Directory, plan: Plan) -> Self {
        Self { shown: path::slashes(folder), directory, plan }
    }
}

impl Output {
    pub(super) fn new(generation: Generation, parts: Vec<Part>) -> Self {
        Self { generation, parts, lacking: None }
    }

    /// The output for a document with errors.
    pub(super) fn nothing(generation: Generation) -> Self {
        Self::new(generation, Vec::new())
    }

    pub(super) fn with_lacking(self, lacking: Option<Lacking>) -> Self {
        Self { lacking, ..self }
    }

    /// The API, diagnostics and figures. A document with errors has no API, and nothing is written.
    #[must_use]
    pub fn generation(&self) -> &Generation {
        &self.generation
    }

    /// Whether every file is up to date.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.parts.iter().all(|part| part.plan.is_empty())
    }

    /// The changes: `create`, `update` or `delete`, and the path.
    pub fn changes(&self) -> impl Iterator<Item = (&'static str, String)> {
        let named = |part: &Part, change: &Change| (change.verb(), path::join(&part.shown, change.path()));
        self.parts.iter().flat_map(move |part| part.plan.changes().iter().map(move |change| named(part, change)))
    }

    /// The changes as unified diffs.
    #[must_use]
    pub fn diff(&self) -> String {
        self.parts.iter().map(|part| part.plan.diff(&part.shown)).collect()
    }

    /// The changes to the lists of public items, as unified diffs.
    #[must_use]
    pub fn surface_diff(&self) -> String {
        self.parts.iter().map(|part| part.plan.only(|path| path == SURFACE).diff(&part.shown)).collect()
    }

    /// The dependencies that the crate of a module lacks.
    #[must_use]
    pub fn lacking(&self) -> Option<&Lacking> {
        self.lacking.as_ref()
    }

    /// Keeps only the changes to manifests.
    pub fn only_manifests(mut self) -> Self {
        for part in &mut self.parts {
            part.plan = part.plan.only(|path| path == "Cargo.toml");
        }
        self
    }

    /// Writes the changes.
    ///
    /// # Errors
    ///
    /// If a file can't be written.
    pub fn write(&mut self) -> Result<(), Error> {
        for Part { shown, directory, plan } in &mut self.parts {
            plan.apply(directory).map_err(|error| Error::Write(shown.clone(), error))?;
        }
        Ok(())
    }
}
