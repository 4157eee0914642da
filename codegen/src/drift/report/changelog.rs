//! Prints findings as a changelog of the generated crate, in the sections of Keep a Changelog.

use std::fmt::Write as _;

use super::causes::{Cause, Section, causes};
use super::markdown::plain;
use crate::drift::{Drift, Migration};

/// The sections, in the order of Keep a Changelog.
const SECTIONS: [&str; 4] = ["Added", "Changed", "Deprecated", "Removed"];

/// The report as a changelog entry.
#[must_use]
pub fn to_changelog(drift: &Drift) -> String {
    let mut text = String::from("## [Unreleased]\n");
    let causes = causes(&drift.findings);
    for section in SECTIONS {
        let mut here = causes.iter().filter(|cause| of(cause) == section).peekable();
        if here.peek().is_some() {
            let _ = writeln!(text, "\n### {section}\n");
        }
        for cause in here {
            let breaking = if cause.section == Section::Breaking { "**Breaking:** " } else { "" };
            let _ = writeln!(text, "- {breaking}{}", plain(&capital(&cause.sentence())));
            for hint in &cause.first.migration {
                let _ = writeln!(text, "  - {}", migration(hint));
            }
        }
    }
    text
}

/// The section of a change. What narrows or replaces something is a change, whatever its rule says.
fn of(cause: &Cause<'_>) -> &'static str {
    let id = cause.first.id();
    let ends = |words: &[&str]| words.iter().any(|word| id.split('-').any(|part| part == *word));
    if ends(&["deprecated"]) && cause.section != Section::Breaking {
        "Deprecated"
    } else if ends(&["removed", "deleted"]) {
        "Removed"
    } else if ends(&["added", "extended", "new"]) && cause.section != Section::Breaking {
        "Added"
    } else {
        "Changed"
    }
}

/// `` `types::User.age: i64` → `types::User.age: Option<i64>` ``
fn migration(hint: &Migration) -> String {
    match &hint.new {
        Some(new) => format!("{} → {}", code(&hint.old), code(new)),
        None => format!("{} was removed", code(&hint.old)),
    }
}

/// A line of a surface as code. What is in quotation marks comes from the document.
fn code(line: &str) -> String {
    let line = line.replace('`', "'");
    format!("`{}`", crate::text::line(&line))
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect()
}
