//! `corpus --stability`: whether generated names depend on the order of a document or on other
//! operations, for many documents.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use specwright::exit::Exit;
use specwright::report::Report;
use specwright_codegen::document::FileReader;
use specwright_codegen::stability::{Effort, try_document};

use super::{Options, in_parallel, wait};

/// The number of shuffles and removals for each document.
const EFFORT: Effort = Effort { shuffles: 3, removals: 12 };

/// The changes that were tried with one document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tried {
    document: String,
    /// Why nothing was tried.
    skipped: Option<String>,
    shuffles: usize,
    removals: usize,
    violations: Vec<ShownViolation>,
}

/// A shuffle or removal that changed names that it should not affect.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ShownViolation {
    cause: String,
    count: usize,
    lines: Vec<String>,
}

/// Tries one document, in this process.
pub fn of(document: &str) -> Tried {
    let Some(found) = try_document(document, &FileReader, EFFORT) else {
        return Tried::skipped(document, "it has errors");
    };
    let violations = found.violations.into_iter();
    let violations =
        violations.map(|one| ShownViolation { cause: one.cause, count: one.count, lines: one.lines }).collect();
    Tried {
        document: document.to_owned(),
        skipped: None,
        shuffles: found.shuffles,
        removals: found.removals,
        violations,
    }
}

/// Tries all documents, each in its own process, and prints the figures.
pub fn run(documents: &[PathBuf], options: &Options, report: &mut Report) -> Exit {
    let mut tried = in_parallel(documents, options, report.format(), |document| one(document, options));
    tried.sort_by(|a, b| a.document.cmp(&b.document));
    report.object(&json!({ "documents": tried }));
    let mut violations = 0;
    for one in &tried {
        if let Some(why) = &one.skipped {
            report.line(format_args!("{}: not tried: {why}", one.document));
        }
        for ShownViolation { cause, count, lines } in &one.violations {
            violations += 1;
            report.line(format_args!("{}: {cause}: {count} lines\n    {}", one.document, lines.join("\n    ")));
        }
    }
    let sum = |figure: fn(&Tried) -> usize| tried.iter().map(figure).sum::<usize>();
    let (shuffles, removals) = (sum(|one| one.shuffles), sum(|one| one.removals));
    let unstable = sum(|one| usize::from(!one.violations.is_empty()));
    let documents = sum(|one| usize::from(one.skipped.is_none()));
    report.line(format_args!(
        "{documents} documents, {shuffles} shuffles, {removals} removals: {violations} violations in {unstable} documents"
    ));
    if violations > 0 { Exit::Document } else { Exit::Done }
}

fn one(document: &Path, options: &Options) -> Tried {
    let name = document.display().to_string();
    let child = env::current_exe().and_then(|program| {
        Command::new(program)
            .args(["corpus-document", &name, "--out", "unused", "--stability"])
            .args(["--memory", &options.memory.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    });
    match child.and_then(|child| wait(child, Duration::from_secs(options.timeout))) {
        Ok(Some(output)) => serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| Tried::skipped(&name, &format!("the process ended with {}", output.status))),
        Ok(None) => Tried::skipped(&name, &format!("killed after {} s", options.timeout)),
        Err(error) => Tried::skipped(&name, &error.to_string()),
    }
}

impl Tried {
    fn skipped(document: &str, why: &str) -> Self {
        Self { document: document.to_owned(), skipped: Some(why.to_owned()), ..Self::default() }
    }
}
