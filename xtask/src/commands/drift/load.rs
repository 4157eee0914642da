//! Reads one side of a comparison: its document, and the API that is built from it.

use specwright_codegen::diagnostics::{Diagnostics, Severity};
use specwright_codegen::document::{Document, Sources};
use specwright_codegen::ir::model::Api;
use specwright_codegen::pipeline::{self, Generation, Statistics};
use specwright_codegen::provider::ProviderConfig;

use super::side::Side;
use crate::report::Report;

/// A side after reading.
pub struct Loaded {
    document: Option<Document>,
    diagnostics: Diagnostics,
    /// The files of a document that could not be read, for its diagnostics.
    sources: Sources,
    label: String,
    config: ProviderConfig,
}

impl Loaded {
    /// Reads a side.
    pub fn new(side: &Side) -> Self {
        let mut diagnostics = Diagnostics::new();
        let mut sources = Sources::new();
        let document =
            pipeline::read(&side.path, side.reader.as_ref(), side.overlay.as_deref(), &mut sources, &mut diagnostics);
        // The configuration was written for one version; the other may lack what it names.
        let config = side.config.for_another_version();
        Self { document, diagnostics, sources, label: side.label.clone(), config }
    }

    /// The document; `None` if it could not be read, which is then reported.
    pub fn document(&self, report: &mut Report) -> Option<&Document> {
        if self.document.is_none() {
            let failure = Generation {
                api: None,
                diagnostics: self.diagnostics.clone(),
                sources: self.sources.clone(),
                statistics: Statistics::default(),
            };
            report.diagnostics(&failure, false);
            report.error_message(&format_args!("{} can't be read", self.label));
        }
        self.document.as_ref()
    }

    /// The API that is built from the document.
    ///
    /// # Errors
    ///
    /// One sentence about why there is none.
    pub fn api(&self) -> Result<Api, String> {
        let Some(document) = self.document.clone() else { return Err(format!("{} can't be read", self.label)) };
        let generation = pipeline::build_read(document, self.diagnostics.clone(), &self.config);
        let first = generation.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
        let message = first.map(|error| error.message.clone()).unwrap_or_default();
        generation.api.ok_or_else(|| format!("{} can't be generated: {message}", self.label))
    }
}
