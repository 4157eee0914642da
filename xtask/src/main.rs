//! The commands of this workspace, run as `cargo xtask COMMAND`.

mod commands;
mod exit;
mod fixture;
mod progress;
mod provider;
mod report;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::exit::Exit;
use crate::report::{Format, Report};

/// Printing Rust allocates millions of small tokens on several threads; the system's allocator
/// would take a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Read OpenAPI documents and write typed Rust: clients, and server traits with a router.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    version,
    after_help = "Exit status: 0 success, 1 a document has errors, 2 wrong usage, 4 generated output is stale, 5 drift found.\n\n\
                  Generate from your own document: cargo xtask generate openapi.yaml --out my-api\n\
                  Regenerate the bundled providers: cargo xtask regen\n\
                  Explain a message: cargo xtask explain CODE"
)]
struct Arguments {
    /// Output format: text, or json with one object a line.
    ///
    /// `drift` also supports markdown, html (one page), github (annotations), junit and sarif.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Regen(commands::regen::Options),
    Add(commands::add::Options),
    Generate(commands::generate::Options),
    Corpus(commands::corpus::Options),
    /// Generate one document of a corpus; started by `corpus`.
    #[command(hide = true)]
    CorpusDocument(commands::corpus::ChildOptions),
    Docs(commands::docs::Options),
    Drift(commands::drift::Options),
    Explain(commands::explain::Options),
    Fuzz(commands::fuzz::Options),
    Ci(commands::ci::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut report = Report::new(arguments.format);
    if !matches!(arguments.format, Format::Text | Format::Json) && !matches!(arguments.command, Command::Drift(_)) {
        report.error_message(&"only `drift` supports this format; use `text` or `json`");
        return Exit::Usage.into();
    }
    let result = match arguments.command {
        Command::Regen(options) => commands::regen::run(&options, &mut report),
        Command::Add(options) => commands::add::run(&options, &mut report),
        Command::Generate(options) => commands::generate::run(&options, &mut report),
        Command::Corpus(options) => commands::corpus::run(&options, &mut report),
        Command::CorpusDocument(options) => commands::corpus::run_child(&options, &mut report),
        Command::Docs(options) => commands::docs::run(&options, &mut report),
        Command::Drift(options) => commands::drift::run(&options, &mut report),
        Command::Explain(options) => commands::explain::run(&options, &mut report),
        Command::Fuzz(options) => commands::fuzz::run(&options, &mut report),
        Command::Ci(options) => commands::ci::run(&options, &mut report),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) => {
            report.error(&*error);
            Exit::Document.into()
        }
    }
}
