//! A fixture: a document (`bad.yaml`), or a folder (`bad/`) with several files.

use std::fs;
use std::path::{Path, PathBuf};

use specwright_codegen::config::{ConfigError, ProviderConfig};
use specwright_codegen::diagnostics::{Diagnostic, Diagnostics};
use specwright_codegen::document::{MemoryReader, Sources};
use specwright_codegen::pipeline;

/// The folder of the fixtures.
pub fn folder() -> PathBuf {
    tests::tree::root().join("tests/fixtures/diagnostics")
}

/// The bad or good fixture of a code.
pub struct Fixture {
    /// Paths as in messages, and contents.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The diagnostics of a fixture.
pub struct Report {
    pub diagnostics: Diagnostics,
    pub sources: Sources,
}

impl Report {
    /// The diagnostics with a code.
    pub fn of(&self, code: &str) -> Vec<&Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.code.id == code).collect()
    }
}

impl Fixture {
    /// Reads the `bad` or `good` fixture of a code.
    pub fn new(code: &str, name: &str) -> Self {
        let folder = folder().join(code);
        let subfolder = folder.join(name);
        let mut files = Vec::new();
        if subfolder.is_dir() {
            collect(&subfolder, "", &mut files);
        } else {
            collect(&folder, "", &mut files);
            files.retain(|(path, _)| path.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')));
            assert_eq!(files.len(), 1, "{code} has one document or folder called {name}");
        }
        Self { files: padded(files) }
    }

    /// The text of a file. Invalid UTF-8 is replaced.
    pub fn text(&self, path: &str) -> Option<String> {
        let (_, bytes) = self.files.iter().find(|(other, _)| other == path)?;
        Some(String::from_utf8_lossy(bytes).into_owned())
    }

    /// Runs the stages that report diagnostics.
    pub fn run(&self) -> Report {
        let overlay = self.text("overlay.yaml").map(|_| "overlay.yaml");
        self.run_with(overlay)
    }

    /// Runs the stages with an overlay among the files.
    pub fn run_with(&self, overlay: Option<&str>) -> Report {
        let config = match self.config() {
            Ok(config) => config,
            Err(error) => return config_report(&error),
        };
        let single = self.files.iter().map(|(path, _)| path.as_str()).find(|path| is_single(path));
        let document = single.unwrap_or(config.spec());
        let reader =
            self.files.iter().fold(MemoryReader::new(), |reader, (path, bytes)| reader.with(path.as_str(), &bytes[..]));
        let generation = pipeline::build_api(document, &reader, overlay, &config);
        Report { diagnostics: generation.diagnostics, sources: generation.sources }
    }

    fn config(&self) -> Result<ProviderConfig, ConfigError> {
        match self.text("provider.toml") {
            Some(text) => ProviderConfig::parse("provider.toml", &text),
            None => Ok(ProviderConfig::default()),
        }
    }
}

fn is_single(path: &str) -> bool {
    path.starts_with("bad.") || path.starts_with("good.")
}

fn config_report(error: &ConfigError) -> Report {
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    diagnostics.report(error.diagnostic(&mut sources));
    Report { diagnostics, sources }
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

/// Pads documents with line breaks to the size in `size.txt`, because 64 MiB do not belong in a
/// repository.
fn padded(mut files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let Some(at) = files.iter().position(|(path, _)| path == "size.txt") else { return files };
    let (_, size) = files.remove(at);
    let size: usize = String::from_utf8(size).expect("text").trim().parse().expect("a number of bytes");
    for (_, bytes) in &mut files {
        bytes.resize(size, b'\n');
    }
    files
}
