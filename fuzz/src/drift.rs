//! Compares two documents: the findings are deterministic, a document does not differ from itself,
//! and every report format works.

use specwright_codegen::document::{Document, MemoryReader};
use specwright_codegen::drift::{self, Config, Drift, Finding, Level, Options, RustChanges, report};
use specwright_codegen::ir::model::Api;
use specwright_codegen::pipeline::{build_api, read};
use specwright_codegen::config::ProviderConfig;
use specwright_codegen::text::is_hidden;

/// Compares two documents in both directions.
///
/// # Panics
/// If one of these properties does not hold. The fuzzer looks for such input.
pub fn compare(old: &[u8], new: &[u8]) {
    let (Some(old), Some(new)) = (Version::read("old.yaml", old), Version::read("new.yaml", new)) else {
        return;
    };
    for (left, right) in [(&old, &new), (&new, &old)] {
        let drift = left.drift(right);
        assert_eq!(
            keys(&drift.findings),
            keys(&left.drift(right).findings),
            "findings are not deterministic"
        );
        write_reports(drift);
        let none = drift::compare(&left.document, &left.document, &Options::default());
        assert!(none.is_empty(), "a document differs from itself: {none:?}");
    }
}

struct Version {
    document: Document,
    api: Option<Api>,
}

impl Version {
    fn read(path: &str, text: &[u8]) -> Option<Self> {
        let reader = MemoryReader::new().with(path, text);
        let document = read(path, &reader, None).ok()?.document;
        let config = ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() };
        Some(Self { document, api: build_api(path, &reader, None, &config).api })
    }

    fn drift(&self, new: &Self) -> Drift {
        let options = Options { check_version: true, sunset_days: 30, ..Options::default() };
        let findings = drift::compare(&self.document, &new.document, &options);
        let mut drift = Drift { old: "old".to_owned(), new: "new".to_owned(), findings, ..Drift::default() };
        if let (Some(old), Some(new)) = (&self.api, &new.api) {
            RustChanges::new(old, new).apply(&mut drift);
        }
        drift
    }
}

fn keys(findings: &[Finding]) -> Vec<(&str, &str)> {
    findings.iter().map(|finding| (finding.id(), finding.fingerprint.as_str())).collect()
}

fn write_reports(mut drift: Drift) {
    Config::default().apply(&mut drift, None);
    let _ = (drift.bump(), report::to_json(&drift), report::to_text(&drift, true));
    let _ = (report::to_html(&drift), report::to_sarif(&drift), report::to_junit(&drift, Level::Error));
    let github = report::to_github(&drift);
    for text in [report::to_text(&drift, false), report::to_markdown(&drift), drift::changelog(&drift.findings)] {
        commands_nothing(&text, |line| !line.starts_with("::"));
    }
    commands_nothing(&github, |line| ["::error ", "::warning ", "::notice "].iter().any(|own| line.starts_with(own)));
}

/// Checks that no line of a report controls a terminal or is a command that we did not write.
fn commands_nothing(text: &str, is_ours: impl Fn(&str) -> bool) {
    for line in text.lines() {
        assert!(is_ours(line) && !line.contains("##["), "a command: {line:?}");
        assert!(!line.chars().any(|character| is_hidden(character) && character != '\t'), "hidden: {line:?}");
    }
}
