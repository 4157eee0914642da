//! Prints findings as Markdown, for pull requests and release notes.

use std::fmt::Write as _;

use super::causes::{Cause, Section, causes};
use super::summary;
use crate::drift::{Bump, Drift, changelog};
use crate::text::line;

/// The report as Markdown.
#[must_use]
pub fn to_markdown(drift: &Drift) -> String {
    let mut text = format!("## Drift: {}\n\n", summary(drift));
    let _ = writeln!(text, "`{}` → `{}`\n", code(&drift.old), code(&drift.new));
    let causes = causes(&drift.findings);
    for section in Section::ALL {
        let here: Vec<&Cause<'_>> = causes.iter().filter(|cause| cause.section == section).collect();
        if !here.is_empty() {
            let _ = writeln!(text, "### {}\n", section.title());
            text.push_str("| level | change | wire | Rust | where | rule |\n|---|---|---|---|---|---|\n");
            for cause in &here {
                row(&mut text, cause);
            }
            text.push('\n');
        }
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

fn row(text: &mut String, cause: &Cause<'_>) {
    let finding = cause.first;
    let mut change = plain(&cause.sentence());
    if cause.is_shortened() {
        let list: Vec<String> = cause.operations.iter().map(|operation| format!("`{}`", code(operation))).collect();
        let _ = write!(change, "<details><summary>operations</summary>{}</details>", list.join("<br>"));
    }
    let _ = writeln!(
        text,
        "| {} | {change} | {} | {} | `{}` → `{}` | `{}` |",
        finding.level,
        finding.wire,
        finding.rust,
        code(&finding.old.to_string()),
        code(&finding.new.to_string()),
        finding.id(),
    );
}

/// Escapes text for a table cell, so that HTML is shown and a bar does not end the cell. Code spans
/// stay.
pub(super) fn plain(text: &str) -> String {
    line(text).replace('&', "&amp;").replace('<', "&lt;").replace('|', "\\|")
}

/// Escapes text for a code span.
fn code(text: &str) -> String {
    line(text).replace('`', "'").replace('|', "\\|")
}
