//! `cargo xtask drift`: what changed between two documents, and what it breaks.

use codegen::diagnostics::Diagnostics;
use codegen::document::{Document, FileReader, Limits, Sources, load_into};
use codegen::drift::{self, Drift};

use super::Outcome;
use crate::exit::Exit;
use crate::report::Report;

/// Compare two documents: what changed, what it breaks on the wire and in Rust, which version comes next.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The document as it was.
    #[arg(value_name = "OLD")]
    old: String,
    /// The document as it is.
    #[arg(value_name = "NEW")]
    new: String,
}

/// Runs it.
pub fn run(options: &Options, report: &mut Report) -> Outcome {
    let (Some(old), Some(new)) = (read(&options.old), read(&options.new)) else { return Ok(Exit::Document) };
    let drift = Drift { findings: drift::compare(&old, &new, &drift::Options::default()) };
    report.object(&drift::report::to_json(&drift));
    for finding in &drift.findings {
        report.line(format_args!("{} {} {} [{}]", finding.level, finding.id(), finding.message, finding.new));
    }
    Ok(Exit::Done)
}

fn read(path: &str) -> Option<Document> {
    load_into(path, &FileReader, &Limits::default(), &mut Sources::new(), &mut Diagnostics::new())
}
