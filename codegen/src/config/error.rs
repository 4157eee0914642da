//! Errors of configuration files, with their location and a suggestion.

use std::fmt;
use std::ops::Range;

use crate::diagnostics::{CodeInfo, Diagnostic, codes, nearest};
use crate::document::{SourceId, Sources, Span};

/// A configuration file that has been read.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    /// The path as messages show it.
    pub path: String,
    /// The text.
    pub text: String,
}

pub(crate) fn parse_toml<T: serde::de::DeserializeOwned>(path: &str, text: &str) -> Result<T, ConfigError> {
    toml::from_str(text).map_err(|error| ConfigError {
        file: ConfigFile { path: path.to_owned(), text: text.to_owned() },
        code: &codes::INVALID_CONFIG,
        range: error.span().unwrap_or(0..0),
        message: lower_first(error.message()),
        help: None,
    })
}

pub(super) fn lower_first(message: &str) -> String {
    let first_line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut chars = first_line.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Why a configuration file could not be read.
#[derive(Clone, Debug)]
pub struct ConfigError {
    /// The file.
    pub file: ConfigFile,
    /// The code of the diagnostic: `invalid-config`, but for a file that is not there.
    pub code: &'static CodeInfo,
    /// The bytes of the text that are wrong.
    pub range: Range<usize>,
    /// The message.
    pub message: String,
    /// The remedy, if the message does not suggest it.
    pub help: Option<String>,
}

impl ConfigError {
    /// Line and column, both counted from 1. Columns are counted in characters.
    #[must_use]
    pub fn line_column(&self) -> (usize, usize) {
        let before = self.file.text.get(..self.range.start).unwrap_or(&self.file.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }

    /// The diagnostic. Its file is added to `sources`.
    pub fn diagnostic(&self, sources: &mut Sources) -> Diagnostic {
        let source = sources.add(&self.file.path, self.file.text.clone());
        // `unknown field `tag`, expected one of `tags`, `paths``: the first name is the unknown
        // one.
        let mut names = self.message.split('`').skip(1).step_by(2);
        let written = names.next().filter(|_| self.message.starts_with("unknown "));
        let help = match written.filter(|_| self.help.is_none()).and_then(|written| nearest(written, names)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => self.help.clone().unwrap_or_else(|| {
                "every key has to be known and have the right type, so that no choice is ignored".to_owned()
            }),
        };
        Diagnostic::new(self.code, span_of(source, &self.range), self.message.as_str()).help(help)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{} -- {}:{line}:{column}", self.message, self.file.path)
    }
}

impl std::error::Error for ConfigError {}

pub(crate) fn span_of(source: SourceId, range: &Range<usize>) -> Span {
    Span {
        source,
        start: u32::try_from(range.start).unwrap_or(u32::MAX),
        end: u32::try_from(range.end).unwrap_or(u32::MAX),
    }
}
