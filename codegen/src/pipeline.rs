//! Turns a document into generated files. Only this file defines the order of the stages.
//!
//! load → bundle → overlay → validate → lower → build → emit → render. `load` bundles the files
//! that it reads. The overlay comes before validation: it targets the paths of the original
//! document and repairs what validation would refuse.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Limits, Reader, Sources};
use crate::emit::scaffold::{Emission, Layout, Manifest};
use crate::emit::{self, scaffold};
use crate::ir::examples::Example;
use crate::ir::{self, model::Api};
use crate::load::load_into;
use crate::lower::lower;
use crate::overlay;
use crate::provider::ProviderConfig;
use crate::render::{self, RenderError, RenderedFile, render};
use crate::validate::validate;

/// The result of building a document.
#[derive(Debug)]
pub struct Generation {
    /// The API; `None` if the document can't be generated, for the reasons in `diagnostics`.
    pub api: Option<Api>,
    /// All diagnostics, sorted by location.
    pub diagnostics: Diagnostics,
    /// The files that were read; spans of diagnostics point into them.
    pub sources: Sources,
    /// Figures for reports.
    pub statistics: Statistics,
}

/// How much of a document became code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// The operations under `paths` of the document.
    pub operations: usize,
    /// Those of them in the API.
    pub kept: usize,
    /// Types in the API.
    pub models: usize,
    /// Webhooks and callbacks in the API.
    pub webhooks: usize,
    /// The schemas of the document: components, properties, items, members, parameters, bodies.
    pub schemas: usize,
    /// Those of them that describe a shape but became any JSON.
    pub untyped: usize,
    /// The version of OpenAPI that the document names.
    pub version: String,
}

/// Reads and repairs a document: load → overlay. `None` if it cannot be read; `out` has the
/// reasons, and `sources` the files that were read, which otherwise move into the document.
pub fn read(
    path: &str,
    reader: &dyn Reader,
    overlay: Option<&str>,
    sources: &mut Sources,
    out: &mut Diagnostics,
) -> Option<Document> {
    let mut document = load_into(path, reader, &Limits::default(), sources, out)?;
    if let Some(overlay) = overlay {
        overlay::apply(&mut document, overlay, reader, out);
    }
    Some(document)
}

/// Builds the API of a document: load → overlay → validate → lower → build.
#[must_use]
pub fn build_api(path: &str, reader: &dyn Reader, overlay: Option<&str>, config: &ProviderConfig) -> Generation {
    match repair(path, reader, overlay, config) {
        Ok(repaired) => build(repaired, config).into_generation(),
        Err(generation) => *generation,
    }
}

/// Builds the API of a document that was read and repaired: validate → lower → build. `found` has
/// the diagnostics of [`read`].
#[must_use]
pub fn build_read(document: Document, found: Diagnostics, config: &ProviderConfig) -> Generation {
    build(Repaired { document, diagnostics: found }, config).into_generation()
}

/// A document after the overlay.
struct Repaired {
    document: Document,
    diagnostics: Diagnostics,
}

/// A document in the canonical form, and its API.
struct Built {
    document: Document,
    api: Option<Api>,
    diagnostics: Diagnostics,
    statistics: Statistics,
}

impl Built {
    fn into_generation(mut self) -> Generation {
        self.diagnostics.sort();
        let Self { document, api, diagnostics, statistics } = self;
        Generation { api, diagnostics, sources: document.sources, statistics }
    }
}

/// load → overlay. A document that cannot be read gives a generation without an API.
fn repair(
    path: &str,
    reader: &dyn Reader,
    overlay: Option<&str>,
    config: &ProviderConfig,
) -> Result<Repaired, Box<Generation>> {
    let mut diagnostics = Diagnostics::new();
    let mut sources = Sources::new();
    if let Some(document) = read(path, reader, overlay, &mut sources, &mut diagnostics) {
        return Ok(Repaired { document, diagnostics });
    }
    let mut diagnostics = blame_choice(diagnostics, config, &mut sources);
    diagnostics.sort();
    Err(Box::new(Generation { api: None, diagnostics, sources, statistics: Statistics::default() }))
}

/// Points the error of a document that cannot be opened to the key of `provider.toml` that names
/// it.
fn blame_choice(found: Diagnostics, config: &ProviderConfig, sources: &mut Sources) -> Diagnostics {
    let Some(place) = config.spec_place(sources) else { return found };
    let unopened = |one: &Diagnostic| one.code == &codes::UNREADABLE_FILE;
    let mut blamed = Diagnostics::new();
    blamed.extend(found.into_iter().map(|one| if unopened(&one) { Diagnostic { span: place, ..one } } else { one }));
    blamed
}

/// validate → lower → build.
fn build(repaired: Repaired, config: &ProviderConfig) -> Built {
    let Repaired { mut document, mut diagnostics } = repaired;
    if let Some(file) = &config.file {
        document.sources.add(file.path.clone(), file.text.clone());
    }
    validate(&document, &mut diagnostics);
    let mut statistics = Statistics {
        operations: ir::count(&document),
        version: document.version.text.clone(),
        ..Statistics::default()
    };
    let mut api = None;
    if !diagnostics.has_errors() {
        lower(&mut document, &mut diagnostics);
        api = Some(ir::build(&document, config, &mut diagnostics));
    }
    // Building can find that `provider.toml` no longer fits the document.
    let api = api.filter(|_| !diagnostics.has_errors());
    if let Some(api) = &api {
        statistics.kept = api.operations.len();
        statistics.models = api.types.len();
        statistics.webhooks = api.called_back().len();
        statistics.schemas = api.types.statistics.schemas;
        statistics.untyped = api.types.statistics.untyped;
    }
    Built { document, api, diagnostics, statistics }
}

/// A generated API: its text, or why there is none.
#[derive(Debug)]
pub struct Generated {
    /// The files, relative to the folder they belong in; empty if the document can't be generated.
    pub files: Vec<RenderedFile>,
    /// The API, diagnostics and figures.
    pub generation: Generation,
}

/// The kind of output.
#[derive(Clone, Debug)]
pub enum Packaging {
    /// A module of an existing crate.
    Module,
    /// A crate of its own.
    Crate(Manifest),
}

/// Generates the code of a document: load → overlay → validate → lower → build → emit → render.
///
/// # Errors
/// A defect of the generator: it printed something that is not Rust.
pub fn generate(
    path: &str,
    reader: &dyn Reader,
    overlay: Option<&str>,
    config: &ProviderConfig,
    layout: &Layout,
    packaging: &Packaging,
) -> Result<Generated, RenderError> {
    let repaired = match repair(path, reader, overlay, config) {
        Ok(repaired) => repaired,
        Err(generation) => return Ok(Generated { files: Vec::new(), generation: *generation }),
    };
    let cited = config.cited.as_deref().unwrap_or(path);
    let served = (layout.document == Emission::Printed).then(|| render::document(&repaired.document, cited));
    let built = build(repaired, config);
    let examples = match (&built.api, layout.examples) {
        (Some(api), Emission::Printed) => Some(ir::examples::collect(&built.document, api)),
        _ => None,
    };
    let generation = built.into_generation();
    let mut files = Vec::new();
    if let Some(api) = &generation.api {
        files = print(api, examples.as_deref(), layout, packaging)?;
        files.extend(served.transpose()?);
    }
    Ok(Generated { files, generation })
}

/// emit → render.
fn print(
    api: &Api,
    examples: Option<&[Example]>,
    layout: &Layout,
    packaging: &Packaging,
) -> Result<Vec<RenderedFile>, RenderError> {
    let mut files = match packaging {
        Packaging::Module => scaffold::bundled(api, layout),
        Packaging::Crate(manifest) => scaffold::standalone(api, layout, manifest),
    };
    files.extend(examples.map(|examples| emit::examples::file(api, examples, &layout.path)));
    render(&files, &api.source)
}
