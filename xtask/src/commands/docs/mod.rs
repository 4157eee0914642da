//! `cargo xtask docs`: writes the pages in `docs/` that are generated from the code and the
//! fixtures.

mod claims;
mod coverage;

use std::fmt::Write as _;
use std::fs;

use specwright::exit::Exit;
use specwright::report::Report;
use specwright_codegen::diagnostics::{CodeInfo, Effect, Severity, catalogue};

use super::CommandResult;
use crate::workspace::Workspace;

/// The page of diagnostics, relative to the workspace.
const DIAGNOSTICS: &str = "docs/diagnostics.md";

/// The page of supported keys, relative to the workspace.
const COVERAGE: &str = "docs/coverage.md";

/// Regenerate the pages in `docs/` that are generated from the code and the fixtures.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Write nothing. Exit with status 4 if a page is stale.
    #[arg(long)]
    check: bool,
}

/// Runs the command.
pub fn run(options: &Options, report: &mut Report) -> CommandResult {
    let workspace = Workspace::find()?;
    let coverage = match coverage::page(&workspace)? {
        Ok(page) => page,
        Err(problems) => {
            for problem in &problems {
                report.error_message(problem);
            }
            return Ok(Exit::Document);
        }
    };
    let mut stale = Vec::new();
    for (name, page) in [(DIAGNOSTICS, diagnostics()), (COVERAGE, coverage)] {
        let path = workspace.root().join(name);
        if fs::read_to_string(&path).is_ok_and(|old| old == page) {
            continue;
        }
        stale.push(name);
        if options.check {
            report.line(format_args!("stale: {name}"));
        } else {
            fs::write(&path, page)?;
            report.line(format_args!("update {name}"));
        }
    }
    if stale.is_empty() {
        report.line("nothing to do: the pages are up to date");
    } else if options.check {
        report.line("regenerate them with `cargo xtask docs`");
        return Ok(Exit::Stale);
    }
    Ok(Exit::Done)
}

/// The manual of every diagnostic.
fn diagnostics() -> String {
    let mut page = String::from(
        "<!-- Made from the code by `cargo xtask docs`; do not edit. -->\n\n# Diagnostics\n\n\
         Every message has a code. `specwright explain CODE` prints its manual in a terminal; this page contains all of them.\n\n\
         | severity | meaning |\n|---|---|\n",
    );
    for (severity, meaning) in SEVERITIES {
        // Writing to a string can't fail.
        let _ = writeln!(page, "| {severity} | {meaning} |");
    }
    page.push_str("\nA warning has an effect, too:\n\n| effect | meaning |\n|---|---|\n");
    for effect in [Effect::Skipped, Effect::Degraded] {
        let _ = writeln!(page, "| {effect} | {} |", effect.meaning());
    }
    page.push_str("\n| code | severity | effect | summary |\n|---|---|---|---|\n");
    for info in catalogue() {
        let _ =
            writeln!(page, "| [`{0}`](#{0}) | {1} | {2} | {3} |", info.id, info.severity, effect(info), info.summary);
    }
    for info in catalogue() {
        entry(&mut page, info);
    }
    page
}

const SEVERITIES: [(Severity, &str); 3] = [
    (Severity::Error, "nothing is generated"),
    (Severity::Warning, "something is lost; the effect says what"),
    (Severity::Note, "odd, but nothing is lost; printed with `--notes`"),
];

/// What a warning costs; empty for errors and notes.
fn effect(info: &CodeInfo) -> &'static str {
    info.effect.map_or("", Effect::as_str)
}

fn entry(page: &mut String, info: &CodeInfo) {
    let weight = info.effect.map(|effect| format!(", {effect}")).unwrap_or_default();
    let (id, severity, summary) = (info.id, info.severity, info.summary);
    let _ = write!(page, "\n## {id}\n\n*{severity}{weight}*: {summary}\n\n{}\n", info.explanation.trim());
}
