//! Reads one side of a comparison: its document, and the API that is built from it.

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::diagnostics::Severity;
use specwright_codegen::document::Document;
use specwright_codegen::ir::model::Api;
use specwright_codegen::pipeline::{self, Repaired, Unreadable};

use super::side::Side;
use crate::report::{Report, Shown};

/// A side of a comparison, after it has been read.
pub struct Loaded {
    read: Result<Repaired, Unreadable>,
    label: String,
    config: ProviderConfig,
}

impl Loaded {
    /// Reads a side.
    pub fn new(side: &Side) -> Self {
        let read = pipeline::read(&side.path, side.reader.as_ref(), side.overlay.as_deref());
        // The configuration was written for one version. The other version may lack the items that
        // it names.
        let config = side.config.for_another_version();
        Self { read, label: side.label.clone(), config }
    }

    /// The document; `None` if it could not be read, which is reported.
    pub fn document(&self, report: &mut Report) -> Option<&Document> {
        match &self.read {
            Ok(repaired) => Some(&repaired.document),
            Err(unreadable) => {
                report.diagnostics(&unreadable.clone().into_generation(&ProviderConfig::default()), Shown::default());
                report.error_message(&format_args!("{} can't be read", self.label));
                None
            }
        }
    }

    /// The API that is built from the document.
    ///
    /// # Errors
    ///
    /// One sentence that says why there is none.
    pub fn api(&self) -> Result<Api, String> {
        let Ok(repaired) = self.read.clone() else { return Err(format!("{} can't be read", self.label)) };
        let generation = pipeline::build(repaired, &self.config).into_generation();
        let first = generation.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
        let message = first.map(|error| error.message.clone()).unwrap_or_default();
        generation.api.ok_or_else(|| format!("{} can't be generated: {message}", self.label))
    }
}
