//! Findings as JSON; `docs/drift.schema.json` describes it.

use serde_json::{Value, json};

use super::super::{Drift, Finding, Place};

/// All that is known about a comparison.
#[must_use]
pub fn to_json(drift: &Drift) -> Value {
    let findings: Vec<Value> = drift.findings.iter().map(finding).collect();
    json!({
        "findings": findings,
    })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "id": finding.id(),
        "level": finding.level.as_str(),
        "direction": finding.rule.direction.as_str(),
        "operation": finding.operation,
        "operations": finding.operations,
        "pointer": finding.pointer,
        "message": finding.message,
        "wire": finding.wire.as_str(),
        "rust": finding.rust.as_str(),
        "old": place(&finding.old),
        "new": place(&finding.new),
        "fingerprint": finding.fingerprint,
    })
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file, "line": place.line, "column": place.column, "pointer": place.pointer })
}
