//! Prints findings as SARIF 2.1.0, for code scanning services.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::causes::sentence;
use crate::drift::rules::Rule;
use crate::drift::{Drift, Finding, Level, Location};

/// The report as a SARIF log with one run.
#[must_use]
pub fn to_sarif(drift: &Drift) -> Value {
    let used: BTreeMap<&str, &Rule> = drift.findings.iter().map(|finding| (finding.id(), finding.rule)).collect();
    let rules: Vec<Value> = used.values().map(|rule| describe(rule)).collect();
    let results: Vec<Value> = drift.findings.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "drift", "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

fn describe(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.explanation },
        "defaultConfiguration": { "level": word(rule.level) },
    })
}

fn result(finding: &Finding) -> Value {
    json!({
        "ruleId": finding.id(),
        "level": word(finding.level),
        "message": { "text": sentence(finding) },
        "locations": [location(&finding.new)],
        "relatedLocations": [location(&finding.old)],
        "partialFingerprints": { "drift/v1": finding.fingerprint },
        "properties": { "wire": finding.wire.as_str(), "rust": finding.rust.as_str(), "operations": finding.operations },
    })
}

fn location(location: &Location) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&location.file) },
            "region": { "startLine": location.line, "startColumn": location.column },
        },
        "logicalLocations": [{ "fullyQualifiedName": location.pointer }],
    })
}

/// Formats a path as a relative URI.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' => {
                uri.push(char::from(byte));
            }
            byte => {
                // Writing to a string can't fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}
