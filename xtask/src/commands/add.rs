//! `cargo xtask add`: adds a provider from a document.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest as _, Sha256};
use specwright::exit::Exit;
use specwright::progress::Progress;
use specwright::report::{Report, Shown};
use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::ConfinedReader;
use specwright_codegen::pipeline::{self, Generation};
use toml_edit::{Array, DocumentMut, Item, Value};

use super::{CommandResult, regen};
use crate::workspace::Workspace;

/// The manifest that declares a feature for each provider, relative to the workspace.
const MANIFEST: &str = "generated-client/Cargo.toml";

/// Add a provider: a folder in `specs/`, a Cargo feature and a generated module.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Name of the provider: lower-case letters and digits, with `-` between words.
    #[arg(value_name = "NAME")]
    name: String,
    /// The document: one file, YAML or JSON.
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    /// Where the document is published. The URL is recorded in `source.toml`.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    #[command(flatten)]
    shown: Shown,
}

/// Runs the command.
pub fn run(options: &Options, report: &mut Report) -> CommandResult {
    let workspace = Workspace::find()?;
    if let Err(message) = check_name(&options.name, &workspace) {
        report.error_message(&message);
        return Ok(Exit::Usage);
    }
    let bytes = fs::read(&options.document).map_err(|error| format!("{}: {error}", options.document.display()))?;
    let progress = Progress::start(report.format(), format!("reading {}", options.document.display()));
    let generation = build(options);
    drop(progress);
    let Some(api) = &generation.api else {
        report.diagnostics(&generation, options.shown);
        report.not_written(&[&generation]);
        return Ok(Exit::Document);
    };
    if api.module.as_str() != module(&options.name) {
        report.error_message(&format_args!(
            "`{}` can't be the name of a module; `{}` can",
            module(&options.name),
            api.module.as_str()
        ));
        return Ok(Exit::Usage);
    }
    if generation.sources.iter().count() > 1 {
        let message = "the document refers to other files; bundle it into one file first";
        report.error_message(&message);
        return Ok(Exit::Document);
    }
    let folder = Folder::new(options, &bytes, &api.version);
    let manifest = workspace.root().join(MANIFEST);
    let before = fs::read_to_string(&manifest).map_err(|error| format!("{MANIFEST}: {error}"))?;
    let after = with_feature(&before, &options.name)?;

    folder.write(workspace.root())?;
    fs::write(&manifest, after)?;
    let outcome = regen::run_new(&options.name, options.shown, report);
    if !matches!(outcome, Ok(Exit::Done)) {
        // Undo. The folder is new, and the manifest was read before.
        fs::remove_dir_all(workspace.root().join("specs").join(&options.name))?;
        fs::write(&manifest, before)?;
        return outcome;
    }
    for (path, _) in &folder.files {
        report.line(format_args!("create {path}"));
    }
    report.line(format_args!("update {MANIFEST}"));
    report.line(format_args!(
        "added: complete specs/{0}/source.toml, then run `cargo check -p generated-client --features {0},server`",
        options.name
    ));
    report.object(&json!({ "provider": options.name, "module": module(&options.name), "feature": options.name }));
    Ok(Exit::Done)
}

fn module(name: &str) -> String {
    name.replace('-', "_")
}

/// Checks that a name is valid and not in use.
///
/// # Errors
///
/// The message for the user.
fn check_name(name: &str, workspace: &Workspace) -> Result<(), String> {
    let word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !name.split('-').all(word) || !name.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Err(format!("`{name}` is not a valid name: use lower-case letters and digits, with `-` between words"));
    }
    if workspace.root().join("specs").join(name).exists() {
        return Err(format!("the provider `{name}` already exists in specs/{name}"));
    }
    let manifest =
        fs::read_to_string(workspace.root().join(MANIFEST)).map_err(|error| format!("{MANIFEST}: {error}"))?;
    let manifest: DocumentMut = manifest.parse().map_err(|error| format!("{MANIFEST}: {error}"))?;
    match manifest.get("features").and_then(|features| features.get(name)) {
        Some(_) => Err(format!("`{name}` is already a feature in {MANIFEST}; choose another name")),
        None => Ok(()),
    }
}

/// Builds the API, so that the document's errors are found before anything is written.
fn build(options: &Options) -> Generation {
    let config = ProviderConfig { module: module(&options.name), ..ProviderConfig::default() };
    let reader = ConfinedReader::new().allow_document(&options.document);
    pipeline::build_api(&options.document.to_string_lossy().replace('\\', "/"), &reader, None, &config)
}

/// The files of a provider's folder, with paths relative to the workspace.
struct Folder {
    files: Vec<(String, Vec<u8>)>,
}

impl Folder {
    fn new(options: &Options, bytes: &[u8], version: &str) -> Self {
        let name = &options.name;
        let is_json = options.document.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let spec = if is_json { "openapi.json" } else { "openapi.yaml" };
        let digits = Sha256::digest(bytes);
        let digits = digits.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let sha256: String = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        let text = |text: &str| Value::from(text).to_string();
        let config = format!(
            "# Our configuration for this provider; {spec} is the document as published.\nmodule = {}\nspec = {}\n",
            text(&module(name)),
            text(spec)
        );
        let source = format!(
            "# The source of {spec}, and how well it is verified.\nurl = {}\nversion = {}\nsha256 = {}\nlicence = \"unknown\"\n\
             verification = \"published\"\n",
            text(options.url.as_deref().unwrap_or("unknown")),
            text(version),
            text(&sha256),
        );
        let files =
            [(spec, bytes.to_vec()), ("provider.toml", config.into_bytes()), ("source.toml", source.into_bytes())];
        Self { files: files.map(|(file, content)| (format!("specs/{name}/{file}"), content)).into() }
    }

    fn write(&self, root: &Path) -> std::io::Result<()> {
        for (path, content) in &self.files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap_or(root))?;
            fs::write(path, content)?;
        }
        Ok(())
    }
}

/// Adds a feature to the manifest and to `full`; comments and formatting are kept.
fn with_feature(manifest: &str, name: &str) -> Result<String, String> {
    let mut manifest: DocumentMut = manifest.parse().map_err(|error| format!("{MANIFEST}: {error}"))?;
    let features = manifest
        .get_mut("features")
        .and_then(Item::as_table_mut)
        .ok_or_else(|| format!("{MANIFEST} has no [features]"))?;
    features.insert(name, Item::Value(Value::Array(Array::new())));
    let full = features
        .get_mut("full")
        .and_then(Item::as_array_mut)
        .ok_or_else(|| format!("{MANIFEST} has no feature `full`"))?;
    let at = full.iter().position(|other| other.as_str().is_some_and(|other| other > name)).unwrap_or(full.len());
    full.insert(at, name);
    full.fmt();
    Ok(manifest.to_string())
}

#[cfg(test)]
mod tests {
    use super::with_feature;

    #[test]
    fn a_feature_is_added_and_the_rest_is_kept() {
        let manifest = "[features]\n# All of them.\nfull = [\"a\", \"c\"]\na = []\nc = [] # last\n\n[dependencies]\nserde = \"1\"\n";
        let expected = "[features]\n# All of them.\nfull = [\"a\", \"b\", \"c\"]\na = []\nc = [] # last\nb = []\n\n[dependencies]\nserde = \"1\"\n";
        assert_eq!(with_feature(manifest, "b").unwrap(), expected);
        assert!(with_feature("[package]\n", "b").is_err());
    }
}
