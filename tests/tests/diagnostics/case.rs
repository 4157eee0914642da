//! One fixture: a document alone (`bad.yaml`), or a folder (`bad/`) with what belongs to it.

use std::fs;
use std::path::{Path, PathBuf};

use specwright_codegen::diagnostics::{Diagnostic, Diagnostics};
use specwright_codegen::document::{MemoryReader, Sources};
use specwright_codegen::pipeline;
use specwright_codegen::provider::{ConfigError, ProviderConfig};

/// Where the folders stand.
pub fn folder() -> PathBuf {
    tests::tree::root().join("tests/fixtures/diagnostics")
}

/// The files of one side of a code.
pub struct Case {
    /// Paths as messages show them, and contents.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What a case gets.
pub struct Validated {
    pub diagnostics: Diagnostics,
    pub sources: Sources,
}

impl Validated {
    /// The findings of one code.
    pub fn of(&self, code: &str) -> Vec<&Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.code.id == code).collect()
    }
}

impl Case {
    /// The `bad` or `good` side of a code.
    pub fn new(code: &str, side: &str) -> Self {
        let folder = folder().join(code);
        let several = folder.join(side);
        let mut files = Vec::new();
        if several.is_dir() {
            collect(&several, "", &mut files);
        } else {
            collect(&folder, "", &mut files);
            files.retain(|(path, _)| path.strip_prefix(side).is_some_and(|rest| rest.starts_with('.')));
            assert_eq!(files.len(), 1, "{code} has one document called {side}, or a folder");
        }
        Self { files: padded(files) }
    }

    /// The text of a file, as far as it is text.
    pub fn text(&self, path: &str) -> Option<String> {
        let (_, bytes) = self.files.iter().find(|(other, _)| other == path)?;
        Some(String::from_utf8_lossy(bytes).into_owned())
    }

    /// Runs the stages that can find something.
    pub fn validate(&self) -> Validated {
        let overlay = self.text("overlay.yaml").map(|_| "overlay.yaml");
        self.validate_with(overlay)
    }

    /// The same with an overlay among the files.
    pub fn validate_with(&self, overlay: Option<&str>) -> Validated {
        let config = match self.config() {
            Ok(config) => config,
            Err(error) => return refused(&error),
        };
        let alone = self.files.iter().map(|(path, _)| path.as_str()).find(|path| is_alone(path));
        let document = alone.unwrap_or(config.spec());
        let reader =
            self.files.iter().fold(MemoryReader::new(), |reader, (path, bytes)| reader.with(path.as_str(), &bytes[..]));
        let generation = pipeline::build_api(document, &reader, overlay, &config);
        Validated { diagnostics: generation.diagnostics, sources: generation.sources }
    }

    fn config(&self) -> Result<ProviderConfig, ConfigError> {
        match self.text("provider.toml") {
            Some(text) => ProviderConfig::parse("provider.toml", &text),
            None => Ok(ProviderConfig::default()),
        }
    }
}

fn is_alone(path: &str) -> bool {
    path.starts_with("bad.") || path.starts_with("good.")
}

fn refused(error: &ConfigError) -> Validated {
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    diagnostics.report(error.diagnostic(&mut sources));
    Validated { diagnostics, sources }
}

fn collect(folder: &Path, below: &str, files: &mut Vec<(String, Vec<u8>)>) {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    for path in entries {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, &format!("{below}{name}/"), files);
        } else {
            files.push((format!("{below}{name}"), fs::read(&path).expect("a file")));
        }
    }
    files.sort();
}

/// Nobody wants 64 MiB in a repository: `size.txt` says to how many bytes the document is padded
/// with line breaks.
fn padded(mut files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let Some(at) = files.iter().position(|(path, _)| path == "size.txt") else { return files };
    let (_, size) = files.remove(at);
    let size: usize = String::from_utf8(size).expect("text").trim().parse().expect("a number of bytes");
    for (_, bytes) in &mut files {
        bytes.resize(size, b'\n');
    }
    files
}
