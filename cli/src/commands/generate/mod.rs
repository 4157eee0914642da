//! `generate`: generates crates, or modules of crates, from one document or from all documents that
//! `specwright.toml` names.

mod project;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use specwright_codegen::config::{Select, Written};
use specwright_codegen::diagnostics::Severity;
use specwright_codegen::pipeline::Generation;

use super::CommandResult;
use crate::exit::Exit;
use crate::generator::{Generator, Output, RuntimeSource};
use crate::progress::Progress;
use crate::report::{Report, Shown};

/// Generate a crate, or a module of one, from a document or from all that `specwright.toml` names.
///
/// A crate compiles with `cargo check` as it is. Its manifest is created once. After that, only the
/// entries that generated code needs are updated.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The document, in YAML or JSON. Without one, `specwright.toml` says what to generate.
    #[arg(value_name = "DOCUMENT", requires = "place")]
    document: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// Generate only this API of `specwright.toml`. Repeatable.
    #[arg(long, value_name = "NAME", conflicts_with = "document")]
    api: Vec<String>,
    /// Accept that the fetched document of this API has changed. Repeatable.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["document", "check"])]
    update: Vec<String>,
    /// Accept that this version differs from the one that `specwright.toml` names.
    #[arg(long, conflicts_with_all = ["document", "check"])]
    upgrade: bool,
    /// Write nothing. Print a unified diff of stale files, and exit with status 4 if there are any.
    #[arg(long)]
    check: bool,
    /// Add the dependencies of a module to the manifest of its crate.
    #[arg(long)]
    add_dependencies: bool,
    #[command(flatten)]
    choices: Choices,
    #[command(flatten)]
    shown: Shown,
}

/// The place of the output.
#[derive(Clone, Debug, clap::Args)]
#[group(id = "place", multiple = false, requires = "document")]
struct Place {
    /// Folder of a crate. Earlier output there is updated.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Folder of a module in `src` of an existing crate, such as `src/petstore`. Earlier output
    /// there is updated.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["name", "examples", "own_workspace"])]
    module: Option<PathBuf>,
}

/// Defaults that an application of the commands sets for its users.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Where the runtime comes from.
    pub runtime: RuntimeSource,
    /// Whether a crate is the root of a workspace of its own.
    pub own_workspace: bool,
}

/// Options about the output. Those of a project are in its file.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(requires = "document", multiple = true)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Choices {
    /// Name of the crate. By default, it is derived from the document's file name.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// An OpenAPI Overlay that is applied to the document first.
    #[arg(long, value_name = "FILE")]
    pub overlay: Option<PathBuf>,
    /// Also read the files in this folder to which the document refers. By default, only those in
    /// the document's own folder are read. Repeatable.
    #[arg(long, value_name = "DIR")]
    pub allow_read: Vec<PathBuf>,
    /// Do not generate the client.
    #[arg(long)]
    pub no_client: bool,
    /// Do not generate the server.
    #[arg(long, conflicts_with = "no_client")]
    pub no_server: bool,
    /// Also generate the server of a module. A crate has it behind a feature.
    #[arg(long, conflicts_with = "no_server")]
    pub server: bool,
    /// Generate only operations with this tag. Repeatable.
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Generate only this operation. Repeatable.
    #[arg(long, value_name = "ID")]
    pub operation: Vec<String>,
    /// Generate only operations whose path matches, such as `/users/**`. Repeatable.
    #[arg(long, value_name = "GLOB")]
    pub path: Vec<String>,
    /// Leave out operations by path glob, `tag:NAME` or operation ID. Repeatable.
    #[arg(long, value_name = "SELECTOR")]
    pub exclude: Vec<String>,
    /// Also generate a program that decodes each example of the document into its type and encodes
    /// it again.
    #[arg(long)]
    pub examples: bool,
    /// Where `specwright-runtime` comes from: a version, `path:DIR`, `git:URL` or `git:URL#REV`.
    /// The default is the version of this program.
    #[arg(long, value_name = "SOURCE")]
    pub runtime: Option<RuntimeSource>,
    /// Make the crate the root of its own workspace, not a member of the one around it.
    #[arg(long)]
    pub own_workspace: bool,
}

/// Runs the command.
///
/// # Errors
///
/// If files can't be read or written, or the generator has a bug.
pub fn run(options: &Options, defaults: &Defaults, report: &mut Report) -> CommandResult {
    let Some(document) = &options.document else { return project::run(options, report) };
    let progress = Progress::start(report.format(), format!("generating from {}", document.display()));
    let generator = options.choices.generator(document, defaults).add_dependencies(options.add_dependencies);
    let output = match &options.place {
        Place { module: Some(folder), .. } => generator.module_in(folder),
        Place { out, .. } => generator.crate_in(out.as_deref().unwrap_or(Path::new("."))),
    };
    drop(progress);
    let mut output = output?;
    report.diagnostics(output.generation(), options.shown);
    if output.generation().api.is_none() {
        report.not_written(&[output.generation()]);
        return Ok(Exit::Document);
    }
    if options.check {
        return Ok(check(&[&output], report));
    }
    output.write()?;
    report_output(&output, options, report);
    Ok(Exit::Done)
}

/// Prints the stale files.
fn check(outputs: &[&Output], report: &mut Report) -> Exit {
    let stale: Vec<String> = outputs.iter().flat_map(|output| output.changes()).map(|(_, path)| path).collect();
    report.object(&json!({ "fresh": stale.is_empty(), "stale": stale }));
    if stale.is_empty() {
        report.line("fresh: the output matches the document");
        return Exit::Done;
    }
    for output in outputs {
        report.diff(output.diff().trim_end());
    }
    for path in &stale {
        report.line(format_args!("stale: {path}"));
    }
    report.line(format_args!("regenerate it with `{} generate`", report.program()));
    Exit::Stale
}

fn report_output(output: &Output, options: &Options, report: &mut Report) {
    let changes: Vec<(&str, String)> = output.changes().collect();
    report_changes(&changes, report);
    let Place { out, module } = &options.place;
    let folder = out.as_ref().or(module.as_ref());
    if let Some(folder) = folder.filter(|_| changes.is_empty()) {
        report.line(format_args!("nothing to do: {} is up to date", folder.display()));
    }
    report.line(summary(output.generation(), options.shown.notes));
    if let Some(folder) = out {
        let manifest = quoted(&format!("{}/Cargo.toml", folder.to_string_lossy().replace('\\', "/")));
        report.line(format_args!("next: cargo check --manifest-path {manifest} --all-features"));
    }
    report_lacking(output, report);
    let figures = &output.generation().statistics;
    report.object(&json!({
        "changes": as_json(&changes),
        "operations": figures.operations,
        "generated_operations": figures.kept,
        "webhooks": figures.webhooks,
        "models": figures.models,
    }));
}

fn report_changes(changes: &[(&str, String)], report: &mut Report) {
    for (verb, path) in changes {
        report.line(format_args!("{verb} {path}"));
    }
}

fn as_json(changes: &[(&str, String)]) -> Value {
    changes.iter().map(|(verb, path)| json!({ "change": verb, "path": path })).collect()
}

/// Prints the dependencies that the crate of a module lacks.
fn report_lacking(output: &Output, report: &mut Report) {
    let Some(lacking) = output.lacking() else { return };
    report.line(format_args!("next: add to [dependencies] of {}:", lacking.manifest.display()));
    for line in &lacking.lines {
        report.line(line);
    }
}

/// One line with the numbers of generated operations and types, and of hidden notes.
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

/// Quotes a path for a shell, if necessary.
fn quoted(path: &str) -> String {
    let is_plain = path.chars().all(|c| c.is_alphanumeric() || "/._-+:".contains(c)) && !path.starts_with('-');
    if is_plain { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

impl Choices {
    /// The generator for a document.
    pub fn generator(&self, document: &Path, defaults: &Defaults) -> Generator {
        let mut generator = Generator::from_file(document)
            .select(self.select())
            .client(!self.no_client)
            .examples(self.examples)
            .runtime(self.runtime.clone().unwrap_or_else(|| defaults.runtime.clone()))
            .own_workspace(self.own_workspace || defaults.own_workspace);
        if self.server || self.no_server || self.no_client {
            generator = generator.server(!self.no_server);
        }
        if let Some(name) = &self.name {
            generator = generator.name(name);
        }
        if let Some(overlay) = &self.overlay {
            generator = generator.overlay(overlay);
        }
        self.allow_read.iter().fold(generator, Generator::allow_read)
    }

    fn select(&self) -> Select {
        let selectors = |texts: &[String]| texts.iter().map(|text| Written::from(text.as_str())).collect();
        Select {
            tags: selectors(&self.tag),
            operations: selectors(&self.operation),
            paths: selectors(&self.path),
            exclude: selectors(&self.exclude),
        }
    }
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
