//! One document, in a process of its own: `corpus-document`, which `corpus` starts and nobody else
//! needs.

use std::path::PathBuf;
use std::time::Instant;

use nix::sys::resource::{Resource, UsageWho, getrusage, setrlimit};
use serde_json::json;
use specwright_codegen::diagnostics;
use specwright_codegen::output::{Directory, Plan};

use super::row::{self, Outcome as Ending, Row};
use crate::commands::{Outcome, generate};
use crate::exit::Exit;
use crate::report::Report;

/// Generate one document within limits and print its row.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The document.
    document: PathBuf,
    /// Address space that may be used, in MiB.
    #[arg(long)]
    memory: u64,
    /// Where the crate is written, if it is.
    #[arg(long)]
    out: PathBuf,
    /// Also print the program that tries the examples.
    #[arg(long)]
    examples: bool,
    /// Write the crate.
    #[arg(long)]
    write: bool,
}

/// Runs it. Prints JSON whatever the format, because its reader is `corpus`.
pub fn run(options: &Options, _: &mut Report) -> Outcome {
    let limit = options.memory.saturating_mul(1024 * 1024);
    setrlimit(Resource::RLIMIT_AS, limit, limit)?;
    let name = options.document.display().to_string();
    let started = Instant::now();
    let choices =
        generate::Choices { name: Some(row::slug(&name)), examples: options.examples, ..generate::Choices::default() };
    let generated = generate::generate(&options.document, &options.out, &choices)?;
    let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let generation = &generated.generation;
    let figures = &generation.statistics;
    let ending = if generation.api.is_some() { Ending::Generated } else { Ending::Refused };
    let written = options.write && ending == Ending::Generated;
    if written {
        let mut directory = Directory::new(&options.out);
        Plan::new(&generated.files, &directory)?.apply(&mut directory)?;
    }
    let row = Row {
        document: name,
        openapi: figures.version.clone(),
        operations: figures.operations,
        client_operations: figures.kept,
        server_operations: figures.kept,
        models: figures.models,
        schemas: figures.schemas,
        untyped_schemas: figures.untyped,
        diagnostics: generation
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostics::to_json(diagnostic, &generation.sources))
            .collect(),
        outcome: ending,
        millis,
        peak_rss_mib: peak(),
        compiled: None,
        warnings: 0,
        check_cpu_seconds: None,
        examples: None,
        crate_folder: written.then(|| options.out.display().to_string()),
    };
    println!("{}", json!(row));
    Ok(Exit::Done)
}

/// Most memory that this process has held, in MiB; 0 where the system doesn't tell.
fn peak() -> u64 {
    // In KiB on Linux.
    let kib = getrusage(UsageWho::RUSAGE_SELF).map_or(0, |usage| usage.max_rss());
    u64::try_from(kib).map_or(0, |kib| kib / 1024)
}
