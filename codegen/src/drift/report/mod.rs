//! Turns findings into reports for people, for programs and for CI services.
//!
//! **Invariant:** equal findings give equal bytes, and no text from a document can break out of the
//! format.

mod causes;
mod changelog;
mod github;
mod html;
mod json;
mod junit;
mod markdown;
mod sarif;
mod text;

pub use changelog::to_changelog;
pub use github::to_github;
pub use html::to_html;
pub use json::{JsonReport, to_json};
pub use junit::to_junit;
pub use markdown::to_markdown;
pub use sarif::to_sarif;
pub use text::to_text;

use causes::causes;

use super::{Bump, Drift, Level};
use crate::text::lines;

/// A number with its noun: `1 error`, `2 errors`.
fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// The number of causes by level, such as `2 errors, 1 warning, 3 infos`, or `no drift`.
fn summary(drift: &Drift) -> String {
    let causes = causes(&drift.findings);
    let of = |level: Level| causes.iter().filter(|cause| cause.first.level == level).count();
    let parts: Vec<String> = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "info")]
        .into_iter()
        .filter(|(level, _)| of(*level) > 0)
        .map(|(level, word)| count(of(level), word))
        .collect();
    let all = drift.findings.len();
    match parts.join(", ") {
        // A version that has to move is a drift, even if all findings are ignored.
        text if text.is_empty() && drift.bump() > Bump::None => "no findings".to_owned(),
        text if text.is_empty() => "no drift".to_owned(),
        text if all > causes.len() => format!("{text} ({all} findings)"),
        text => text,
    }
}

/// Escapes text of one or several lines for HTML and XML. Characters that XML forbids become `?`.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in lines(text).chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('?'),
            char => escaped.push(char),
        }
    }
    escaped
}
