//! Prints diagnostics and results, as text or as JSON.

use std::fmt::Display;
use std::io::Write;

use anstyle::AnsiColor;
use clap::ValueEnum;
use serde_json::Value;
use specwright_codegen::config::ConfigError;
use specwright_codegen::diagnostics::{self, Diagnostic, Diagnostics, Severity};
use specwright_codegen::document::Sources;
use specwright_codegen::pipeline::Generation;
use specwright_codegen::text::{json, lines};

/// If there are more diagnostics than this, not counting errors, each kind is printed as one line.
const FEW: usize = 3;

/// Which diagnostics are printed as text, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::Args)]
pub struct Shown {
    /// Also print notes: diagnostics that do not affect the output.
    #[arg(long)]
    pub notes: bool,
    /// Print each diagnostic with its location and its help, even if there are many of one kind.
    #[arg(long)]
    pub verbose: bool,
}

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text; coloured on a terminal.
    Text,
    /// JSON, one object per line.
    Json,
    /// Markdown, for pull requests (`drift` only).
    Markdown,
    /// One HTML page (`drift` only).
    Html,
    /// GitHub annotations (`drift` only).
    Github,
    /// `JUnit` XML (`drift` only).
    Junit,
    /// SARIF 2.1.0 (`drift` only).
    Sarif,
    /// A changelog entry of the generated crate (`drift` only).
    Changelog,
}

impl Format {
    /// Checks that a command supports the format.
    ///
    /// # Errors
    ///
    /// The message for the user.
    pub fn check(self, is_drift: bool) -> Result<(), &'static str> {
        match self {
            Self::Text | Self::Json => Ok(()),
            _ if is_drift => Ok(()),
            _ => Err("only `drift` supports this format; use `text` or `json`"),
        }
    }
}

/// Prints the output of a command in one format.
#[derive(Debug)]
pub struct Report {
    format: Format,
    program: &'static str,
}

impl Report {
    /// A report that prints in this format. Messages name the program that runs the commands, such
    /// as `specwright`.
    #[must_use]
    pub fn new(format: Format, program: &'static str) -> Self {
        Self { format, program }
    }

    /// The program that runs the commands.
    #[must_use]
    pub fn program(&self) -> &'static str {
        self.program
    }

    /// The output format.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// Prints a line of the result to standard output, in text only.
    pub fn line(&mut self, text: impl Display) {
        if self.format == Format::Text {
            // A closed pipe, as after `head`, is not an error.
            let _ = writeln!(anstream::stdout(), "{text}");
        }
    }

    /// Prints a unified diff to standard output, in text only.
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

    /// Prints a line about progress to standard error, in text only.
    pub fn note(&mut self, text: impl Display) {
        if self.format == Format::Text {
            let _ = writeln!(anstream::stderr(), "{}", lines(&text.to_string()));
        }
    }

    /// Prints a JSON object to standard output, in JSON only.
    pub fn object(&mut self, value: &Value) {
        if self.format == Format::Json {
            let _ = writeln!(anstream::stdout(), "{}", json(&value.to_string()));
        }
    }

    /// Prints the diagnostics of a document. In text, notes are left out unless requested, and each
    /// kind has only one line if there are many. JSON has all of them.
    pub fn diagnostics(&mut self, generation: &Generation, shown: Shown) {
        if self.format == Format::Json {
            for diagnostic in &generation.diagnostics {
                self.object(&diagnostics::to_json(diagnostic, &generation.sources));
            }
            return;
        }
        let mut printed = Diagnostics::new();
        let is_printed = |one: &&Diagnostic| shown.notes || one.severity != Severity::Note;
        printed.extend(generation.diagnostics.iter().filter(is_printed).cloned());
        let sources = &generation.sources;
        let count = printed.iter().filter(|one| one.severity != Severity::Error).count();
        let text = if shown.verbose || count <= FEW {
            diagnostics::render_all(&printed, sources, is_coloured(), usize::MAX)
        } else {
            let text = diagnostics::render_kinds(&printed, sources, is_coloured());
            format!("{text}note: `--verbose` prints each of them with its help\n\n")
        };
        let _ = write!(anstream::stderr(), "{text}");
    }

    /// Prints that documents have errors, which have already been reported, and that nothing was
    /// written.
    pub fn not_written(&mut self, generations: &[&Generation]) {
        let diagnostics = generations.iter().flat_map(|generation| generation.diagnostics.iter());
        let errors: Vec<&str> =
            diagnostics.filter(|one| one.severity == Severity::Error).map(|diagnostic| diagnostic.code.id).collect();
        let noun = if errors.len() == 1 { "error" } else { "errors" };
        let code = errors.first().filter(|first| errors.iter().all(|code| code == *first)).unwrap_or(&"CODE");
        let count = errors.len();
        let program = self.program;
        self.note(format_args!("{count} {noun}; nothing was written; see `{program} explain {code}`"));
    }

    /// Prints the error of a command. An error in a configuration file is printed as a diagnostic
    /// with its location.
    pub fn error(&mut self, error: &(dyn std::error::Error + 'static)) {
        let Some(error) = error.downcast_ref::<ConfigError>() else {
            self.error_message(&error);
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

    /// Prints an error message.
    pub fn error_message(&mut self, error: &dyn Display) {
        if self.format == Format::Json {
            self.object(&serde_json::json!({ "error": error.to_string() }));
        } else {
            let red = AnsiColor::Red.on_default().bold();
            let _ = writeln!(anstream::stderr(), "{red}error{red:#}: {}", lines(&error.to_string()));
        }
    }
}

/// Whether standard error is coloured. It must be a terminal, and the environment must allow it.
fn is_coloured() -> bool {
    anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
}
