//! Turns files into an API: the order of the stages stands here and nowhere else.
//!
//! load → overlay → validate → lower → build. The overlay comes before validation: it targets upstream's own paths and repairs what
//! validation would refuse.

use crate::diagnostics::Diagnostics;
use crate::document::{Document, Limits, Reader, Sources, load_into};
use crate::ir::{self, model::Api};
use crate::lower::lower;
use crate::overlay;
use crate::provider::ProviderConfig;
use crate::validate::validate;

/// What became of a document.
#[derive(Debug)]
pub struct Generation {
    /// The API; `None` if the document can't be generated, for the reasons in `diagnostics`.
    pub api: Option<Api>,
    /// All findings, sorted by place.
    pub diagnostics: Diagnostics,
    /// The files that were read; spans of diagnostics point into them.
    pub sources: Sources,
    /// Figures for reports.
    pub statistics: Statistics,
}

/// How much of a document became code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Operations under `paths` of the document.
    pub operations: usize,
    /// Operations of them in the API.
    pub kept: usize,
    /// Types in the API.
    pub models: usize,
    /// Webhooks and callbacks in the API.
    pub webhooks: usize,
    /// Entries of `components/schemas`.
    pub schemas: usize,
}

/// Reads and repairs a document: load → overlay. `None` if it can't be read, for the reasons in `out`; what was read is in
/// `sources` then, and in the document otherwise.
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
    let mut diagnostics = Diagnostics::new();
    let mut sources = Sources::new();
    let Some(mut document) = read(path, reader, overlay, &mut sources, &mut diagnostics) else {
        diagnostics.sort();
        return Generation { api: None, diagnostics, sources, statistics: Statistics::default() };
    };
    if let Some(file) = &config.file {
        document.sources.add(file.path.clone(), file.text.clone());
    }
    validate(&document, &mut diagnostics);
    let mut statistics = Statistics {
        operations: ir::count(&document),
        schemas: document.root.pointer("/components/schemas").and_then(|node| node.as_object()).map_or(0, crate::document::Object::len),
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
        statistics.webhooks = api.webhooks.len();
    }
    diagnostics.sort();
    Generation { api, diagnostics, sources: document.sources, statistics }
}
