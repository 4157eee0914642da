//! `drift`: compares two documents and reports what changed, what the changes break, and the
//! version bump that they require.

pub mod base;
pub mod bump;
mod load;
mod settings;
mod side;

use std::io::Write;
use std::path::PathBuf;
use std::thread;

use specwright_codegen::drift::{Drift, Level, RustChanges, RustVerdict, as_written, compare, module_finding, report};

use self::load::Loaded;
use self::settings::{FailOn, Settings};
use self::side::{DriftError, Pair, Since};
use super::CommandResult;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::project::Project;
use crate::report::{Format, Report};

/// Compare two documents: what changed, what breaks on the wire and in Rust, and which version bump
/// is required.
#[derive(Debug, clap::Args)]
#[command(after_help = "A SIDE is a file, a URL, the name of an API of the project, or git:REV:PATH. \
    A single API is compared with the document that its configuration names as upstream.\n\n\
    `--since` without a revision uses the one where the branch left its target branch: DRIFT_BASE if that is set, \
    else origin/HEAD, origin/main or main. A branch without commits of its own is compared with the commit before \
    the last.")]
pub struct Options {
    /// The old and the new document, or one API.
    #[arg(value_name = "SIDE", num_args = 0..=2)]
    sides: Vec<String>,
    /// Compare the API with this file or URL instead of the one that its configuration names. From
    /// a page of documentation, the document in its block of YAML or JSON is read.
    #[arg(long, value_name = "FILE", conflicts_with = "since")]
    upstream: Option<String>,
    /// Compare every API in the working tree with a git revision.
    #[arg(long, value_name = "REV", num_args = 0..=1, default_missing_value = "", conflicts_with = "sides")]
    since: Option<String>,
    /// Exit with status 5 if a finding is at or above this level: info, warning or error [default:
    /// error]. With `--since` also `bump`: exit with status 5 if the version bump of the generated
    /// crate is smaller than the drift requires.
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<String>,
    /// Configuration of levels and ignored findings [default: drift.toml of the project, if it
    /// exists].
    #[arg(long, value_name = "FILE")]
    config: Option<String>,
    /// Also read the files in this folder to which a document refers. By default, only those in the
    /// document's own folder are read. Repeatable.
    #[arg(long, value_name = "DIR")]
    allow_read: Vec<PathBuf>,
    /// Derive Rust verdicts from the rules instead of building both APIs.
    #[arg(long)]
    no_rust: bool,
}

/// Runs the command, in a project if there is one.
///
/// # Errors
///
/// None. Every error is reported and has an exit status.
pub fn run(options: &Options, project: Option<&dyn Project>, report: &mut Report) -> CommandResult {
    match try_run(options, project, report) {
        Ok(exit) => Ok(exit),
        Err(DriftError::Usage(text)) => {
            report.error_message(&text);
            Ok(Exit::Usage)
        }
        Err(DriftError::Unreadable(text)) => {
            report.error_message(&text);
            Ok(Exit::Document)
        }
        Err(DriftError::Config(error)) => {
            report.error(&*error);
            Ok(Exit::Document)
        }
        Err(DriftError::Reported) => Ok(Exit::Document),
    }
}

fn try_run(options: &Options, project: Option<&dyn Project>, report: &mut Report) -> Result<Exit, DriftError> {
    let settings = Settings::new(options, project)?;
    let Some(revision) = &options.since else {
        let pair =
            side::pair(&options.sides, &options.allow_read, options.upstream.as_deref(), project, settings.options())?;
        let mut drift = compare_pair(&pair, options.verdicts(), report)?;
        settings.config.apply(&mut drift, settings.today);
        return Ok(finish(&drift, &settings, report));
    };
    let project = project.ok_or_else(|| DriftError::Usage("`--since` works inside a project".to_owned()))?;
    let revision = if revision.is_empty() {
        match base::find(project.root(), base::Change::LastCommit) {
            Ok(base) => {
                report.note(format_args!("comparing with {}", base.description));
                base.commit
            }
            Err(base::NoBase::Unknown(text)) => return Err(DriftError::Usage(text)),
            Err(base::NoBase::Nothing(why)) => {
                let drift =
                    Drift { notes: vec![format!("there is nothing to compare with: {why}")], ..Drift::default() };
                print(&drift, settings.level(), report);
                return Ok(Exit::Done);
            }
        }
    } else {
        revision.clone()
    };
    let mut drift = since(project, &revision, &settings, &[], options.verdicts(), report)?;
    if settings.fail_on != FailOn::Bump {
        return Ok(finish(&drift, &settings, report));
    }
    let step = bump::VersionStep::new(project, &revision, &settings.config, &drift).map_err(DriftError::Unreadable)?;
    drift.notes.push(step.summary());
    print(&drift, settings.level(), report);
    Ok(if step.is_enough() { Exit::Done } else { Exit::Drift })
}

fn finish(drift: &Drift, settings: &Settings, report: &Report) -> Exit {
    print(drift, settings.level(), report);
    if drift.reaches(settings.level()) { Exit::Drift } else { Exit::Done }
}

/// The drift of the change in the working tree, and the version of the generated crate.
pub struct VersionCheck {
    /// The drift.
    pub drift: Drift,
    /// The step of the version.
    pub step: bump::VersionStep,
    /// The base of the comparison.
    pub base: base::Base,
}

/// Checks the version for the uncommitted changes, or for a whole branch if it has commits of its
/// own.
///
/// # Errors
///
/// One sentence that says why it can't be checked.
pub fn check_version(project: &dyn Project, names: &[String], report: &mut Report) -> Result<VersionCheck, String> {
    let message = |error: DriftError| match error {
        DriftError::Usage(text) | DriftError::Unreadable(text) => text,
        DriftError::Config(error) => error.to_string(),
        DriftError::Reported => "a document can't be read".to_owned(),
    };
    let base = base::find(project.root(), base::Change::Uncommitted).map_err(|none| match none {
        base::NoBase::Nothing(text) | base::NoBase::Unknown(text) => text,
    })?;
    let settings = Settings::of(project).map_err(message)?;
    let drift = since(project, &base.commit, &settings, names, Verdicts::Generated, report).map_err(message)?;
    let step = bump::VersionStep::new(project, &base.commit, &settings.config, &drift)?;
    Ok(VersionCheck { drift, step, base })
}

/// The drift since a revision, with the configuration applied.
fn since(
    project: &dyn Project,
    revision: &str,
    settings: &Settings,
    names: &[String],
    verdicts: Verdicts,
    report: &mut Report,
) -> Result<Drift, DriftError> {
    let Since { pairs, added, removed } = side::since(project, revision, settings.options(), names)?;
    let mut all: Option<Drift> = None;
    for pair in &pairs {
        join(&mut all, compare_pair(pair, verdicts, report)?);
    }
    let mut drift = all.unwrap_or_default();
    for (name, document) in added {
        drift.findings.push(module_finding(&name, &document, RustVerdict::Additive));
        drift.rust = drift.rust.max(RustVerdict::Additive);
    }
    for (name, document) in removed {
        drift.findings.push(module_finding(&name, &document, RustVerdict::Breaking));
        drift.rust = RustVerdict::Breaking;
    }
    settings.config.apply(&mut drift, settings.today);
    Ok(drift)
}

/// The source of Rust verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdicts {
    Generated,
    FromRules,
}

impl Options {
    fn verdicts(&self) -> Verdicts {
        if self.no_rust { Verdicts::FromRules } else { Verdicts::Generated }
    }
}

/// Compares a pair. Both sides are read in parallel. Both APIs are built while the documents are
/// compared.
fn compare_pair(pair: &Pair, verdicts: Verdicts, report: &mut Report) -> Result<Drift, DriftError> {
    let reading = Progress::start(report.format(), format!("reading {} and {}", pair.old.label, pair.new.label));
    let (old, new) = thread::scope(|scope| {
        let old = scope.spawn(|| Loaded::new(&pair.old));
        let new = Loaded::new(&pair.new);
        (old.join(), new)
    });
    drop(reading);
    let old = old.map_err(|_| bug("reading the old side"))?;
    let (Some(before), Some(after)) = (old.document(report), new.document(report)) else {
        return Err(DriftError::Reported);
    };
    let _comparing = Progress::start(report.format(), format!("comparing {} with {}", pair.old.label, pair.new.label));
    let (findings, apis) = thread::scope(|scope| {
        let building =
            (verdicts == Verdicts::Generated).then(|| (scope.spawn(|| old.api()), scope.spawn(|| new.api())));
        let findings = compare(before, after, &pair.options);
        (findings, building.map(|(old, new)| (old.join(), new.join())))
    });
    let labels = (pair.old.label.clone(), pair.new.label.clone());
    let mut drift = Drift { old: labels.0, new: labels.1, findings, ..Drift::default() };
    match apis {
        Some((Ok(Ok(old)), Ok(Ok(new)))) => RustChanges::new(&old, &new).apply(&mut drift),
        Some((Ok(old), Ok(new))) => {
            drift.notes.extend([old.err(), new.err()].into_iter().flatten());
        }
        Some(_) => return Err(bug("building an API")),
        None => {}
    }
    as_written(&mut drift.findings, before, after);
    // The process ends soon, and freeing two large trees would take a tenth of its run time.
    std::mem::forget((old, new));
    Ok(drift)
}

fn bug(what: &str) -> DriftError {
    DriftError::Unreadable(format!("{what} failed; this is a bug"))
}

/// Adds the drift of a pair to the drift of others, so that they are reported together.
fn join(all: &mut Option<Drift>, drift: Drift) {
    let Some(joined) = all else {
        *all = Some(drift);
        return;
    };
    joined.old = format!("{}, {}", joined.old, drift.old);
    joined.new = format!("{}, {}", joined.new, drift.new);
    joined.findings.extend(drift.findings);
    joined.findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    joined.notes.extend(drift.notes);
    joined.renames.extend(drift.renames);
    joined.rust = joined.rust.max(drift.rust);
    joined.from_generated &= drift.from_generated;
}

/// One line of JSON, without hidden characters.
fn json(text: &str) -> String {
    format!("{}\n", specwright_codegen::text::json(text))
}

fn print(drift: &Drift, fail_on: Level, report: &Report) {
    let color = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let text = match report.format() {
        Format::Text => report::to_text(drift, color),
        Format::Json => serde_json::to_string(&report::to_json(drift)).map(|text| json(&text)).unwrap_or_default(),
        Format::Markdown => report::to_markdown(drift),
        Format::Html => report::to_html(drift),
        Format::Github => report::to_github(drift),
        Format::Junit => report::to_junit(drift, fail_on),
        Format::Changelog => report::to_changelog(drift),
        Format::Sarif => json(&report::to_sarif(drift).to_string()),
    };
    // A closed pipe, as after `head`, is not an error.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
