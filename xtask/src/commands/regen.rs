//! `cargo xtask regen`: renews all generated output, or says what of it is stale.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::{fs, thread};

use codegen::emit::scaffold::{Face, Layout};
use codegen::output::{Directory, Plan, PlanError};
use codegen::pipeline::{self, Generated, Shape};
use codegen::render::RenderedFile;
use serde_json::json;

use super::Outcome;
use crate::exit::Exit;
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
}

/// Runs it.
pub fn run(options: &Options, report: &mut Report) -> Outcome {
    let workspace = Workspace::find()?;
    let all = workspace.providers()?;
    if let Some(unknown) = options.providers.iter().find(|name| !all.contains(name)) {
        report.failure(&format_args!("there is no provider `{unknown}`; there are {}", all.join(", ")));
        return Ok(Exit::Usage);
    }
    let mut providers = Vec::new();
    for name in &all {
        match Provider::read(&workspace, name) {
            Ok(provider) => providers.push(provider),
            Err(error) => {
                report.failure(&error);
                return Ok(Exit::Document);
            }
        }
    }
    let chosen: Vec<&Provider> = providers
        .iter()
        .filter(|provider| options.providers.is_empty() || options.providers.contains(&provider.name))
        .collect();
    let Some(files) = generate(&workspace, &chosen, options, report)? else { return Ok(Exit::Document) };
    let plans = match plans(&workspace, &providers, files) {
        Ok(plans) => plans,
        Err(error) if options.check => {
            report.failure(&error);
            report.line("stale: a generated file was replaced; remove it and run `cargo xtask regen`");
            return Ok(Exit::Stale);
        }
        Err(error) => {
            report.failure(&error);
            return Ok(Exit::Document);
        }
    };
    if options.check { Ok(check(&plans, report)) } else { apply(&workspace, &plans, report) }
}

/// A plan and the folder it is for, relative to the workspace.
struct Placed {
    folder: String,
    plan: Plan,
}

/// The files of each chosen provider with its folder; `None` if any document has errors, which have been reported.
fn generate(
    workspace: &Workspace,
    chosen: &[&Provider],
    options: &Options,
    report: &mut Report,
) -> Result<Option<Vec<(String, Vec<RenderedFile>)>>, Box<dyn std::error::Error>> {
    let results: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> =
            chosen.iter().map(|provider| scope.spawn(|| one(workspace, provider))).collect();
        running.into_iter().map(thread::ScopedJoinHandle::join).collect()
    });
    let mut files = Vec::new();
    let mut refused = false;
    for (provider, result) in chosen.iter().zip(results) {
        let generated = result.map_err(|_| format!("the generator failed on {}; this is a defect of it", provider.name))??;
        report.diagnostics(&generated.generation, options.notes);
        refused |= generated.generation.api.is_none();
        files.push((provider.module().to_owned(), generated.files));
    }
    if refused {
        report.note("nothing was written");
        return Ok(None);
    }
    Ok(Some(files))
}

fn one(workspace: &Workspace, provider: &Provider) -> Result<Generated, codegen::render::RenderError> {
    let reader = workspace.reader();
    let layout = Layout {
        path: format!("generated_client::{}", provider.module()),
        client: Face::Printed,
        server: Face::Printed,
    };
    let mut generated = pipeline::generate(
        &provider.document(),
        &reader,
        provider.overlay().as_deref(),
        &provider.config,
        &layout,
        &Shape::Module,
    )?;
    if let Some(document) = generated.generation.document.take() {
        generated.files.push(codegen::render::document(&document, &provider.document()));
    }
    Ok(generated)
}

/// What is to be done in each provider's folder and in the folder of all.
fn plans(
    workspace: &Workspace,
    providers: &[Provider],
    files: Vec<(String, Vec<RenderedFile>)>,
) -> Result<Vec<Placed>, PlanError> {
    let mut plans = Vec::new();
    for (module, files) in files {
        let folder = format!("{FOLDER}/{module}");
        let plan = Plan::new(&files, &Directory::new(workspace.root().join(&folder)))?;
        plans.push(Placed { folder, plan });
    }
    let modules: BTreeSet<&str> = providers.iter().map(Provider::module).collect();
    let list = RenderedFile { path: "mod.rs".to_owned(), text: list(&modules) };
    let directory = Directory::new(workspace.root().join(FOLDER));
    plans.push(Placed { folder: FOLDER.to_owned(), plan: Plan::new_sparing(&[list], &directory, &modules)? });
    Ok(plans)
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

fn check(plans: &[Placed], report: &mut Report) -> Exit {
    let mut stale = Vec::new();
    for Placed { folder, plan } in plans {
        if !plan.is_empty() {
            report.line(plan.diff(folder).trim_end());
        }
        stale.extend(plan.changes().iter().map(|change| format!("{folder}/{}", change.path())));
    }
    report.object(&json!({ "fresh": stale.is_empty(), "stale": stale }));
    if stale.is_empty() {
        report.line("fresh: what is generated is what the specs say");
        return Exit::Done;
    }
    for path in &stale {
        report.line(format_args!("stale: {path}"));
    }
    report.line("renew it with `cargo xtask regen`");
    Exit::Stale
}

fn apply(workspace: &Workspace, plans: &[Placed], report: &mut Report) -> Outcome {
    let mut changed = Vec::new();
    for Placed { folder, plan } in plans {
        let root = workspace.root().join(folder);
        fs::create_dir_all(&root)?;
        plan.apply(&mut Directory::new(root))?;
        for change in plan.changes() {
            report.line(format_args!("{} {folder}/{}", change.verb(), change.path()));
            changed.push(json!({ "change": change.verb(), "path": format!("{folder}/{}", change.path()) }));
        }
    }
    if changed.is_empty() {
        report.line("nothing to do: what is generated is what the specs say");
    }
    report.object(&json!({ "changes": changed }));
    Ok(Exit::Done)
}
