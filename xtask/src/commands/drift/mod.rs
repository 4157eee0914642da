//! `cargo xtask drift`: what changed between two documents, what it breaks, and which version comes next.

mod fetch;
mod git;
mod load;
mod settings;
mod side;

use std::io::Write;

use codegen::drift::{Drift, Level, RustChanges, compare, report};

use super::Outcome;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::report::{Format, Report};
use crate::workspace::Workspace;
use load::Loaded;
use settings::Settings;
use side::{Pair, Problem};

/// Compare two documents: what changed, what it breaks on the wire and in Rust, which version comes next.
#[derive(Debug, clap::Args)]
#[command(after_help = "A side is a file, a URL, the name of a provider, or git:REV:PATH.\n\
    With one PROVIDER its bundled document is compared with what `source.toml` names upstream.")]
pub struct Options {
    /// The document as it was, and as it is; or one provider.
    #[arg(value_name = "SIDE", num_args = 0..=2)]
    sides: Vec<String>,
    /// Compare every provider in the working tree with a git revision.
    #[arg(long, value_name = "REV", conflicts_with = "sides")]
    since: Option<String>,
    /// End with status 5 if anything is at or above this level: info, warning or error [default: error].
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
    let workspace = Workspace::find().ok();
    let settings = match Settings::new(options, workspace.as_ref()) {
        Ok(settings) => settings,
        Err(problem) => return Ok(refused(&problem, report)),
    };
    let pairs = match side::pairs(options, workspace.as_ref(), report) {
        Ok(pairs) => pairs,
        Err(problem) => return Ok(refused(&problem, report)),
    };
    let mut all: Option<Drift> = None;
    for pair in &pairs {
        let Some(drift) = compare_pair(pair, options, report) else { return Ok(Exit::Document) };
        join(&mut all, drift);
    }
    let mut drift = all.unwrap_or_default();
    settings.config.apply(&mut drift, settings.today);
    print(&drift, settings.fail_on, report);
    Ok(if drift.reaches(settings.fail_on) { Exit::Drift } else { Exit::Done })
}

fn refused(problem: &Problem, report: &mut Report) -> Exit {
    match problem {
        Problem::Usage(text) => {
            report.failure(text);
            Exit::Usage
        }
        Problem::Unreadable(text) => {
            report.failure(text);
            Exit::Document
        }
    }
}

/// Compares one pair; `None` if a side can't be read, which has been reported.
fn compare_pair(pair: &Pair, options: &Options, report: &mut Report) -> Option<Drift> {
    let rust = !options.no_rust;
    let reading = Progress::start(report.format(), format!("reading {} and {}", pair.old.label, pair.new.label));
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| Loaded::new(&pair.old, rust));
        let new = Loaded::new(&pair.new, rust);
        (old.join(), new)
    });
    drop(reading);
    let Ok(old) = old else {
        report.failure(&"reading the old side failed; this is a defect of the reader");
        return None;
    };
    let (Some(before), Some(after)) = (old.document(report), new.document(report)) else { return None };
    let _comparing = Progress::start(report.format(), format!("comparing {} with {}", pair.old.label, pair.new.label));
    let mut drift = Drift {
        old: pair.old.label.clone(),
        new: pair.new.label.clone(),
        findings: compare(before, after, &pair.options),
        ..Drift::default()
    };
    if let (Some(old), Some(new)) = (&old.api, &new.api) {
        RustChanges::new(old, new).apply(&mut drift.findings);
        drift.from_generated = true;
    }
    Some(drift)
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
    joined.from_generated &= drift.from_generated;
}

fn print(drift: &Drift, fail_on: Level, report: &Report) {
    let color = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let text = match report.format() {
        Format::Text => report::to_text(drift, color),
        Format::Json => format!("{}\n", report::to_json(drift)),
        Format::Markdown => report::to_markdown(drift),
        Format::Html => report::to_html(drift),
        Format::Github => report::to_github(drift),
        Format::Junit => report::to_junit(drift, fail_on),
        Format::Sarif => format!("{}\n", report::to_sarif(drift)),
    };
    // A reader that went away, such as `head`, is no failure of ours.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
