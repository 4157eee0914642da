//! Prints findings for a terminal: breaks first, most severe first.

use std::fmt::Write as _;

use super::causes::{Cause, Section, causes};
use super::summary;
use crate::drift::{Bump, Drift, Level, Wire};
use crate::text::line;

/// The operations that are listed below a message.
const LISTED: usize = 3;

/// The report as plain text, with ANSI colours if `color` is set.
#[must_use]
pub fn to_text(drift: &Drift, color: bool) -> String {
    let mut text = String::new();
    let causes = causes(&drift.findings);
    for section in Section::ALL {
        let mut here = causes.iter().filter(|cause| cause.section == section).peekable();
        if here.peek().is_some() {
            let _ = writeln!(text, "{}", paint(section.title(), "1", color));
            here.for_each(|cause| lines(&mut text, cause, color));
            text.push('\n');
        }
    }
    for note in &drift.notes {
        let _ = writeln!(text, "{}: {}", paint("note", "1;36", color), line(note));
    }
    let ignored = match drift.ignored.len() {
        0 => String::new(),
        number => format!("; {number} ignored"),
    };
    let _ = writeln!(text, "{}{ignored}", paint(&summary(drift), "1", color));
    let bump = drift.bump();
    if bump > Bump::None {
        let basis = if drift.from_generated {
            "from the generated APIs"
        } else {
            "from the rules: one of the documents cannot be generated"
        };
        let _ = writeln!(text, "next version of the generated crate: {} (Rust verdicts {basis})", bump.as_str());
    }
    text
}

fn lines(text: &mut String, cause: &Cause<'_>, color: bool) {
    let finding = cause.first;
    let code = match finding.level {
        Level::Error => "1;31",
        Level::Warning => "1;33",
        Level::Info => "1;34",
    };
    let level = paint(finding.level.as_str(), code, color);
    let _ = writeln!(text, "  {level} {} [{}]", line(&cause.sentence()), finding.id());
    if cause.is_shortened() {
        let listed: Vec<String> = cause.operations.iter().take(LISTED).map(|it| format!("`{it}`")).collect();
        let more = cause.operations.len().saturating_sub(LISTED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let _ = writeln!(text, "    in {}{more}", line(&listed.join(", ")));
    }
    let wire = match finding.wire {
        Wire::BreaksClients => "breaks clients",
        Wire::BreaksServers => "breaks servers",
        Wire::Compatible => "compatible",
    };
    let _ = writeln!(text, "    wire: {wire}, Rust: {}", finding.rust);
    let (old, new) = (finding.old.to_string(), finding.new.to_string());
    let more = match cause.findings - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let _ = writeln!(text, "    {} -> {}{more}", line(&old), line(&new));
}

fn paint(text: &str, code: &str, color: bool) -> String {
    if color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}
