//! `cargo xtask regen`: renews all generated output, or says what of it is stale.

mod bump;
mod memory;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::thread;

use codegen::diagnostics::{Severity, nearest};
use codegen::emit::scaffold::{Face, Layout};
use codegen::output::{Directory, Plan, PlanError};
use codegen::pipeline::{self, Generated, Shape};
use codegen::render::{RenderError, RenderedFile};
use serde_json::json;

use memory::Memory;

use super::Outcome;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::provider::Provider;
use crate::report::Report;
use crate::workspace::Workspace;

/// Where generated modules stand, relative to the workspace.
pub const FOLDER: &str = "generated-client/src/generated";

/// Renew all generated output: writes only what changed, and removes what is generated no more.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Providers to renew; all if none is named.
    #[arg(value_name = "PROVIDER")]
    providers: Vec<String>,
    /// Write nothing; print what is stale as a unified diff and end with status 4 if anything is.
    #[arg(long)]
    check: bool,
    /// Also print notes: what was found odd, but changes nothing.
    #[arg(long)]
    notes: bool,
    /// Write although the version of the generated crate moved by less than the specs changed; the reason is kept in `drift.toml`.
    #[arg(long, value_name = "REASON", conflicts_with = "check")]
    allow_smaller_bump: Option<String>,
}

/// Runs it.
pub fn run(options: &Options, report: &mut Report) -> Outcome {
    renew(options, Version::Judged, report)
}

/// Renews one provider that is new: the version can follow once it is known to be good.
pub fn run_first(provider: &str, report: &mut Report) -> Outcome {
    let providers = vec![provider.to_owned()];
    let options = Options { providers, check: false, notes: false, allow_smaller_bump: None };
    renew(&options, Version::Free, report)
}

/// Whether the version of the generated crate has to follow what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    Judged,
    Free,
}

fn renew(options: &Options, version: Version, report: &mut Report) -> Outcome {
    let workspace = Workspace::find()?;
    let all = workspace.providers()?;
    if let Some(unknown) = options.providers.iter().find(|name| !all.contains(name)) {
        let hint = match nearest(unknown, all.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("there are {}", all.join(", ")),
        };
        report.failure(&format_args!("there is no provider `{unknown}`; {hint}"));
        return Ok(Exit::Usage);
    }
    let mut providers = Vec::new();
    for name in &all {
        match Provider::read(&workspace, name) {
            Ok(provider) => providers.push(provider),
            Err(error) => report.problem(&*error),
        }
    }
    if providers.len() < all.len() {
        return Ok(Exit::Document);
    }
    let chosen: Vec<&Provider> = providers
        .iter()
        .filter(|provider| options.providers.is_empty() || options.providers.contains(&provider.name))
        .collect();
    let mut memory = Memory::open(&workspace);
    let asks = !options.check && !options.notes;
    let changed: Vec<&Provider> =
        chosen.into_iter().filter(|provider| !(asks && memory.is_unchanged(provider))).collect();
    let Some(renewed) = generate(&workspace, &changed, options, report)? else {
        return Ok(Exit::Document);
    };
    let mut directory = Directory::new(workspace.root().join(FOLDER));
    match plan(&providers, &changed, renewed.files, &directory) {
        Ok(plan) if options.check => Ok(check(&plan, report)),
        Ok(plan) => {
            if version == Version::Judged && !plan.is_empty() {
                match bump::judge(&workspace, &options.providers, options.allow_smaller_bump.as_deref(), report)? {
                    Exit::Done => {}
                    refused => return Ok(refused),
                }
            }
            let exit = apply(&plan, &mut directory, report)?;
            for (provider, read) in renewed.quiet {
                memory.learn(provider, read.into_iter());
            }
            memory.save();
            Ok(exit)
        }
        Err(error) => {
            report.failure(&error);
            Ok(if options.check { Exit::Stale } else { Exit::Document })
        }
    }
}

/// What was generated.
struct Renewed<'p> {
    files: Vec<RenderedFile>,
    /// Providers about which there was nothing to say, and what was read for each. The others are generated again by each run, so that
    /// what is wrong with them is said again.
    quiet: Vec<(&'p Provider, Vec<String>)>,
}

/// The files of all chosen providers; `None` if any document has errors, which have been reported.
fn generate<'p>(
    workspace: &Workspace,
    chosen: &[&'p Provider],
    options: &Options,
    report: &mut Report,
) -> Result<Option<Renewed<'p>>, Box<dyn std::error::Error>> {
    let names: Vec<&str> = chosen.iter().map(|provider| provider.name.as_str()).collect();
    let progress = Progress::start(report.format(), format!("generating {}", names.join(", ")));
    let results: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = chosen.iter().map(|provider| scope.spawn(|| one(workspace, provider))).collect();
        running.into_iter().map(thread::ScopedJoinHandle::join).collect()
    });
    drop(progress);
    let mut renewed = Renewed { files: Vec::new(), quiet: Vec::new() };
    let mut generations = Vec::new();
    for (provider, result) in chosen.iter().zip(results) {
        let generated =
            result.map_err(|_| format!("the generator failed on {}; this is a defect of it", provider.name))??;
        report.diagnostics(&generated.generation, options.notes);
        if generated.generation.diagnostics.iter().all(|found| found.severity == Severity::Note) {
            let read = generated.generation.sources.iter().map(|(_, source)| source.path().to_owned());
            renewed.quiet.push((provider, read.collect()));
        }
        renewed.files.extend(
            generated
                .files
                .into_iter()
                .map(|file| RenderedFile { path: format!("{}/{}", provider.module(), file.path), ..file }),
        );
        generations.push(generated.generation);
    }
    if generations.iter().any(|generation| generation.api.is_none()) {
        report.refused(&generations.iter().collect::<Vec<_>>());
        return Ok(None);
    }
    Ok(Some(renewed))
}

fn one(workspace: &Workspace, provider: &Provider) -> Result<Generated, RenderError> {
    let layout = Layout {
        path: format!("generated_client::{}", provider.module()),
        client: Face::Printed,
        server: Face::Printed,
        document: Face::Printed,
        examples: Face::LeftOut,
    };
    pipeline::generate(
        &provider.document(),
        &workspace.reader(),
        provider.overlay().as_deref(),
        &provider.config,
        &layout,
        &Shape::Module,
    )
}

/// What is to be done: for the chosen providers, for the list of all, and for providers that are gone.
fn plan(
    providers: &[Provider],
    chosen: &[&Provider],
    mut files: Vec<RenderedFile>,
    directory: &Directory,
) -> Result<Plan, PlanError> {
    let modules: BTreeSet<&str> = providers.iter().map(Provider::module).collect();
    let renewed: BTreeSet<&str> = chosen.iter().map(|provider| provider.module()).collect();
    files.push(RenderedFile { path: "mod.rs".to_owned(), text: list(&modules) });
    Plan::within(&files, directory, |path| {
        let module = path.split('/').next().unwrap_or_default();
        renewed.contains(module) || !modules.contains(module)
    })
}

/// The text of `generated/mod.rs`: one module and feature for each provider.
fn list(modules: &BTreeSet<&str>) -> String {
    let mut text = format!("// {}\n//! One module for each provider.\n", codegen::render::header("specs"));
    for module in modules {
        let feature = module.replace('_', "-");
        // Writing to a string can't fail.
        let _ = write!(text, "\n#[cfg(feature = \"{feature}\")]\npub mod {module};\n");
    }
    text
}

fn check(plan: &Plan, report: &mut Report) -> Exit {
    let stale: Vec<String> = plan.changes().iter().map(|change| format!("{FOLDER}/{}", change.path())).collect();
    report.object(&json!({ "fresh": stale.is_empty(), "stale": stale }));
    if stale.is_empty() {
        report.line("fresh: what is generated is what the specs say");
        return Exit::Done;
    }
    report.line(plan.diff(FOLDER).trim_end());
    for path in &stale {
        report.line(format_args!("stale: {path}"));
    }
    report.line("renew it with `cargo xtask regen`");
    Exit::Stale
}

fn apply(plan: &Plan, directory: &mut Directory, report: &mut Report) -> Outcome {
    plan.apply(directory).map_err(|error| format!("{FOLDER}: {error}"))?;
    let mut changed = Vec::new();
    for change in plan.changes() {
        report.line(format_args!("{} {FOLDER}/{}", change.verb(), change.path()));
        changed.push(json!({ "change": change.verb(), "path": format!("{FOLDER}/{}", change.path()) }));
    }
    if changed.is_empty() {
        report.line("nothing to do: what is generated is what the specs say");
    }
    report.object(&json!({ "changes": changed }));
    Ok(Exit::Done)
}
