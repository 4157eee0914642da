//! Reads one side: the document as it is compared, and the API that is generated from it.

use specwright_codegen::diagnostics::{Diagnostics, Severity};
use specwright_codegen::document::{Document, Sources};
use specwright_codegen::ir::model::Api;
use specwright_codegen::pipeline::{self, Generation, Statistics};
use specwright_codegen::provider::ProviderConfig;

use super::side::Side;
use crate::report::Report;

/// A side that was read.
pub struct Loaded {
    document: Option<Document>,
    diagnostics: Diagnostics,
    /// The files of a document that could not be read, for what is said about it.
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
        // Choices are those of one side's document; the other may lack what they name.
        let config = side.config.for_another_version();
        Self { document, diagnostics, sources, label: side.label.clone(), config }
    }

    /// The document, or `None` after saying why there is none.
    pub fn document(&self, report: &mut Report) -> Option<&Document> {
        if self.document.is_none() {
            let failure = Generation {
                api: None,
                diagnostics: self.diagnostics.clone(),
                sources: self.sources.clone(),
                statistics: Statistics::default(),
            };
            report.diagnostics(&failure, false);
            report.failure(&format_args!("{} can't be read", self.label));
        }
        self.document.as_ref()
    }

    /// The API that is generated from the side.
    ///
    /// # Errors
    ///
    /// Why there is none, in one sentence.
    pub fn api(&self) -> Result<Api, String> {
        let Some(document) = self.document.clone() else { return Err(format!("{} can't be read", self.label)) };
        let generation = pipeline::build_read(document, self.diagnostics.clone(), &self.config);
        let first = generation.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
        let said = first.map(|error| error.message.clone()).unwrap_or_default();
        generation.api.ok_or_else(|| format!("{} can't be generated: {said}", self.label))
    }
}
