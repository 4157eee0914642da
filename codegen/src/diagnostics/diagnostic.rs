//! One finding.

use super::CodeInfo;
use crate::source::Span;

/// How grave a finding is, gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document cannot be generated.
    Error,
    /// One operation or schema is left out, the rest generates.
    Skipped,
    /// Kept with less precision, say as any JSON.
    Lowered,
    /// Nothing is lost.
    Note,
}

impl Severity {
    /// The word users see.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Skipped => "skipped",
            Self::Lowered => "lowered",
            Self::Note => "note",
        }
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// What is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: &'static CodeInfo,
    /// Normally that of the code.
    pub severity: Severity,
    /// The place in the text.
    pub span: Span,
    /// The JSON Pointer of the place; empty when unknown.
    pub pointer: String,
    /// Lower case, no full stop.
    pub message: String,
    /// What to do, in the same style.
    pub help: Option<String>,
    /// Other places that matter, each with a few words.
    pub labels: Vec<(Span, String)>,
    /// The overlay action (YAML) that would repair it.
    pub overlay: Option<String>,
}

impl Diagnostic {
    /// A finding at a node, an entry (its key) or a span.
    #[must_use]
    pub fn new(code: &'static CodeInfo, place: impl Into<Span>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            span: place.into(),
            pointer: String::new(),
            message: message.into(),
            help: None,
            labels: Vec::new(),
            overlay: None,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the place by its JSON Pointer.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// Points to another place that matters.
    #[must_use]
    pub fn label(mut self, place: impl Into<Span>, text: impl Into<String>) -> Self {
        self.labels.push((place.into(), text.into()));
        self
    }

    /// Gives the overlay action that repairs it.
    #[must_use]
    pub fn overlay(mut self, action: impl Into<String>) -> Self {
        self.overlay = Some(action.into());
        self
    }

    /// Graver or milder than the code normally is.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
