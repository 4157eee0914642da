//! Turns files into an API and its code. Only this module defines the order of the stages:
//!
//! load → bundle → overlay → validate → raise → lower → build → emit → render
//!
//! The overlay comes before validation, since it targets paths of the upstream document and repairs
//! what validation would refuse. Validation comes before raising, since it checks the document as
//! written.

use crate::config::{self, ProviderConfig};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Limits, Reader};
use crate::emit::scaffold::{Emission, Layout};
use crate::emit::{self, scaffold};
use crate::ir::{self, model::Api};
use crate::load::load_into;
use crate::lower::lower;
use crate::overlay;
use crate::raise::raise;
use crate::render::{self, RenderError, RenderedFile, render};
use crate::source::Sources;
use crate::validate::validate;

/// A document after its overlay, as upstream should have published it.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// The document.
    pub document: Document,
    /// The reports of the stages up to here.
    pub diagnostics: Diagnostics,
}

/// Why there is no document to continue with.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// The files that were read. Spans of the diagnostics point into them.
    pub sources: Sources,
    /// The faults of these files.
    pub diagnostics: Diagnostics,
}

/// A document from which an API was built, if that was possible.
#[derive(Debug)]
pub struct Built {
    /// The API. `None` if the document can't be generated; `diagnostics` has the reasons.
    pub api: Option<Api>,
    /// The document in the canonical form, or unchanged if validation found an error.
    pub document: Document,
    /// The reports of the stages up to here.
    pub diagnostics: Diagnostics,
    /// The number of operations under `paths` before the document was lowered.
    operations: usize,
}

/// The outcome for one document.
#[derive(Debug)]
pub struct Generation {
    /// The API. `None` if the document can't be generated; `diagnostics` has the reasons.
    pub api: Option<Api>,
    /// All diagnostics, sorted by location.
    pub diagnostics: Diagnostics,
    /// The files that were read. Spans of diagnostics point into them.
    pub sources: Sources,
    /// Figures for reports.
    pub statistics: Statistics,
}

/// How much of a document became code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Operations under `paths` of the document.
    pub operations: usize,
    /// Operations in the API.
    pub kept: usize,
    /// Types in the API.
    pub models: usize,
    /// Webhooks and callbacks in the API.
    pub webhooks: usize,
    /// Schemas seen: components, properties, items, alternatives, parameters, bodies.
    pub schemas: usize,
    /// Schemas that constrain their values but are kept as any JSON.
    pub untyped: usize,
    /// The version that the document names.
    pub version: String,
}

/// A generated API: its text, or why there is none.
#[derive(Debug)]
pub struct Generated {
    /// The files, relative to the folder that they belong in. Empty if the document can't be
    /// generated.
    pub files: Vec<RenderedFile>,
    /// The API, diagnostics and figures.
    pub generation: Generation,
}

/// How the files are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packaging {
    /// As a module of a crate with features `client` and `server`.
    Module,
    /// As a module of a crate without such features.
    Embedded,
    /// As a crate of its own, whose manifest belongs to its owner.
    Crate,
}

/// Reads and repairs a document: load → bundle → overlay.
///
/// # Errors
/// If the file at `path` has no document. The diagnostics give the reason.
pub fn read(path: &str, reader: &dyn Reader, overlay: Option<&str>) -> Result<Repaired, Unreadable> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let Some(mut document) = load_into(path, reader, &Limits::default(), &mut sources, &mut diagnostics) else {
        return Err(Unreadable { sources, diagnostics });
    };
    if let Some(overlay) = overlay {
        overlay::apply(&mut document, overlay, reader, &mut diagnostics);
    }
    Ok(Repaired { document, diagnostics })
}

/// Builds the API of a document: validate → raise → lower → build.
#[must_use]
pub fn build(repaired: Repaired, config: &ProviderConfig) -> Built {
    let Repaired { mut document, mut diagnostics } = repaired;
    if let Some(file) = &config.file {
        document.sources.add(file.path.clone(), file.text.clone());
    }
    validate(&document, &mut diagnostics);
    let operations = ir::count(&document);
    let mut api = None;
    if !diagnostics.has_errors() {
        let origins = raise(&mut document, &mut diagnostics);
        let mut found = Diagnostics::new();
        lower(&mut document, &mut found);
        api = Some(ir::build(&document, config, &mut found));
        diagnostics.extend(match origins {
            Some(origins) => origins.relocate(found),
            None => found,
        });
    }
    config::silence(&config.silence, |choice| config.place(choice, &document.sources), &mut diagnostics);
    // Building can reveal that `provider.toml` no longer fits the document.
    let api = api.filter(|_| !diagnostics.has_errors());
    Built { api, document, diagnostics, operations }
}

/// Reads a document and builds its API: [`read`], then [`build`].
#[must_use]
pub fn build_api(path: &str, reader: &dyn Reader, overlay: Option<&str>, config: &ProviderConfig) -> Generation {
    match read(path, reader, overlay) {
        Ok(repaired) => build(repaired, config).into_generation(),
        Err(unreadable) => unreadable.into_generation(config),
    }
}

/// Reads a document, builds its API and prints it: [`read`], [`build`], then emit → render.
///
/// # Errors
/// A defect of the generator: it printed text that is not Rust.
pub fn generate(
    path: &str,
    reader: &dyn Reader,
    overlay: Option<&str>,
    config: &ProviderConfig,
    layout: &Layout,
    packaging: Packaging,
) -> Result<Generated, RenderError> {
    let repaired = match read(path, reader, overlay) {
        Ok(repaired) => repaired,
        Err(unreadable) => {
            return Ok(Generated { files: Vec::new(), generation: unreadable.into_generation(config) });
        }
    };
    let cited = config.cited.as_deref().unwrap_or(path);
    let is_shown = layout.document == Emission::Printed;
    let shown = is_shown.then(|| render::document(&repaired.document, cited));
    let mut built = build(repaired, config);
    if packaging != Packaging::Crate {
        built.refuse_features(config);
    }
    let mut files = Vec::new();
    if let Some(api) = &built.api {
        files = print(api, &built.document, layout, packaging)?;
        files.extend(shown.transpose()?.map(|file| match packaging {
            Packaging::Crate => RenderedFile { path: format!("src/{}", file.path), ..file },
            Packaging::Module | Packaging::Embedded => file,
        }));
    }
    Ok(Generated { files, generation: built.into_generation() })
}

/// Prints an API: emit → render.
fn print(
    api: &Api,
    lowered: &Document,
    layout: &Layout,
    packaging: Packaging,
) -> Result<Vec<RenderedFile>, RenderError> {
    let is_shown = layout.examples == Emission::Printed;
    let examples = if is_shown { ir::examples::collect(lowered, api) } else { Vec::new() };
    let mut files = match packaging {
        Packaging::Module => scaffold::bundled(api, layout),
        Packaging::Embedded => scaffold::embedded(api, layout),
        Packaging::Crate => scaffold::standalone(api, layout),
    };
    if is_shown {
        files.push(emit::examples::file(api, &examples, &layout.path));
    }
    render(&files, &api.source)
}

impl Built {
    /// Reports a choice of features, which only a generated crate can have.
    fn refuse_features(&mut self, config: &ProviderConfig) {
        let Some(choice) = &config.operations.features else { return };
        let span = config.place_of(choice, &self.document.sources).unwrap_or_default();
        let message = "`operations.features` is chosen for a module, and features belong to a crate";
        let help = "remove it, or generate a crate of its own";
        self.diagnostics.report(Diagnostic::new(&codes::INVALID_CONFIG, span, message).help(help));
        self.api = None;
    }

    /// The API with sorted diagnostics and figures.
    #[must_use]
    pub fn into_generation(mut self) -> Generation {
        let mut statistics =
            Statistics { operations: self.operations, version: self.document.version.text, ..Statistics::default() };
        if let Some(api) = &self.api {
            statistics.kept = api.operations.len();
            statistics.models = api.types.len();
            statistics.webhooks = api.called_back().len();
            statistics.schemas = api.types.statistics.schemas;
            statistics.untyped = api.types.statistics.untyped;
        }
        self.diagnostics.sort();
        Generation { api: self.api, diagnostics: self.diagnostics, sources: self.document.sources, statistics }
    }
}

impl Unreadable {
    /// The outcome without an API. A document that can't be opened is an error in `provider.toml`
    /// if that file names it.
    #[must_use]
    pub fn into_generation(self, config: &ProviderConfig) -> Generation {
        let Self { mut sources, diagnostics: found } = self;
        let choice = config.spec_place(&mut sources);
        let mut diagnostics = Diagnostics::new();
        diagnostics.extend(found.into_iter().map(|one| match choice {
            Some(span) if one.code == &codes::UNREADABLE_FILE => Diagnostic { span, ..one },
            _ => one,
        }));
        diagnostics.sort();
        Generation { api: None, diagnostics, sources, statistics: Statistics::default() }
    }
}
