//! Prints findings as JSON. `docs/drift.schema.json` describes the format.

use serde::Serialize;

use crate::drift::{Drift, Finding, Level, Location, Migration, changelog};

/// The result of a comparison, with the keys of the schema.
#[derive(Debug, Serialize)]
pub struct JsonReport<'d> {
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
    old: LocationJson<'d>,
    new: LocationJson<'d>,
    migration: Vec<MigrationJson<'d>>,
    fingerprint: &'d str,
}

#[derive(Debug, Serialize)]
struct MigrationJson<'d> {
    old: &'d str,
    new: Option<&'d str>,
}

#[derive(Debug, Serialize)]
struct IgnoredJson<'d> {
    #[serde(flatten)]
    finding: FindingJson<'d>,
    reason: &'d str,
}

#[derive(Debug, Serialize)]
struct LocationJson<'d> {
    file: &'d str,
    line: u32,
    column: u32,
    pointer: &'d str,
}

/// The report, ready to serialize. It is not built as a JSON tree, because reports of large
/// documents are too long.
#[must_use]
pub fn to_json(drift: &Drift) -> JsonReport<'_> {
    let of = |level: Level| drift.findings.iter().filter(|finding| finding.level == level).count();
    let ignored = drift.ignored.iter().map(|(ignored, reason)| IgnoredJson { finding: finding(ignored), reason });
    JsonReport {
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
        old: location(&finding.old),
        new: location(&finding.new),
        migration: finding.migration.iter().map(migration).collect(),
        fingerprint: &finding.fingerprint,
    }
}

fn migration(migration: &Migration) -> MigrationJson<'_> {
    MigrationJson { old: &migration.old, new: migration.new.as_deref() }
}

fn location(location: &Location) -> LocationJson<'_> {
    LocationJson { file: &location.file, line: location.line, column: location.column, pointer: &location.pointer }
}
