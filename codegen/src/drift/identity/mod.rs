//! Tries whether documents with one meaning produce a finding: rewrites a document without changing
//! what it means, and compares.

mod rewrites;

use serde_json::Value;

use super::{Options, compare};
use crate::document::{Document, MemoryReader, Reader};
use crate::limits::IDENTITY_BYTES;
use crate::pipeline::read;

/// Findings that are shown.
const SHOWN: usize = 6;

/// What was tried with one way to rewrite a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// Such as `wrapping in allOf`.
    pub rewrite: &'static str,
    /// How many findings there are, in both directions.
    pub findings: usize,
    /// The messages of the first, each with its id.
    pub shown: Vec<String>,
}

/// Rewrites a document in every way and compares; `None` if it has errors.
#[must_use]
pub fn try_rewrites(path: &str, reader: &dyn Reader) -> Option<Vec<Rewritten>> {
    let original = read(path, reader, None).ok()?.document;
    let text = serde_json::to_string(&original.root).ok()?;
    let value: Value = serde_json::from_str(&text).ok()?;
    let original = parsed(text)?;
    let rewrite = |(name, rewrite): &(&'static str, rewrites::Rewrite)| {
        let text = rewrite(&value).to_string();
        // What a rewrite makes too large says nothing that another document does not.
        let other = Some(text).filter(|text| text.len() < IDENTITY_BYTES).and_then(parsed)?;
        Some(compared(name, &original, &other))
    };
    Some(rewrites::ALL.iter().filter_map(rewrite).collect())
}

fn parsed(text: String) -> Option<Document> {
    let reader = MemoryReader::new().with("openapi.json", text);
    Some(read("openapi.json", &reader, None).ok()?.document)
}

fn compared(rewrite: &'static str, original: &Document, other: &Document) -> Rewritten {
    let options = Options::default();
    let mut findings = compare(original, other, &options);
    findings.extend(compare(other, original, &options));
    let shown = findings.iter().take(SHOWN).map(|finding| format!("{} [{}]", finding.message, finding.id()));
    Rewritten { rewrite, findings: findings.len(), shown: shown.collect() }
}
