//! The report as `JUnit` XML: a test case for each kind of violation, which fails, and one for each
//! operation without violations.

use std::fmt::Write as _;

use specwright_codegen::text::line;

use super::Report;
use crate::web::html::Escaped;

impl Report {
    /// The report as `JUnit` XML.
    #[must_use]
    pub fn to_junit(&self) -> String {
        let has_violations =
            |id: &str| self.violations.iter().any(|one| one.operation.as_deref().is_some_and(|own| own == id));
        let clean: Vec<&String> = self.operations.keys().filter(|id| !has_violations(id)).collect();
        let failures = self.violations.len();
        let tests = failures + clean.len();
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        // Writing to a string cannot fail.
        let _ = writeln!(text, "<testsuites tests=\"{tests}\" failures=\"{failures}\">");
        let _ = writeln!(text, "  <testsuite name=\"traffic\" tests=\"{tests}\" failures=\"{failures}\">");
        for id in clean {
            let id = line(id).into_owned();
            let _ = writeln!(text, "    <testcase classname=\"{}\" name=\"no violations\"/>", Escaped(&id));
        }
        for violations in &self.violations {
            let id = line(violations.operation.as_deref().unwrap_or("undocumented")).into_owned();
            let sentence = line(&violations.to_string()).into_owned();
            let _ = writeln!(
                text,
                "    <testcase classname=\"{}\" name=\"{sentence}\">\n      <failure type=\"{}\" message=\"{sentence}\"/>\n    </testcase>",
                Escaped(&id),
                Escaped(violations.kind()),
                sentence = Escaped(&sentence),
            );
        }
        text.push_str("  </testsuite>\n</testsuites>\n");
        text
    }
}
