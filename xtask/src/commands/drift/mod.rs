//! `cargo xtask drift`: what changed between two documents, what it breaks, and which version comes
//! next.

pub mod base;
pub mod bump;
mod fetch;
mod git;
mod load;
mod settings;
mod side;

use std::io::Write;
use std::thread;

use load::Loaded;
use settings::{FailOn, Settings};
use side::{Pair, Problem, Since};
use specwright_codegen::drift::{Drift, Level, RustChanges, RustVerdict, compare, report};

use super::Outcome;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::report::{Format, Report};
use crate::workspace::Workspace;

/// Compare two documents: what changed, what it breaks on the wire and in Rust, which version comes
/// next.
#[derive(Debug, clap::Args)]
#[command(after_help = "A side is a file, a URL, the name of a provider, or git:REV:PATH.\n\
    With one PROVIDER its bundled document is compared with what `source.toml` names upstream.\n\
    `--since` without a revision takes the one where the branch left the branch that it goes to: DRIFT_BASE if that is set,\n\
    else origin/HEAD, origin/main or main; the commit before the last where the branch has none of its own.")]
pub struct Options {
    /// The document as it was, and as it is; or one provider.
    #[arg(value_name = "SIDE", num_args = 0..=2)]
    sides: Vec<String>,
    /// Compare every provider in the working tree with a git revision.
    #[arg(long, value_name = "REV", num_args = 0..=1, default_missing_value = "", conflicts_with = "sides")]
    since: Option<String>,
    /// End with status 5 if anything is at or above this level: info, warning or error [default:
    /// error]; or `bump`, with `--since`: if the version of the generated crate moved by less than
    /// the drift asks for.
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<String>,
    /// Levels and ignores [default: drift.toml of the workspace, if there is one].
    #[arg(long, value_name = "FILE")]
    config: Option<String>,
    /// Take Rust verdicts from the rules instead of generating both sides.
    #[arg(long)]
    no_rust: bool,
}

/// Runs it.
#[expect(clippy::unnecessary_wraps, reason = "all commands have one signature")]
pub fn run(options: &Options, report: &mut Report) -> Outcome {
    match compared(options, report) {
        Ok(exit) => Ok(exit),
        Err(Problem::Usage(text)) => {
            report.failure(&text);
            Ok(Exit::Usage)
        }
        Err(Problem::Unreadable(text)) => {
            report.failure(&text);
            Ok(Exit::Document)
        }
        Err(Problem::Choices(error)) => {
            report.problem(&*error);
            Ok(Exit::Document)
        }
        Err(Problem::Reported) => Ok(Exit::Document),
    }
}

fn compared(options: &Options, report: &mut Report) -> Result<Exit, Problem> {
    let workspace = Workspace::find().ok();
    let settings = Settings::new(options, workspace.as_ref())?;
    let Some(revision) = &options.since else {
        let pair = side::pair(&options.sides, workspace.as_ref(), settings.options())?;
        let mut drift = compare_pair(&pair, options.verdicts(), report)?;
        settings.config.apply(&mut drift, settings.today);
        return Ok(finish(&drift, &settings, report));
    };
    let workspace = workspace.ok_or_else(|| Problem::Usage("`--since` works inside a workspace".to_owned()))?;
    let revision = if revision.is_empty() {
        match base::find(workspace.root(), base::Change::LastCommit) {
            Ok(base) => {
                report.note(format_args!("compared with {}", base.said));
                base.commit
            }
            Err(base::NoBase::Unknown(text)) => return Err(Problem::Usage(text)),
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
    let mut drift = since(&workspace, &revision, &settings, &[], options.verdicts(), report)?;
    if settings.fail_on != FailOn::Bump {
        return Ok(finish(&drift, &settings, report));
    }
    let step = bump::Step::new(&workspace, &revision, &settings.config, &drift).map_err(Problem::Unreadable)?;
    drift.notes.push(step.said());
    print(&drift, settings.level(), report);
    Ok(if step.holds() { Exit::Done } else { Exit::Drift })
}

fn finish(drift: &Drift, settings: &Settings, report: &Report) -> Exit {
    print(drift, settings.level(), report);
    if drift.reaches(settings.level()) { Exit::Drift } else { Exit::Done }
}

/// What the change in the working tree does to some providers, and to the version of the generated
/// crate.
pub struct Validated {
    /// What changed.
    pub drift: Drift,
    /// How far the version moved.
    pub step: bump::Step,
    /// What was compared with.
    pub base: base::Base,
}

/// Validates what is not committed yet, or all of a branch that has commits of its own.
///
/// # Errors
///
/// Why it can't be validated, in one sentence.
pub fn validate(workspace: &Workspace, providers: &[String], report: &mut Report) -> Result<Validated, String> {
    let said = |problem: Problem| match problem {
        Problem::Usage(text) | Problem::Unreadable(text) => text,
        Problem::Choices(error) => error.to_string(),
        Problem::Reported => "a document can't be read".to_owned(),
    };
    let base = base::find(workspace.root(), base::Change::Uncommitted).map_err(|none| match none {
        base::NoBase::Nothing(text) | base::NoBase::Unknown(text) => text,
    })?;
    let settings = Settings::of(workspace).map_err(said)?;
    let drift = since(workspace, &base.commit, &settings, providers, Verdicts::Generated, report).map_err(said)?;
    let step = bump::Step::new(workspace, &base.commit, &settings.config, &drift)?;
    Ok(Validated { drift, step, base })
}

/// What changed since a revision, with levels and ignores applied.
fn since(
    workspace: &Workspace,
    revision: &str,
    settings: &Settings,
    providers: &[String],
    verdicts: Verdicts,
    report: &mut Report,
) -> Result<Drift, Problem> {
    let Since { pairs, came, gone } = side::since(workspace, revision, settings.options(), providers)?;
    let mut all: Option<Drift> = None;
    for pair in &pairs {
        join(&mut all, compare_pair(pair, verdicts, report)?);
    }
    let mut drift = all.unwrap_or_default();
    for name in came {
        drift.notes.push(format!("the provider `{name}` is new: the generated crate has one more module"));
        drift.rust = drift.rust.max(RustVerdict::Additive);
    }
    for name in gone {
        drift.notes.push(format!("the provider `{name}` is gone, and with it its module of the generated crate"));
        drift.rust = RustVerdict::Breaking;
    }
    settings.config.apply(&mut drift, settings.today);
    Ok(drift)
}

/// Where Rust verdicts come from.
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

/// Compares one pair. Both sides are read at once; while they are compared, the API of each is
/// built.
fn compare_pair(pair: &Pair, verdicts: Verdicts, report: &mut Report) -> Result<Drift, Problem> {
    let reading = Progress::start(report.format(), format!("reading {} and {}", pair.old.label, pair.new.label));
    let (old, new) = thread::scope(|scope| {
        let old = scope.spawn(|| Loaded::new(&pair.old));
        let new = Loaded::new(&pair.new);
        (old.join(), new)
    });
    drop(reading);
    let old = old.map_err(|_| defect("reading the old side"))?;
    let (Some(before), Some(after)) = (old.document(report), new.document(report)) else {
        return Err(Problem::Reported);
    };
    let _comparing = Progress::start(report.format(), format!("comparing {} with {}", pair.old.label, pair.new.label));
    let (findings, apis) = thread::scope(|scope| {
        let building =
            (verdicts == Verdicts::Generated).then(|| (scope.spawn(|| old.api()), scope.spawn(|| new.api())));
        let findings = compare(before, after, &pair.options);
        (findings, building.map(|(old, new)| (old.join(), new.join())))
    });
    // The process ends soon: to free two large trees node by node would take a tenth of its time.
    std::mem::forget((old, new));
    let (old, new) = (pair.old.label.clone(), pair.new.label.clone());
    let mut drift = Drift { old, new, findings, ..Drift::default() };
    match apis {
        Some((Ok(Ok(old)), Ok(Ok(new)))) => RustChanges::new(&old, &new).apply(&mut drift),
        Some((Ok(old), Ok(new))) => {
            drift.notes.extend([old.err(), new.err()].into_iter().flatten());
        }
        Some(_) => return Err(defect("building an API")),
        None => {}
    }
    Ok(drift)
}

fn defect(what: &str) -> Problem {
    Problem::Unreadable(format!("{what} failed; this is a defect of the generator"))
}

/// Several pairs are reported as one.
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
    joined.rust = joined.rust.max(drift.rust);
    joined.from_generated &= drift.from_generated;
}

fn print(drift: &Drift, fail_on: Level, report: &Report) {
    let color = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let text = match report.format() {
        Format::Text => report::to_text(drift, color),
        Format::Json => {
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            // A reader that went away, such as `head`, is no failure of ours.
            let _ = serde_json::to_writer(&mut out, &report::to_json(drift)).map(|()| writeln!(out));
            return;
        }
        Format::Markdown => report::to_markdown(drift),
        Format::Html => report::to_html(drift),
        Format::Github => report::to_github(drift),
        Format::Junit => report::to_junit(drift, fail_on),
        Format::Sarif => format!("{}\n", report::to_sarif(drift)),
    };
    let _ = std::io::stdout().write_all(text.as_bytes());
}
