//! `cargo xtask corpus-document`: runs one document in a separate process, which `corpus` starts.

use std::path::PathBuf;
use std::time::Instant;

use nix::sys::resource::{Resource, UsageWho, getrusage, setrlimit};
use serde_json::json;
use specwright::exit::Exit;
use specwright::report::Report;
use specwright::{Generator, RuntimeSource};
use specwright_codegen::diagnostics;

use super::result::{self, DocumentResult, GenerationOutcome};
use super::{identity, stability, values};
use crate::commands::CommandResult;

/// Generate one document within limits and print its result.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Options {
    /// The document.
    document: PathBuf,
    /// Limit of the address space, in MiB.
    #[arg(long)]
    memory: u64,
    /// The folder of the crate.
    #[arg(long)]
    out: PathBuf,
    /// Also generate the program that tests the examples.
    #[arg(long)]
    examples: bool,
    /// Write the crate.
    #[arg(long)]
    write: bool,
    /// Test what the generated names depend on, and generate nothing.
    #[arg(long)]
    stability: bool,
    /// Compare the document with its rewrites, and generate nothing.
    #[arg(long)]
    identity: bool,
    /// Make values for the responses, and generate nothing.
    #[arg(long)]
    values: bool,
}

/// Runs the command. It always prints JSON, for `corpus` to read.
pub fn run(options: &Options, _: &mut Report) -> CommandResult {
    let limit = options.memory.saturating_mul(1024 * 1024);
    setrlimit(Resource::RLIMIT_AS, limit, limit)?;
    let name = options.document.display().to_string();
    if options.stability {
        println!("{}", json!(stability::of(&name)));
        return Ok(Exit::Done);
    }
    if options.identity {
        println!("{}", json!(identity::of(&name)));
        return Ok(Exit::Done);
    }
    if options.values {
        println!("{}", json!(values::of(&name)));
        return Ok(Exit::Done);
    }
    let started = Instant::now();
    let mut output = Generator::from_file(&options.document)
        .name(result::slug(&name))
        .examples(options.examples)
        .runtime(RuntimeSource::Path(crate::workspace::runtime()))
        .own_workspace(true)
        .crate_in(&options.out)?;
    let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let generation = output.generation();
    let outcome = if generation.api.is_some() { GenerationOutcome::Generated } else { GenerationOutcome::Refused };
    let written = options.write && outcome == GenerationOutcome::Generated;
    if written {
        output.write()?;
    }
    let generation = output.generation();
    let figures = &generation.statistics;
    let result = DocumentResult {
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
        outcome,
        millis,
        peak_rss_mib: peak(),
        compiled: None,
        warnings: 0,
        check_cpu_seconds: None,
        examples: None,
        crate_folder: written.then(|| options.out.display().to_string()),
    };
    println!("{}", json!(result));
    Ok(Exit::Done)
}

/// Peak memory of this process, in MiB; 0 where the system does not report it.
fn peak() -> u64 {
    // Linux reports KiB.
    let kib = getrusage(UsageWho::RUSAGE_SELF).map_or(0, |usage| usage.max_rss());
    u64::try_from(kib).map_or(0, |kib| kib / 1024)
}
