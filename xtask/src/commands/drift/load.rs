//! Reads one side: the document as it is compared, and the API that is generated from it.

use codegen::diagnostics::Diagnostics;
use codegen::document::{Document, Sources};
use codegen::ir::model::Api;
use codegen::pipeline::{self, Generation, Statistics};

use super::side::Side;
use crate::report::Report;

/// A side that was read.
pub struct Loaded {
    document: Option<Document>,
    /// The API; `None` if the document can't be generated, or was not to be.
    pub api: Option<Api>,
    /// Why there is no document.
    failure: Option<Generation>,
    label: String,
}

impl Loaded {
    /// Reads a side.
    pub fn new(side: &Side, rust: bool) -> Self {
        let mut diagnostics = Diagnostics::new();
        let mut sources = Sources::new();
        let document =
            pipeline::read(&side.path, side.reader.as_ref(), side.overlay.as_deref(), &mut sources, &mut diagnostics);
        let label = side.label.clone();
        if document.is_none() {
            let failure = Generation { api: None, diagnostics, sources, statistics: Statistics::default() };
            return Self { document, api: None, failure: Some(failure), label };
        }
        let config = side.config.for_another_version();
        let api = rust
            .then(|| pipeline::build_api(&side.path, side.reader.as_ref(), side.overlay.as_deref(), &config))
            .and_then(|generation| generation.api);
        Self { document, api, failure: None, label }
    }

    /// The document, or `None` after saying why there is none.
    pub fn document(&self, report: &mut Report) -> Option<&Document> {
        if let Some(failure) = &self.failure {
            report.diagnostics(failure, false);
            report.failure(&format_args!("{} can't be read", self.label));
        }
        self.document.as_ref()
    }
}
