//! `cargo xtask regen`: renews all generated output, or says what of it is stale.

mod bump;
mod group;
mod memory;

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;
use specwright_codegen::diagnostics::nearest;
use specwright_codegen::output::{Directory, Plan, PlanError};
use specwright_codegen::pipeline::Generated;
use specwright_codegen::render::{RenderError, RenderedFile};

use self::group::{Findings, Group, Job};
use self::memory::Memory;
use super::Outcome;
use crate::exit::Exit;
use crate::fixture::Fixture;
use crate::progress::Progress;
use crate::provider::Provider;
use crate::report::Report;
use crate::workspace::Workspace;

/// Renew all generated output: writes only what changed, and removes what is generated no more.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Providers to renew; without one, all of them and the modules that the tests compile.
    #[arg(value_name = "PROVIDER")]
    providers: Vec<String>,
    /// Write nothing; print what is stale as a unified diff and end with status 4 if anything is.
    #[arg(long)]
    check: bool,
    /// Also print notes: what was found odd, but changes nothing.
    #[arg(long)]
    notes: bool,
    /// Write although the version of the generated crate moved by less than the specs changed; the
    /// reason is kept in `drift.toml`.
    #[arg(long, value_name = "REASON", conflicts_with = "check")]
    allow_smaller_bump: Option<String>,
}

impl Options {
    /// Whether what was fresh after the last run may be passed over.
    fn may_pass_over(&self) -> bool {
        !self.check && !self.notes && self.providers.is_empty()
    }
}

/// What is to be done in one folder.
struct Work {
    folder: &'static str,
    directory: Directory,
    plan: Plan,
}

/// What was generated for one folder.
struct Made<'g> {
    files: Vec<RenderedFile>,
    /// The jobs that found nothing to tell, and read nothing but their own files.
    quiet: Vec<&'g Job>,
}

/// Runs it.
pub fn run(options: &Options, report: &mut Report) -> Outcome {
    report.workspace(&Workspace::find()?);
    renew(options, Version::Validated, report)
}

/// Renews one provider that is new: the version can follow once it is known to be good.
pub fn run_first(provider: &str, notes: bool, report: &mut Report) -> Outcome {
    let providers = vec![provider.to_owned()];
    let options = Options { providers, check: false, notes, allow_smaller_bump: None };
    renew(&options, Version::Free, report)
}

/// Whether the version of the generated crate has to follow what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    Validated,
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
    let Some(mut groups) = groups(&workspace, &all, options, report) else {
        return Ok(Exit::Document);
    };
    let memory = options.may_pass_over().then(|| Memory::read(&workspace));
    for group in &mut groups {
        if let Some(memory) = &memory {
            memory.pass_over(&workspace, group);
        }
    }
    let Some(made) = generate(&workspace, &groups, options, report)? else {
        return Ok(Exit::Document);
    };
    let quiet: Vec<_> = groups.iter().zip(&made).map(|(group, made)| (group, made.quiet.clone())).collect();
    let mut work = match plan(&workspace, &groups, made) {
        Ok(work) => work,
        Err(error) => {
            report.failure(&error);
            return Ok(if options.check { Exit::Stale } else { Exit::Document });
        }
    };
    if options.check {
        return Ok(check(&work, report));
    }
    let providers_change = work.iter().any(|work| work.folder == group::PROVIDERS && !work.plan.is_empty());
    if version == Version::Validated && providers_change {
        let reason = options.allow_smaller_bump.as_deref();
        match bump::validate(&workspace, &options.providers, reason, report)? {
            Exit::Done => {}
            refused => return Ok(refused),
        }
    }
    apply(&mut work, report)?;
    if let Some(memory) = memory {
        memory.note(&workspace, &quiet)?;
    }
    Ok(Exit::Done)
}

/// What is generated, by folder: the chosen providers, and with all of them the fixtures; `None` if
/// their choices can't be read, which has been reported.
fn groups(workspace: &Workspace, all: &[String], options: &Options, report: &mut Report) -> Option<Vec<Group>> {
    let mut providers = Vec::new();
    for name in all {
        match Provider::read(workspace, name) {
            Ok(provider) => providers.push(provider),
            Err(error) => report.problem(&*error),
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
                report.problem(&*error);
                return None;
            }
        }
    }
    Some(groups)
}

/// What is to be done in each folder.
fn plan(workspace: &Workspace, groups: &[Group], made: Vec<Made<'_>>) -> Result<Vec<Work>, PlanError> {
    let mut work = Vec::new();
    for (group, made) in groups.iter().zip(made) {
        let directory = Directory::new(workspace.root().join(group.folder));
        let plan = group.plan(made.files, &directory)?;
        work.push(Work { folder: group.folder, directory, plan });
    }
    Ok(work)
}

/// The files of each group; `None` if any document has errors, which have been reported.
fn generate<'g>(
    workspace: &Workspace,
    groups: &'g [Group],
    options: &Options,
    report: &mut Report,
) -> Result<Option<Vec<Made<'g>>>, Box<dyn std::error::Error>> {
    let jobs: Vec<&Job> = groups.iter().flat_map(|group| &group.jobs).collect();
    let progress = Progress::start(report.format(), format!("generating {} modules", jobs.len()));
    let mut results = side_by_side(workspace, &jobs).into_iter();
    drop(progress);
    let mut generations = Vec::new();
    let mut made = Vec::new();
    for group in groups {
        let (mut files, mut quiet) = (Vec::new(), Vec::new());
        for (job, result) in group.jobs.iter().zip(&mut results) {
            let generated =
                result.ok_or_else(|| format!("the generator failed on {}; this is a defect of it", job.name))??;
            if generated.generation.api.is_none() || job.findings == Findings::Shown {
                report.diagnostics(&generated.generation, options.notes);
            }
            quiet.extend(job.is_quiet(&generated.generation).then_some(job));
            files.extend(generated.files);
            generations.push(generated.generation);
        }
        made.push(Made { files, quiet });
    }
    if generations.iter().any(|generation| generation.api.is_none()) {
        report.refused(&generations.iter().collect::<Vec<_>>());
        return Ok(None);
    }
    Ok(Some(made))
}

/// Runs the jobs on all processors; what becomes of each stands in its place, `None` if it
/// panicked.
fn side_by_side(workspace: &Workspace, jobs: &[&Job]) -> Vec<Option<Result<Generated, RenderError>>> {
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

fn check(work: &[Work], report: &mut Report) -> Exit {
    let stale: Vec<String> = work
        .iter()
        .flat_map(|work| work.plan.changes().iter().map(|change| format!("{}/{}", work.folder, change.path())))
        .collect();
    report.object(&json!({ "fresh": stale.is_empty(), "stale": stale }));
    if stale.is_empty() {
        report.line("fresh: what is generated is what the specs say");
        return Exit::Done;
    }
    for work in work.iter().filter(|work| !work.plan.is_empty()) {
        report.diff(work.plan.diff(work.folder).trim_end());
    }
    for path in &stale {
        report.line(format_args!("stale: {path}"));
    }
    report.line("renew it with `cargo xtask regen`");
    Exit::Stale
}

fn apply(work: &mut [Work], report: &mut Report) -> io::Result<()> {
    let mut changed = Vec::new();
    for Work { folder, directory, plan } in work {
        plan.apply(directory)?;
        for change in plan.changes() {
            report.line(format_args!("{} {folder}/{}", change.verb(), change.path()));
            changed.push(json!({ "change": change.verb(), "path": format!("{folder}/{}", change.path()) }));
        }
    }
    if changed.is_empty() {
        report.line("nothing to do: what is generated is what the specs say");
    }
    report.object(&json!({ "changes": changed }));
    Ok(())
}
