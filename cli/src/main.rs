//! The program `specwright`.

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
#[cfg(feature = "mock")]
use specwright::commands::mock;
use specwright::commands::{CommandResult, drift, explain, generate, init};
use specwright::exit::Exit;
use specwright::project::Project;
use specwright::project::configured::ConfiguredProject;
use specwright::report::{Format, Report};

/// Printing Rust allocates millions of small tokens on several threads. With the system's
/// allocator, that would take a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Read OpenAPI documents and write typed Rust: clients, and server traits with a router.
#[derive(Debug, Parser)]
#[command(
    name = "specwright",
    version,
    after_help = "Exit status: 0 success, 1 a document has errors, 2 wrong usage, 4 generated output is stale, 5 drift found, 6 traffic\n\
                  violates the document.\n\n\
                  Start in a crate or workspace: specwright init openapi.yaml\n\
                  Update the generated code: specwright generate\n\
                  Generate a crate from a document: specwright generate openapi.yaml --out my-api\n\
                  Serve a document at once: specwright mock openapi.yaml\n\
                  Compare two documents: specwright drift old.yaml new.yaml\n\
                  Explain a message: specwright explain CODE"
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
    Init(init::Options),
    Add(init::AddOptions),
    Generate(generate::Options),
    Drift(drift::Options),
    Explain(explain::Options),
    #[cfg(feature = "mock")]
    Mock(mock::Options),
    /// Print a script that completes the command line in a shell.
    Completions {
        /// The shell.
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// Print the manual page of the program, or of one command, for `man -l -`.
    Man {
        /// The command.
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut report = Report::new(arguments.format, "specwright");
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
        Command::Generate(options) => generate::run(options, &generate::Defaults::default(), report),
        Command::Init(options) => init::run(options, report),
        Command::Add(options) => init::add(options, report),
        Command::Drift(options) => {
            let project = ConfiguredProject::find()?;
            drift::run(options, project.as_ref().map(|project| project as &dyn Project), report)
        }
        Command::Explain(options) => explain::run(options, report),
        #[cfg(feature = "mock")]
        Command::Mock(options) => mock::run(options, report),
        Command::Completions { shell } => {
            clap_complete::generate(*shell, &mut Arguments::command(), "specwright", &mut std::io::stdout());
            Ok(Exit::Done)
        }
        Command::Man { command } => man(command.as_deref(), report),
    }
}

/// Prints a manual page.
fn man(command: Option<&str>, report: &mut Report) -> CommandResult {
    let mut program = Arguments::command();
    program.build();
    let page = match command {
        None => Some(program),
        Some(name) => program.find_subcommand(name).cloned(),
    };
    let Some(page) = page else {
        report.error_message(&format_args!("there is no command `{}`", command.unwrap_or_default()));
        return Ok(Exit::Usage);
    };
    let title = page.get_display_name().unwrap_or("specwright").to_owned();
    clap_mangen::Man::new(page).title(title).render(&mut std::io::stdout())?;
    Ok(Exit::Done)
}
