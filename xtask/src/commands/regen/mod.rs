//! `cargo xtask regen`: regenerates all output, or reports what is stale.

mod bump;
mod cache;
mod changelog;
mod former;
mod group;

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;
use specwright::exit::Exit;
use specwright::progress::Progress;
use specwright::report::{Report, Shown};
use specwright_codegen::diagnostics::nearest;
use specwright_codegen::output::{Directory, Plan, PlanError};
use specwright_codegen::pipeline::Generated;
use specwright_codegen::render::{RenderError, RenderedFile};

use self::cache::Cache;
use self::group::{Group, Job, ShownDiagnostics};

use super::CommandResult;
use crate::fixture::Fixture;
use crate::provider::Provider;
use crate::workspace::Workspace;

/// Regenerate all output: write changed files, and delete files that are no longer generated.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Providers to regenerate. By default, all of them and the fixtures of the tests.
    #[arg(value_name = "PROVIDER")]
    providers: Vec<String>,
    /// Write nothing. Print a unified diff of stale files, and exit with status 4 if there are any.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    shown: Shown,
    /// Accept a smaller version bump of the generated crate than the changes require. The reason is
    /// recorded in `drift.toml`.
    #[arg(long, value_name = "REASON", conflicts_with = "check")]
    allow_smaller_bump: Option<String>,
    /// Also write the changes since the start of this branch into `generated-client/CHANGELOG.md`,
    /// together with what users must change in their code.
    #[arg(long, conflicts_with = "check")]
    changelog: bool,
    /// Also keep the names that types, operations and setters had at the start of this branch as
    /// deprecated aliases. The names are recorded in `provider.toml`, and are kept until they are
    /// removed there.
    #[arg(long, conflicts_with = "check")]
    keep_names: bool,
}

impl Options {
    /// Whether fresh modules may be skipped.
    fn may_skip_fresh(&self) -> bool {
        !self.check && !self.shown.notes && self.providers.is_empty()
    }
}

/// The planned changes of one folder.
struct FolderPlan {
    folder: &'static str,
    directory: Directory,
    plan: Plan,
}

/// The output for one group.
struct GroupOutput<'g> {
    files: Vec<RenderedFile>,
    /// The public items of each module; empty for fixtures.
    surfaces: Vec<RenderedFile>,
    /// The jobs that may be skipped next time.
    skippable: Vec<&'g Job>,
}

/// Runs the command.
pub fn run(options: &Options, report: &mut Report) -> CommandResult {
    regenerate(options, VersionPolicy::Checked, report)
}

/// Generates a new provider, without checking the version of the generated crate.
pub fn run_new(provider: &str, shown: Shown, report: &mut Report) -> CommandResult {
    let providers = vec![provider.to_owned()];
    let options =
        Options { providers, check: false, shown, allow_smaller_bump: None, changelog: false, keep_names: false };
    regenerate(&options, VersionPolicy::Unchecked, report)
}

/// Whether the version of the generated crate must match the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum VersionPolicy {
    Checked,
    Unchecked,
}

fn regenerate(options: &Options, version: VersionPolicy, report: &mut Report) -> CommandResult {
    let workspace = Workspace::find()?;
    let all = workspace.providers()?;
    if let Some(unknown) = options.providers.iter().find(|name| !all.contains(name)) {
        let hint = match nearest(unknown, all.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the providers are {}", all.join(", ")),
        };
        report.error_message(&format_args!("there is no provider `{unknown}`; {hint}"));
        return Ok(Exit::Usage);
    }
    if options.keep_names {
        former::record(&workspace, &options.providers, report)?;
    }
    let Some(mut groups) = groups(&workspace, &all, options, report) else {
        return Ok(Exit::Document);
    };
    let cache = options.may_skip_fresh().then(|| Cache::read(&workspace));
    for group in &mut groups {
        if let Some(cache) = &cache {
            cache.skip_fresh(&workspace, group);
        }
    }
    let Some(outputs) = generate(&workspace, &groups, options, report)? else {
        return Ok(Exit::Document);
    };
    let skippable: Vec<_> =
        groups.iter().zip(&outputs).map(|(group, output)| (group, output.skippable.clone())).collect();
    let mut plans = match plan(&workspace, &groups, outputs) {
        Ok(plans) => plans,
        Err(error) => {
            report.error_message(&error);
            return Ok(if options.check { Exit::Stale } else { Exit::Document });
        }
    };
    if options.check {
        return Ok(check(&plans, report));
    }
    let providers_change = plans.iter().any(|one| one.folder == group::PROVIDERS && !one.plan.is_empty());
    if version == VersionPolicy::Checked && providers_change {
        let reason = options.allow_smaller_bump.as_deref();
        match bump::check(&workspace, &options.providers, reason, report)? {
            Exit::Done => {}
            refused => return Ok(refused),
        }
    }
    apply(&mut plans, report)?;
    if options.changelog {
        changelog::write(&workspace, &options.providers, report)?;
    }
    if let Some(cache) = cache {
        cache.record(&workspace, &skippable)?;
    }
    Ok(Exit::Done)
}

/// The groups to generate: the chosen providers, or all providers and the fixtures. `None` if a
/// configuration can't be read, which has already been reported.
fn groups(workspace: &Workspace, all: &[String], options: &Options, report: &mut Report) -> Option<Vec<Group>> {
    let mut providers = Vec::new();
    for name in all {
        match Provider::read(&workspace.reader(), name) {
            Ok(provider) => providers.push(provider),
            Err(error) => report.error(&*error),
        }
    }
    if providers.len() < all.len() {
        return None;
    }
    let mut groups = vec![Group::providers(&providers, &options.providers)];
    if options.providers.is_empty() {
        match Fixture::all(workspace) {
            Ok(fixtures) => groups.extend((!fixtures.is_empty()).then(|| Group::fixtures(&fixtures))),
            Err(error) => {
                report.error(&*error);
                return None;
            }
        }
    }
    Some(groups)
}

/// The changes of each folder.
fn plan(workspace: &Workspace, groups: &[Group], outputs: Vec<GroupOutput<'_>>) -> Result<Vec<FolderPlan>, PlanError> {
    let mut plans = Vec::new();
    for (group, output) in groups.iter().zip(outputs) {
        let directory = Directory::new(workspace.root().join(group.folder));
        let plan = group.plan(output.files, &directory)?;
        plans.push(FolderPlan { folder: group.folder, directory, plan });
        if group.folder == group::PROVIDERS {
            let directory = Directory::new(workspace.root().join(group::SURFACES));
            let plan = group.plan_surfaces(&output.surfaces, &directory)?;
            plans.push(FolderPlan { folder: group::SURFACES, directory, plan });
        }
    }
    Ok(plans)
}

/// The output of each group; `None` if a document has errors, which have already been reported.
fn generate<'g>(
    workspace: &Workspace,
    groups: &'g [Group],
    options: &Options,
    report: &mut Report,
) -> Result<Option<Vec<GroupOutput<'g>>>, Box<dyn std::error::Error>> {
    let jobs: Vec<&Job> = groups.iter().flat_map(|group| &group.jobs).collect();
    let progress = Progress::start(report.format(), format!("generating {} modules", jobs.len()));
    let mut results = run_parallel(workspace, &jobs).into_iter();
    drop(progress);
    let mut generations = Vec::new();
    let mut outputs = Vec::new();
    for group in groups {
        let (mut files, mut surfaces, mut skippable) = (Vec::new(), Vec::new(), Vec::new());
        for (job, result) in group.jobs.iter().zip(&mut results) {
            let generated =
                result.ok_or_else(|| format!("the generator panicked on {}; this is a bug", job.name))??;
            if generated.generation.api.is_none() || job.shown == ShownDiagnostics::All {
                report.diagnostics(&generated.generation, options.shown);
            }
            skippable.extend(job.is_skippable(&generated.generation).then_some(job));
            files.extend(generated.files);
            let is_listed = group.folder == group::PROVIDERS;
            surfaces.extend(job.surface(&generated.generation).filter(|_| is_listed));
            generations.push(generated.generation);
        }
        outputs.push(GroupOutput { files, surfaces, skippable });
    }
    if generations.iter().any(|generation| generation.api.is_none()) {
        report.not_written(&generations.iter().collect::<Vec<_>>());
        return Ok(None);
    }
    Ok(Some(outputs))
}

/// Runs the jobs on all processors. The results are in the order of the jobs; `None` means a panic.
fn run_parallel(workspace: &Workspace, jobs: &[&Job]) -> Vec<Option<Result<Generated, RenderError>>> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index) else { return done };
            let result = std::panic::catch_unwind(|| job.run(workspace)).ok();
            done.push((index, result));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    let mut results: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn check(plans: &[FolderPlan], report: &mut Report) -> Exit {
    let stale: Vec<String> = plans
        .iter()
        .flat_map(|one| one.plan.changes().iter().map(|change| format!("{}/{}", one.folder, change.path())))
        .collect();
    report.object(&json!({ "fresh": stale.is_empty(), "stale": stale }));
    if stale.is_empty() {
        report.line("fresh: the output matches the specs");
        return Exit::Done;
    }
    for one in plans.iter().filter(|one| !one.plan.is_empty()) {
        report.diff(one.plan.diff(one.folder).trim_end());
    }
    for path in &stale {
        report.line(format_args!("stale: {path}"));
    }
    report.line("regenerate it with `cargo xtask regen`");
    Exit::Stale
}

fn apply(plans: &mut [FolderPlan], report: &mut Report) -> io::Result<()> {
    let mut changed = Vec::new();
    for FolderPlan { folder, directory, plan } in plans {
        plan.apply(directory)?;
        for change in plan.changes() {
            report.line(format_args!("{} {folder}/{}", change.verb(), change.path()));
            changed.push(json!({ "change": change.verb(), "path": format!("{folder}/{}", change.path()) }));
        }
    }
    if changed.is_empty() {
        report.line("nothing to do: the output matches the specs");
    }
    report.object(&json!({ "changes": changed }));
    Ok(())
}
