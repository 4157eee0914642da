//! Findings as JSON; `docs/drift.schema.json` describes it.

use serde_json::{Value, json};

use super::super::{Drift, Finding, Level, Place, changelog};

/// All that is known about a comparison.
#[must_use]
pub fn to_json(drift: &Drift) -> Value {
    let findings: Vec<Value> = drift.findings.iter().map(finding).collect();
    let of = |level: Level| drift.findings.iter().filter(|finding| finding.level == level).count();
    let ignored = drift.ignored.iter().map(|(ignored, reason)| {
        let mut value = finding(ignored);
        if let Some(object) = value.as_object_mut() {
            object.insert("reason".to_owned(), reason.as_str().into());
        }
        value
    });
    json!({
        "old": drift.old,
        "new": drift.new,
        "summary": { "error": of(Level::Error), "warning": of(Level::Warning), "info": of(Level::Info) },
        "findings": findings,
        "ignored": ignored.collect::<Vec<_>>(),
        "notes": drift.notes,
        "rust_from_generated": drift.from_generated,
        "bump": drift.bump().as_str(),
        "changelog": changelog(&drift.findings),
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
