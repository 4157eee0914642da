//! Files → a document that can be served. **Invariant:** a document is kept until the program ends,
//! but only once, however often it is served.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};
use specwright_codegen::config::ProviderConfig;
use specwright_codegen::diagnostics::{Diagnostics, render_all};
use specwright_codegen::document::{self as tree, ConfinedReader, MemoryReader, Reader, Sources};
use specwright_codegen::overlay;
use specwright_codegen::pipeline::{self, Repaired};

use super::plan::Document;
use crate::leak::leak;

/// Where a document comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A file. Other files to which it refers are also read.
    File(PathBuf),
    /// Text in YAML or JSON that refers to no files.
    Text(String),
}

/// Why a document cannot be served.
#[derive(Debug)]
pub struct LoadError {
    text: String,
    /// The faults of the document; empty if it was not read.
    pub diagnostics: Diagnostics,
    /// The files that were read.
    pub sources: Sources,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for LoadError {}

/// The maximum number of diagnostics in the message of an error.
const SHOWN: usize = 20;

/// The documents that have been loaded, by the digest of their whole text.
static LOADED: LazyLock<Mutex<BTreeMap<[u8; 32], &'static Document>>> = LazyLock::new(Mutex::default);

/// Loads a document with an overlay, and the choices of a `provider.toml`.
///
/// # Errors
/// If there are errors in the document that would also prevent generation.
pub fn load(source: &Source, overlay: Option<&Path>, config: &ProviderConfig) -> Result<&'static Document, LoadError> {
    compiled(repaired(source, overlay)?, config)
}

/// A document as it was written, from which others are made by further overlay actions.
#[derive(Clone, Debug)]
pub(crate) struct Original {
    pub(crate) source: Source,
    pub(crate) overlay: Option<PathBuf>,
    pub(crate) config: ProviderConfig,
}

/// The path of an overlay that is in no file.
const PROPOSED: &str = "proposed overlay";

impl Original {
    /// The document as it is before it is lowered, with its overlay.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(crate) fn written(&self) -> Result<tree::Document, LoadError> {
        repaired(&self.source, self.overlay.as_deref()).map(|repaired| repaired.document)
    }

    /// The document after another overlay.
    ///
    /// # Errors
    /// If there are errors in the document or in the overlay.
    pub(crate) fn with_overlay(&self, text: &str) -> Result<&'static Document, LoadError> {
        let mut repaired = repaired(&self.source, self.overlay.as_deref())?;
        let reader = MemoryReader::new().with(PROPOSED, text.as_bytes());
        overlay::apply(&mut repaired.document, PROPOSED, &reader, &mut repaired.diagnostics);
        compiled(repaired, &self.config)
    }
}

/// Reads a document and applies its overlay.
fn repaired(source: &Source, overlay: Option<&Path>) -> Result<Repaired, LoadError> {
    let (path, reader): (String, Box<dyn Reader>) = match source {
        Source::File(path) => (path.to_string_lossy().into_owned(), Box::new(reader(path, overlay))),
        Source::Text(text) => ("document".to_owned(), Box::new(MemoryReader::new().with("document", text.as_bytes()))),
    };
    let overlay = overlay.map(|path| path.to_string_lossy());
    pipeline::read(&path, &*reader, overlay.as_deref())
        .map_err(|unreadable| refused(unreadable.diagnostics, unreadable.sources))
}

/// The compiled document; the same one if it is already known.
fn compiled(repaired: Repaired, config: &ProviderConfig) -> Result<&'static Document, LoadError> {
    let key = digest(&repaired.document.sources, config);
    let known = LOADED.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
    if let Some(document) = known {
        return Ok(document);
    }
    let built = pipeline::build(repaired, config);
    let Some(api) = built.api else {
        return Err(refused(built.diagnostics, built.document.sources));
    };
    let document = leak(Document::compile(leak(api), leak(built.document), built.diagnostics));
    LOADED.lock().unwrap_or_else(PoisonError::into_inner).insert(key, document);
    Ok(document)
}

/// Reads the document, the overlay, and the files in their folders.
fn reader(path: &Path, overlay: Option<&Path>) -> ConfinedReader {
    let reader = ConfinedReader::new().allow_document(path);
    match overlay {
        Some(overlay) => reader.allow_document(overlay),
        None => reader,
    }
}

fn refused(mut diagnostics: Diagnostics, sources: Sources) -> LoadError {
    diagnostics.sort();
    LoadError { text: render_all(&diagnostics, &sources, false, SHOWN), diagnostics, sources }
}

/// The digest of everything that a document is built from.
fn digest(sources: &Sources, config: &ProviderConfig) -> [u8; 32] {
    let mut digest = Sha256::new();
    for (_, source) in sources.iter() {
        for text in [source.path(), source.text()] {
            digest.update(text.len().to_le_bytes());
            digest.update(text);
        }
    }
    digest.update(format!("{config:?}"));
    digest.finalize().into()
}
