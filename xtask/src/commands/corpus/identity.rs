//! `corpus --identity`: whether documents with the same meaning produce drift findings, for many
//! documents.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use specwright::exit::Exit;
use specwright::report::Report;
use specwright_codegen::document::FileReader;
use specwright_codegen::drift::identity::try_rewrites;

use super::{Options, in_parallel, wait};

/// The rewrites that were tried with one document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Compared {
    document: String,
    /// Why nothing was compared.
    skipped: Option<String>,
    rewrites: Vec<Rewrite>,
}

/// One way to rewrite the document.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Rewrite {
    name: String,
    findings: usize,
    shown: Vec<String>,
}

/// Compares one document with its rewrites, in this process.
pub fn of(document: &str) -> Compared {
    let Some(tried) = try_rewrites(document, &FileReader) else {
        return Compared::skipped(document, "it has errors");
    };
    let rewrites =
        tried.into_iter().map(|one| Rewrite { name: one.rewrite.to_owned(), findings: one.findings, shown: one.shown });
    Compared { document: document.to_owned(), skipped: None, rewrites: rewrites.collect() }
}

/// Compares all documents, each in its own process, and prints the figures.
pub fn run(documents: &[PathBuf], options: &Options, report: &mut Report) -> Exit {
    let mut compared = in_parallel(documents, options, report.format(), |document| one(document, options));
    compared.sort_by(|a, b| a.document.cmp(&b.document));
    report.object(&json!({ "documents": compared }));
    let (mut rewrites, mut wrong) = (0, 0);
    for one in &compared {
        if let Some(why) = &one.skipped {
            report.line(format_args!("{}: not compared: {why}", one.document));
        }
        for Rewrite { name, findings, shown } in &one.rewrites {
            rewrites += 1;
            if *findings > 0 {
                wrong += 1;
                report.line(format_args!(
                    "{}: {name}: {findings} findings\n    {}",
                    one.document,
                    shown.join("\n    ")
                ));
            }
        }
    }
    let documents = compared.iter().filter(|one| one.skipped.is_none()).count();
    report.line(format_args!("{documents} documents, {rewrites} rewrites: {wrong} with findings"));
    if wrong > 0 { Exit::Document } else { Exit::Done }
}

fn one(document: &Path, options: &Options) -> Compared {
    let name = document.display().to_string();
    let child = env::current_exe().and_then(|program| {
        Command::new(program)
            .args(["corpus-document", &name, "--out", "unused", "--identity"])
            .args(["--memory", &options.memory.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    });
    match child.and_then(|child| wait(child, Duration::from_secs(options.timeout))) {
        Ok(Some(output)) => serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| Compared::skipped(&name, &format!("the process ended with {}", output.status))),
        Ok(None) => Compared::skipped(&name, &format!("killed after {} s", options.timeout)),
        Err(error) => Compared::skipped(&name, &error.to_string()),
    }
}

impl Compared {
    fn skipped(document: &str, why: &str) -> Self {
        Self { document: document.to_owned(), skipped: Some(why.to_owned()), ..Self::default() }
    }
}
