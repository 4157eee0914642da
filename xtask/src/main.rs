//! The commands of this workspace, run as `cargo xtask COMMAND`.

mod commands;
mod fixture;
mod provider;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use specwright::RuntimeSource;
use specwright::commands::{CommandResult, drift, explain, generate};
use specwright::exit::Exit;
use specwright::project::Project;
use specwright::report::{Format, Report};

use crate::workspace::Workspace;

/// Printing Rust allocates millions of small tokens on several threads. With the system's
/// allocator, that would take a third of the time.
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
    /// Output format: text, or json with one object per line.
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
    Generate(generate::Options),
    Corpus(commands::corpus::Options),
    /// Generate one document of a corpus. `corpus` starts this command.
    #[command(hide = true)]
    CorpusDocument(commands::corpus::ChildOptions),
    Docs(commands::docs::Options),
    Drift(drift::Options),
    Explain(explain::Options),
    Fuzz(commands::fuzz::Options),
    Ci(commands::ci::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut report = Report::new(arguments.format, "cargo xtask");
    if let Err(message) = arguments.format.check(matches!(arguments.command, Command::Drift(_))) {
        report.error_message(&message);
        return Exit::Usage.into();
    }
    match run(&arguments.command, &mut report) {
        Ok(exit) => exit.into(),
        Err(error) => {
            report.error(&*error);
            Exit::Document.into()
        }
    }
}

fn run(command: &Command, report: &mut Report) -> CommandResult {
    match command {
        Command::Regen(options) => commands::regen::run(options, report),
        Command::Add(options) => commands::add::run(options, report),
        Command::Generate(options) => {
            // These are trials of this workspace, and the generated crates are not part of it.
            let runtime = RuntimeSource::Path(workspace::runtime());
            generate::run(options, &generate::Defaults { runtime, own_workspace: true }, report)
        }
        Command::Corpus(options) => commands::corpus::run(options, report),
        Command::CorpusDocument(options) => commands::corpus::run_child(options, report),
        Command::Docs(options) => commands::docs::run(options, report),
        Command::Drift(options) => {
            let workspace = Workspace::find().ok();
            drift::run(options, workspace.as_ref().map(|workspace| workspace as &dyn Project), report)
        }
        Command::Explain(options) => explain::run(options, report),
        Command::Fuzz(options) => commands::fuzz::run(options, report),
        Command::Ci(options) => commands::ci::run(options, report),
    }
}
