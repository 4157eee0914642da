//! What the user sees: diagnostics and results, as text for people or as JSON for machines.

use std::fmt::Display;
use std::io::Write;

use anstyle::AnsiColor;
use clap::ValueEnum;
use serde_json::{Value, json};
use specwright_codegen::diagnostics::{self, Diagnostics, Severity};
use specwright_codegen::document::Sources;
use specwright_codegen::pipeline::Generation;
use specwright_codegen::provider::ConfigError;

use crate::workspace::Workspace;

/// How many findings of one code people see in full; a line counts the others.
const PER_CODE: usize = 20;

/// How diagnostics and results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people; coloured on a terminal.
    Text,
    /// For machines: one JSON object a line.
    Json,
    /// For pull requests (`drift` only).
    Markdown,
    /// One page for a browser (`drift` only).
    Html,
    /// Annotations of GitHub (`drift` only).
    Github,
    /// `JUnit` XML (`drift` only).
    Junit,
    /// SARIF 2.1.0 (`drift` only).
    Sarif,
}

/// Prints what a command says, in the format that the user asked for.
#[derive(Debug)]
pub struct Report {
    format: Format,
}

impl Report {
    /// A report that prints in this format.
    pub fn new(format: Format) -> Self {
        Self { format }
    }

    /// The format that the user asked for.
    pub fn format(&self) -> Format {
        self.format
    }

    /// A line of the result, for people; standard output.
    pub fn line(&mut self, text: impl Display) {
        if self.format == Format::Text {
            // A reader that went away, such as `head`, is no failure of ours.
            let _ = writeln!(anstream::stdout(), "{text}");
        }
    }

    /// A unified diff, for people; standard output.
    pub fn diff(&mut self, text: &str) {
        for line in text.lines() {
            let colour = match line.as_bytes().first() {
                Some(b'+') => AnsiColor::Green,
                Some(b'-') => AnsiColor::Red,
                Some(b'@') => AnsiColor::Cyan,
                _ => {
                    self.line(line);
                    continue;
                }
            };
            let style = colour.on_default();
            self.line(format_args!("{style}{line}{style:#}"));
        }
    }

    /// Says which workspace is worked on where that is not the one around the current directory.
    pub fn workspace(&mut self, workspace: &Workspace) {
        if workspace.is_elsewhere() {
            let root = workspace.root().display();
            self.note(format_args!("there is no workspace here or above; working on {root}"));
        }
    }

    /// A line that says what is going on; standard error.
    pub fn note(&mut self, text: impl Display) {
        if self.format == Format::Text {
            let _ = writeln!(anstream::stderr(), "{text}");
        }
    }

    /// A result for machines; standard output, one object a line.
    pub fn object(&mut self, value: &Value) {
        if self.format == Format::Json {
            let _ = writeln!(anstream::stdout(), "{value}");
        }
    }

    /// Prints the diagnostics of a document: errors and warnings, and notes if wanted. JSON has all of them.
    pub fn diagnostics(&mut self, generation: &Generation, notes: bool) {
        if self.format == Format::Json {
            for diagnostic in &generation.diagnostics {
                self.object(&diagnostics::to_json(diagnostic, &generation.sources));
            }
            return;
        }
        let mut shown = Diagnostics::new();
        shown.extend(
            generation.diagnostics.iter().filter(|diagnostic| notes || diagnostic.severity != Severity::Note).cloned(),
        );
        let text = diagnostics::render_all(&shown, &generation.sources, is_coloured(), PER_CODE);
        let _ = write!(anstream::stderr(), "{text}");
    }

    /// Says that a document has errors, which have been printed, and that every file is as it was.
    pub fn refused(&mut self, generations: &[&Generation]) {
        let found = generations.iter().flat_map(|generation| generation.diagnostics.iter());
        let errors: Vec<&str> =
            found.filter(|one| one.severity == Severity::Error).map(|diagnostic| diagnostic.code.id).collect();
        let noun = if errors.len() == 1 { "error" } else { "errors" };
        let code = errors.first().filter(|first| errors.iter().all(|code| code == *first)).unwrap_or(&"CODE");
        let count = errors.len();
        self.note(format_args!("{count} {noun}; nothing was written. `cargo xtask explain {code}` says more"));
    }

    /// A command ended with an error; that of a configuration file is shown as a finding, with its place.
    pub fn problem(&mut self, error: &(dyn std::error::Error + 'static)) {
        let Some(error) = error.downcast_ref::<ConfigError>() else {
            self.failure(&error);
            return;
        };
        let mut sources = Sources::new();
        let diagnostic = error.diagnostic(&mut sources);
        if self.format == Format::Json {
            self.object(&diagnostics::to_json(&diagnostic, &sources));
            return;
        }
        let _ = writeln!(anstream::stderr(), "{}", diagnostics::render(&diagnostic, &sources, is_coloured()));
    }

    /// The command could not do its work.
    pub fn failure(&mut self, error: &dyn Display) {
        if self.format == Format::Json {
            self.object(&json!({ "error": error.to_string() }));
        } else {
            let red = AnsiColor::Red.on_default().bold();
            let _ = writeln!(anstream::stderr(), "{red}error{red:#}: {error}");
        }
    }
}

/// Whether standard error takes colours: it is a terminal, and the environment does not forbid it.
fn is_coloured() -> bool {
    anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
}
