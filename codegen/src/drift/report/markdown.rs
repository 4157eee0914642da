//! Prints findings as Markdown, for pull requests and release notes.

use std::fmt::Write as _;

use super::{groups, summary};
use crate::drift::{Bump, Drift, changelog};
use crate::text::line;

/// The report as Markdown.
#[must_use]
pub fn to_markdown(drift: &Drift) -> String {
    let mut text = format!("## Drift: {}\n\n", summary(drift));
    let _ = writeln!(text, "`{}` → `{}`\n", code(&drift.old), code(&drift.new));
    for (title, findings) in groups(&drift.findings) {
        let _ = writeln!(text, "### {}\n", plain(&title));
        text.push_str("| level | change | wire | Rust | where | rule |\n|---|---|---|---|---|---|\n");
        for finding in findings {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | `{}` → `{}` | `{}` |",
                finding.level,
                plain(&finding.message),
                finding.wire,
                finding.rust,
                code(&finding.old.to_string()),
                code(&finding.new.to_string()),
                finding.id(),
            );
        }
        text.push('\n');
    }
    if !drift.ignored.is_empty() {
        text.push_str("### Ignored\n\n");
        for (finding, reason) in &drift.ignored {
            let _ = writeln!(text, "- {} (`{}`): {}", plain(&finding.message), finding.id(), plain(reason));
        }
        text.push('\n');
    }
    for note in &drift.notes {
        let _ = writeln!(text, "> {}\n", plain(note));
    }
    if drift.bump() > Bump::None {
        let _ =
            writeln!(text, "Next version of the generated crate: **{}**. Changelog entry:\n", drift.bump().as_str());
        for line in changelog(&drift.findings).lines() {
            let _ = writeln!(text, "{}", if line.starts_with('#') { format!("#{line}") } else { plain(line) });
        }
    }
    text
}

/// Escapes text for a table cell, so that HTML is shown and a bar does not end the cell. Code spans
/// stay.
fn plain(text: &str) -> String {
    let text = line(text.trim()).replace('&', "&amp;").replace('<', "&lt;").replace('|', "\\|");
    // No text of a document becomes a link.
    text.replace("](", "]\\(")
}

/// Escapes text for a code span.
fn code(text: &str) -> String {
    line(text).replace('`', "'").replace('|', "\\|")
}
