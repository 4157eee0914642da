//! Prints findings as a `JUnit` report with one test case per finding.

use std::fmt::Write as _;

use super::causes::sentence;
use super::escape;
use crate::drift::{Drift, Level};
use crate::text::line;

/// The report as `JUnit` XML. Findings at or above `fail_on` are failures.
#[must_use]
pub fn to_junit(drift: &Drift, fail_on: Level) -> String {
    let failures = drift.findings.iter().filter(|finding| finding.level >= fail_on).count();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let tests = drift.findings.len().max(1);
    let _ = writeln!(text, "<testsuites tests=\"{tests}\" failures=\"{failures}\">");
    let _ = writeln!(text, "  <testsuite name=\"drift\" tests=\"{tests}\" failures=\"{failures}\">");
    if drift.findings.is_empty() {
        text.push_str("    <testcase classname=\"drift\" name=\"no drift\"/>\n");
    }
    for finding in &drift.findings {
        let name = escape(&line(&sentence(finding)));
        let _ = write!(text, "    <testcase classname=\"{}\" name=\"{name}\"", finding.id());
        let details = format!("{} -> {} (wire: {}, Rust: {})", finding.old, finding.new, finding.wire, finding.rust);
        if finding.level >= fail_on {
            let _ = write!(
                text,
                ">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
                finding.level,
                escape(&line(&sentence(finding))),
                escape(&line(&details)),
            );
        } else {
            let _ = write!(text, ">\n      <system-out>{}</system-out>\n    </testcase>\n", escape(&line(&details)));
        }
    }
    text.push_str("  </testsuite>\n</testsuites>\n");
    text
}
