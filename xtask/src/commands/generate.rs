//! `cargo xtask generate`: generates a standalone crate from any document.

use std::path::{Component, Path, PathBuf};
use std::{env, io};

use serde_json::json;
use specwright_codegen::diagnostics::Severity;
use specwright_codegen::document::ConfinedReader;
use specwright_codegen::emit::scaffold::{Dependency, Emission, Layout, Manifest};
use specwright_codegen::output::{Directory, Plan};
use specwright_codegen::pipeline::{self, Generated, Generation, Packaging};
use specwright_codegen::provider::{ProviderConfig, Select, Written};
use specwright_codegen::render::RenderError;

use super::CommandResult;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::report::Report;

/// Generate a standalone crate from a document.
///
/// The crate compiles with `cargo check` as it is.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The document, in YAML or JSON.
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    /// Folder of the crate; earlier output there is updated.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    choices: Choices,
    /// Also print notes: diagnostics that do not affect the output.
    #[arg(long)]
    notes: bool,
}

/// Options about the crate.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Choices {
    /// Name of the crate; derived from the document's file name if absent.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// An OpenAPI Overlay to apply to the document first.
    #[arg(long, value_name = "FILE")]
    pub overlay: Option<PathBuf>,
    /// Also read the files in this folder that the document refers to; without it, only those in
    /// the document's own folder are read. Repeatable.
    #[arg(long, value_name = "DIR")]
    pub allow_read: Vec<PathBuf>,
    /// Do not generate the client.
    #[arg(long)]
    pub no_client: bool,
    /// Do not generate the server.
    #[arg(long, conflicts_with = "no_client")]
    pub no_server: bool,
    /// Generate only operations with this tag; repeatable.
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Generate only this operation; repeatable.
    #[arg(long, value_name = "ID")]
    pub operation: Vec<String>,
    /// Generate only operations whose path matches, such as `/users/**`; repeatable.
    #[arg(long, value_name = "GLOB")]
    pub path: Vec<String>,
    /// Leave out operations by path glob, `tag:NAME` or operation ID; repeatable.
    #[arg(long, value_name = "SELECTOR")]
    pub exclude: Vec<String>,
    /// Also generate a program that decodes each example of the document into its type and encodes
    /// it again.
    #[arg(long)]
    pub examples: bool,
    /// Folder of the `specwright-runtime` crate to depend on; this workspace's if absent.
    #[arg(long, value_name = "DIR")]
    pub runtime: Option<PathBuf>,
}

/// Runs the command.
pub fn run(options: &Options, report: &mut Report) -> CommandResult {
    let progress = Progress::start(report.format(), format!("generating from {}", options.document.display()));
    let generated = generate(&options.document, &options.out, &options.choices);
    drop(progress);
    let generated = generated?;
    report.diagnostics(&generated.generation, options.notes);
    if generated.generation.api.is_none() {
        report.not_written(&[&generated.generation]);
        return Ok(Exit::Document);
    }
    let mut directory = Directory::new(&options.out);
    let plan = Plan::within(&generated.files, &directory, belongs_to_crate)?;
    plan.apply(&mut directory).map_err(|error| format!("{}: {error}", options.out.display()))?;
    for change in plan.changes() {
        report.line(format_args!("{} {}/{}", change.verb(), options.out.display(), change.path()));
    }
    if plan.changes().is_empty() {
        report.line(format_args!("nothing to do: {} is up to date", options.out.display()));
    }
    report.line(summary(&generated.generation, options.notes));
    let manifest = quoted(&format!("{}/Cargo.toml", slashes(&options.out)));
    report.line(format_args!("next: cargo check --manifest-path {manifest} --all-features"));
    let figures = &generated.generation.statistics;
    report.object(&json!({
        "changes": plan.changes().iter().map(|change| json!({ "change": change.verb(), "path": change.path() })).collect::<Vec<_>>(),
        "operations": figures.operations,
        "generated_operations": figures.kept,
        "webhooks": figures.webhooks,
        "models": figures.models,
    }));
    Ok(Exit::Done)
}

/// Whether a path in the folder belongs to the crate. Other folders below it may hold other
/// generated crates.
fn belongs_to_crate(path: &str) -> bool {
    path == "Cargo.toml" || path.starts_with("src/") || path.starts_with("examples/")
}

/// One line with the number of generated operations and types, and of hidden notes.
fn summary(generation: &Generation, notes: bool) -> String {
    let figures = &generation.statistics;
    let webhooks = match figures.webhooks {
        0 => String::new(),
        1 => ", 1 webhook or callback".to_owned(),
        count => format!(", {count} webhooks and callbacks"),
    };
    let hidden = generation.diagnostics.iter().filter(|one| one.severity == Severity::Note).count();
    let hidden = match hidden {
        0 => String::new(),
        _ if notes => String::new(),
        1 => "; 1 note (`--notes` prints it)".to_owned(),
        count => format!("; {count} notes (`--notes` prints them)"),
    };
    format!("{} of {} operations{webhooks}, {} types{hidden}", figures.kept, figures.operations, figures.models)
}

/// Quotes a path for a shell, if it needs quotes.
fn quoted(path: &str) -> String {
    let is_plain = path.chars().all(|c| c.is_alphanumeric() || "/._-+:".contains(c)) && !path.starts_with('-');
    if is_plain { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// The files of the crate, and the diagnostics.
///
/// # Errors
///
/// If a folder can't be found, or the generator has a bug.
pub fn generate(document: &Path, out: &Path, choices: &Choices) -> Result<Generated, GenerateError> {
    let name = crate_name(choices, document);
    let config = ProviderConfig {
        module: name.replace('-', "_"),
        cited: Some(cited(document)),
        select: select(choices),
        ..ProviderConfig::default()
    };
    let emission = |omitted| if omitted { Emission::Omitted } else { Emission::Printed };
    let layout = Layout {
        path: name.replace('-', "_"),
        client: emission(choices.no_client),
        server: emission(choices.no_server),
        document: Emission::Omitted,
        examples: emission(!choices.examples),
    };
    let runtime = choices.runtime.clone().unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime"));
    let manifest = Manifest { name, runtime: Dependency::Path(relative(&absolute(out)?, &absolute(&runtime)?)) };
    let overlay = choices.overlay.as_ref().map(|path| slashes(path));
    pipeline::generate(
        &slashes(document),
        &reader(document, choices)?,
        overlay.as_deref(),
        &config,
        &layout,
        &Packaging::Crate(manifest),
    )
    .map_err(GenerateError::Bug)
}

/// Reads the document and the files in its folder, the overlay, and what else the user allows.
fn reader(document: &Path, choices: &Choices) -> Result<ConfinedReader, GenerateError> {
    let mut reader = ConfinedReader::new().allow_document(document);
    for folder in &choices.allow_read {
        reader = reader
            .allow(folder)
            .map_err(|error| io::Error::new(error.kind(), format!("`--allow-read {}`: {error}", folder.display())))?;
    }
    // An overlay that is not there is reported when it is read.
    if let Some(overlay) = &choices.overlay {
        reader = reader.clone().allow(overlay).unwrap_or(reader);
    }
    Ok(reader)
}

/// Why there are no files.
#[derive(Debug)]
pub enum GenerateError {
    /// A folder can't be found.
    Folder(io::Error),
    /// The generator printed invalid Rust.
    Bug(RenderError),
}

impl std::fmt::Display for GenerateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(error) => write!(f, "can't find the folder: {error}"),
            Self::Bug(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for GenerateError {}

impl From<io::Error> for GenerateError {
    fn from(error: io::Error) -> Self {
        Self::Folder(error)
    }
}

fn select(choices: &Choices) -> Select {
    let selectors = |texts: &[String]| texts.iter().map(|text| Written::from(text.as_str())).collect();
    Select {
        tags: selectors(&choices.tag),
        operations: selectors(&choices.operation),
        paths: selectors(&choices.path),
        exclude: selectors(&choices.exclude),
    }
}

/// The given name, or one derived from the file name; made a valid package name.
fn crate_name(choices: &Choices, document: &Path) -> String {
    let stem = document.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let raw = choices.name.clone().unwrap_or(stem);
    let mut name: String =
        raw.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c.to_ascii_lowercase() } else { '-' }).collect();
    while name.contains("--") {
        name = name.replace("--", "-");
    }
    let name = name.trim_matches('-');
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name.to_owned(),
        _ => format!("api-{name}").trim_end_matches('-').to_owned(),
    }
}

/// The document as file headers cite it: its file name, so that no local path gets into the output.
fn cited(document: &Path) -> String {
    document.file_name().map_or_else(|| slashes(document), |name| name.to_string_lossy().into_owned())
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// An absolute path without `.` and `..`; it need not exist.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let mut clean = PathBuf::new();
    for component in env::current_dir()?.join(path).components() {
        match component {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            other => clean.push(other),
        }
    }
    Ok(clean)
}

/// The relative path from one absolute folder to another, with `/`.
fn relative(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = to.iter().skip(shared).map(|component| component.as_os_str().to_string_lossy().into_owned());
    let steps: Vec<String> = up.chain(down).collect();
    if steps.is_empty() { ".".to_owned() } else { steps.join("/") }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_path_is_quoted_if_a_shell_would_split_it() {
        assert_eq!(quoted("out/pets/Cargo.toml"), "out/pets/Cargo.toml");
        assert_eq!(quoted("my pets/Cargo.toml"), "'my pets/Cargo.toml'");
        assert_eq!(quoted("it's/Cargo.toml"), r"'it'\''s/Cargo.toml'");
        assert_eq!(quoted("$HOME/Cargo.toml"), "'$HOME/Cargo.toml'");
    }
}
