//! Findings as JSON; `docs/drift.schema.json` describes it.

use serde::Serialize;

use crate::drift::{Drift, Finding, Level, Place, changelog};

/// All that is known about a comparison, in the keys of the schema.
#[derive(Debug, Serialize)]
pub struct Json<'d> {
    old: &'d str,
    new: &'d str,
    summary: Summary,
    findings: Vec<FindingJson<'d>>,
    ignored: Vec<IgnoredJson<'d>>,
    notes: &'d [String],
    rust_from_generated: bool,
    bump: &'static str,
    changelog: String,
}

#[derive(Debug, Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    info: usize,
}

#[derive(Debug, Serialize)]
struct FindingJson<'d> {
    id: &'static str,
    level: &'static str,
    direction: &'static str,
    operation: Option<&'d str>,
    operations: &'d [String],
    pointer: &'d str,
    message: &'d str,
    wire: &'static str,
    rust: &'static str,
    old: PlaceJson<'d>,
    new: PlaceJson<'d>,
    fingerprint: &'d str,
}

#[derive(Debug, Serialize)]
struct IgnoredJson<'d> {
    #[serde(flatten)]
    finding: FindingJson<'d>,
    reason: &'d str,
}

#[derive(Debug, Serialize)]
struct PlaceJson<'d> {
    file: &'d str,
    line: u32,
    column: u32,
    pointer: &'d str,
}

/// The report, to be written by any serializer of JSON: reports of large documents are too long to be built as a tree.
#[must_use]
pub fn to_json(drift: &Drift) -> Json<'_> {
    let of = |level: Level| drift.findings.iter().filter(|finding| finding.level == level).count();
    let ignored = drift.ignored.iter().map(|(ignored, reason)| IgnoredJson { finding: finding(ignored), reason });
    Json {
        old: &drift.old,
        new: &drift.new,
        summary: Summary { error: of(Level::Error), warning: of(Level::Warning), info: of(Level::Info) },
        findings: drift.findings.iter().map(finding).collect(),
        ignored: ignored.collect(),
        notes: &drift.notes,
        rust_from_generated: drift.from_generated,
        bump: drift.bump().as_str(),
        changelog: changelog(&drift.findings),
    }
}

fn finding(finding: &Finding) -> FindingJson<'_> {
    FindingJson {
        id: finding.id(),
        level: finding.level.as_str(),
        direction: finding.rule.direction.as_str(),
        operation: finding.operation.as_deref(),
        operations: &finding.operations,
        pointer: &finding.pointer,
        message: &finding.message,
        wire: finding.wire.as_str(),
        rust: finding.rust.as_str(),
        old: place(&finding.old),
        new: place(&finding.new),
        fingerprint: &finding.fingerprint,
    }
}

fn place(place: &Place) -> PlaceJson<'_> {
    PlaceJson { file: &place.file, line: place.line, column: place.column, pointer: &place.pointer }
}
