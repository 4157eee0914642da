//! `cargo xtask docs`: writes the pages of `docs/` that are made from the code.

use std::fmt::Write as _;
use std::fs;

use codegen::diagnostics::{CodeInfo, Severity, catalogue};

use super::Outcome;
use crate::exit::Exit;
use crate::report::Report;
use crate::workspace::Workspace;

/// The page about diagnostics, relative to the workspace.
const DIAGNOSTICS: &str = "docs/diagnostics.md";

/// Renew the pages of `docs/` that are made from the code.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Write nothing; end with status 4 if a page is stale.
    #[arg(long)]
    check: bool,
}

/// Runs it.
pub fn run(options: &Options, report: &mut Report) -> Outcome {
    let path = Workspace::find()?.root().join(DIAGNOSTICS);
    let page = diagnostics();
    if fs::read_to_string(&path).is_ok_and(|old| old == page) {
        report.line("nothing to do: the pages say what the code says");
        return Ok(Exit::Done);
    }
    if options.check {
        report.line(format_args!("stale: {DIAGNOSTICS}\nrenew it with `cargo xtask docs`"));
        return Ok(Exit::Stale);
    }
    fs::write(&path, page)?;
    report.line(format_args!("update {DIAGNOSTICS}"));
    Ok(Exit::Done)
}

/// The manual of every diagnostic.
fn diagnostics() -> String {
    let mut page = String::from(
        "<!-- Made from the code by `cargo xtask docs`; do not edit. -->\n\n# Diagnostics\n\n\
         Every message has a code. `cargo xtask explain CODE` prints its manual in a terminal; this page has all of them.\n\n\
         | severity | meaning |\n|---|---|\n",
    );
    for (severity, meaning) in SEVERITIES {
        // Writing to a string can't fail.
        let _ = writeln!(page, "| {severity} | {meaning} |");
    }
    page.push_str("\n| code | severity | |\n|---|---|---|\n");
    for info in catalogue() {
        let _ = writeln!(page, "| [`{0}`](#{0}) | {1} | {2} |", info.id, info.severity, info.summary);
    }
    for info in catalogue() {
        entry(&mut page, info);
    }
    page
}

const SEVERITIES: [(Severity, &str); 4] = [
    (Severity::Error, "the document can't be generated"),
    (Severity::Skipped, "one operation or schema is left out; the rest generates"),
    (Severity::Lowered, "kept with less precision, say as any JSON"),
    (Severity::Note, "odd, but nothing is lost; printed with `--notes`"),
];

fn entry(page: &mut String, info: &CodeInfo) {
    let _ = write!(page, "\n## {}\n\n*{}*: {}\n\n{}\n", info.id, info.severity, info.summary, info.explanation.trim());
}
