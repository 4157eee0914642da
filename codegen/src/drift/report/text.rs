//! Prints findings for a terminal, grouped by operation, most severe first.

use std::fmt::Write as _;

use super::{groups, summary};
use crate::drift::{Bump, Drift, Finding, Level, Wire};
use crate::text as safe;

/// The report as plain text, with ANSI colours if `color` is set.
#[must_use]
pub fn to_text(drift: &Drift, color: bool) -> String {
    let mut text = String::new();
    for (title, findings) in groups(&drift.findings) {
        let _ = writeln!(text, "{}", paint(&safe::line(&title), "1", color));
        for finding in findings {
            line(&mut text, finding, color);
        }
        text.push('\n');
    }
    for note in &drift.notes {
        let _ = writeln!(text, "{}: {}", paint("note", "1;36", color), safe::line(note));
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

fn line(text: &mut String, finding: &Finding, color: bool) {
    let code = match finding.level {
        Level::Error => "1;31",
        Level::Warning => "1;33",
        Level::Info => "1;34",
    };
    let level = paint(finding.level.as_str(), code, color);
    let _ = writeln!(text, "  {level} {} [{}]", safe::line(&finding.message), finding.id());
    let wire = match finding.wire {
        Wire::BreaksClients => "breaks clients",
        Wire::BreaksServers => "breaks servers",
        Wire::Compatible => "compatible",
    };
    let _ = writeln!(text, "    wire: {wire}, Rust: {}", finding.rust);
    let _ = writeln!(text, "    {} -> {}", safe::line(&finding.old.to_string()), safe::line(&finding.new.to_string()));
}

fn paint(text: &str, code: &str, color: bool) -> String {
    if color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}
