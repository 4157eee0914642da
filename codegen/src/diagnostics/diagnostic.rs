//! One message about a document.

use super::{CodeInfo, Effect, Severity};
use crate::source::Span;

/// What is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: &'static CodeInfo,
    /// The severity of the code, unless this diagnostic sets another.
    pub severity: Severity,
    /// What a warning costs; `None` for errors and notes.
    pub effect: Option<Effect>,
    /// The part of the source that it is about.
    pub span: Span,
    /// The JSON Pointer of that part; empty if unknown.
    pub pointer: String,
    /// Lower case, no full stop.
    pub message: String,
    /// What to do, in the style of the message.
    pub help: Option<String>,
    /// Related spans, each with a few words.
    pub labels: Vec<(Span, String)>,
    /// The overlay action, in YAML, that repairs the document.
    pub overlay: Option<String>,
}

impl Diagnostic {
    /// A diagnostic about a node, an entry (at its key) or a span.
    #[must_use]
    pub fn new(code: &'static CodeInfo, span: impl Into<Span>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            effect: code.effect,
            span: span.into(),
            pointer: String::new(),
            message: message.into(),
            help: None,
            labels: Vec::new(),
            overlay: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the JSON Pointer.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// Adds a related span.
    #[must_use]
    pub fn label(mut self, span: impl Into<Span>, text: impl Into<String>) -> Self {
        self.labels.push((span.into(), text.into()));
        self
    }

    /// Adds the overlay action that repairs the document.
    #[must_use]
    pub fn overlay(mut self, action: impl Into<String>) -> Self {
        self.overlay = Some(action.into());
        self
    }

    /// Makes it an error, whatever its code says.
    #[must_use]
    pub fn error(self) -> Self {
        Self { severity: Severity::Error, effect: None, ..self }
    }

    /// Makes it a warning with this effect, whatever its code says.
    #[must_use]
    pub fn warning(self, effect: Effect) -> Self {
        Self { severity: Severity::Warning, effect: Some(effect), ..self }
    }

    /// Makes it a note, whatever its code says.
    #[must_use]
    pub fn note(self) -> Self {
        Self { severity: Severity::Note, effect: None, ..self }
    }
}
