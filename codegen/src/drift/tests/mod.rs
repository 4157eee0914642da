mod catalogue;
mod config;
mod discriminators;
mod documents;
mod identity;
mod meaning;
mod operations;
mod reports;
mod rewritten;
mod spellings;
mod symmetry;
mod transformed;
mod unions;
mod wire;
mod written;

use super::{Drift, Finding, Options, compare};
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Limits, MemoryReader};
use crate::load::load;

/// Parses a document.
fn document(name: &str, text: &str) -> Document {
    let reader = MemoryReader::new().with(name, text);
    let mut out = Diagnostics::new();
    load(name, &reader, &Limits::default(), &mut out).unwrap_or_else(|| panic!("{name}: {out:?}"))
}

/// The findings between two texts.
fn drift(old: &str, new: &str) -> Vec<Finding> {
    compare(&document("old.yaml", old), &document("new.yaml", new), &Options::default())
}

/// The ids of findings, sorted, each once.
fn ids(findings: &[Finding]) -> Vec<&str> {
    let mut ids: Vec<&str> = findings.iter().map(Finding::id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// A document with one operation that uses a schema in request and response.
fn both_ways(schema: &str) -> String {
    let indented = schema.replace('\n', "\n      ");
    format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /things:\n    post:\n      operationId: makeThing\n      \
         requestBody:\n        required: true\n        content:\n          application/json: {{ schema: {{ $ref: '#/components/schemas/Thing' }} }}\n      \
         responses:\n        '200':\n          description: ok\n          content:\n            application/json: {{ schema: {{ $ref: '#/components/schemas/Thing' }} }}\n\
         components:\n  schemas:\n    Thing:\n      {indented}\n"
    )
}

/// The findings between two texts, ready to be reported.
fn reported(old: &str, new: &str) -> Drift {
    Drift { old: "old.yaml".into(), new: "new.yaml".into(), findings: drift(old, new), ..Drift::default() }
}
