//! All diagnostics about one document.

use super::{CodeInfo, Diagnostic, Severity};
use crate::source::Span;

/// A list of diagnostics that only grows; [`sort`](Self::sort) drops exact repetitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether any diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The number of diagnostics.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are no diagnostics.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The diagnostics in their current order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// The diagnostics with this code.
    pub fn of(&self, code: &CodeInfo) -> impl Iterator<Item = &Diagnostic> {
        let id = code.id;
        self.list.iter().filter(move |diagnostic| diagnostic.code.id == id)
    }

    /// Sorts by file, position and code, and drops diagnostics that repeat another's code, span and
    /// message.
    pub fn sort(&mut self) {
        self.list.sort_by(|left, right| key(left).cmp(&key(right)));
        self.list.dedup_by(|right, left| key(left) == key(right));
    }
}

fn key(diagnostic: &Diagnostic) -> (Span, &str, &str) {
    (diagnostic.span, diagnostic.code.id, &diagnostic.message)
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.list.extend(diagnostics);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'d> IntoIterator for &'d Diagnostics {
    type Item = &'d Diagnostic;
    type IntoIter = std::slice::Iter<'d, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}
