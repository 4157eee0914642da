//! Prints findings as annotations, which GitHub shows next to the lines of a pull request.

use std::fmt::Write as _;

use super::causes::sentence;
use crate::drift::{Drift, Level};
use crate::text::line;

/// One workflow command per finding and note.
#[must_use]
pub fn to_github(drift: &Drift) -> String {
    let mut text = String::new();
    for finding in &drift.findings {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "notice",
        };
        let location = &finding.new;
        let _ = writeln!(
            text,
            "::{command} file={},line={},col={},title={}::{}",
            property(&location.file),
            location.line,
            location.column,
            property(finding.id()),
            data(&format!("{} (wire: {}, Rust: {})", sentence(finding), finding.wire, finding.rust)),
        );
    }
    for note in &drift.notes {
        let _ = writeln!(text, "::notice title=drift::{}", data(note));
    }
    text
}

/// Escapes text so that it stays within its command; line ends are escaped as for a terminal.
fn data(text: &str) -> String {
    line(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
