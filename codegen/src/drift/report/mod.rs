//! Turns findings into reports for people, for programs and for CI services.
//!
//! **Invariant:** equal findings give equal bytes, and no text from a document can break out of the
//! format.

mod github;
mod html;
mod json;
mod junit;
mod markdown;
mod sarif;
mod text;

pub use github::to_github;
pub use html::to_html;
pub use json::{JsonReport, to_json};
pub use junit::to_junit;
pub use markdown::to_markdown;
pub use sarif::to_sarif;
pub use text::to_text;

use super::{Drift, Finding, Level};
use crate::text::is_hidden;

/// A number with its noun: `1 error`, `2 errors`.
fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// The number of findings by level, such as `2 errors, 1 warning, 3 infos`, or `no drift`.
fn summary(drift: &Drift) -> String {
    let of = |level: Level| drift.findings.iter().filter(|finding| finding.level == level).count();
    let parts: Vec<String> = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "info")]
        .into_iter()
        .filter(|(level, _)| of(*level) > 0)
        .map(|(level, word)| count(of(level), word))
        .collect();
    if parts.is_empty() { "no drift".to_owned() } else { parts.join(", ") }
}

/// Groups findings by the operations that they affect.
fn groups(findings: &[Finding]) -> Vec<(String, Vec<&Finding>)> {
    let mut groups: Vec<(String, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        let title = match finding.operations.as_slice() {
            [] => "The API".to_owned(),
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [one, more @ ..] => format!("{one} and {} more operations", more.len()),
        };
        match groups.iter_mut().find(|(other, _)| *other == title) {
            Some((_, list)) => list.push(finding),
            None => groups.push((title, vec![finding])),
        }
    }
    groups
}

/// Escapes text for HTML and XML. Characters that XML forbids become `?`.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' => escaped.push(char),
            char if is_hidden(char) || matches!(char, '\u{fffe}' | '\u{ffff}') => escaped.push('?'),
            char => escaped.push(char),
        }
    }
    escaped
}
