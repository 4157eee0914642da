//! Rows as a table and a summary for people, or as lines of JSON for machines.

use std::collections::BTreeMap;

use serde_json::json;

use super::row::{Outcome, Row};
use crate::report::{Format, Report};

/// Prints all rows.
pub fn print(rows: &[Row], report: &mut Report) {
    if report.format() == Format::Json {
        for row in rows {
            report.object(&json!(row));
        }
        return;
    }
    report.line(format_args!(
        "{:<44} {:>7} {:>9} {:>11} {:>7} {:>8} {:>6} {:>6}  {}",
        "document", "openapi", "outcome", "operations", "models", "untyped", "ms", "MiB", "compiled"
    ));
    for row in rows {
        report.line(line(row));
    }
    for line in summary(rows) {
        report.line(line);
    }
}

fn line(row: &Row) -> String {
    let name: String = row.document.chars().rev().take(44).collect::<Vec<_>>().into_iter().rev().collect();
    let kept = row.client_operations.min(row.server_operations);
    let compiled = match (row.compiled, row.check_cpu_seconds) {
        (None, _) => "-".to_owned(),
        (Some(false), _) => format!("no ({})", row.warnings),
        (Some(true), Some(seconds)) => format!("{seconds:.1} s"),
        (Some(true), None) => "yes".to_owned(),
    };
    format!(
        "{name:<44} {:>7} {:>9} {:>11} {:>7} {:>8} {:>6} {:>6}  {compiled}",
        row.openapi,
        format!("{:?}", row.outcome).to_lowercase(),
        format!("{kept}/{}", row.operations),
        row.models,
        format!("{}/{}", row.untyped_schemas, row.schemas),
        row.millis,
        row.peak_rss_mib,
    )
}

fn summary(rows: &[Row]) -> Vec<String> {
    let count = |outcome| rows.iter().filter(|row| row.outcome == outcome).count();
    let generated = || rows.iter().filter(|row| row.outcome == Outcome::Generated);
    let sum = |field: fn(&Row) -> usize| generated().map(field).sum::<usize>();
    let mut lines = vec![
        String::new(),
        format!(
            "{} documents: {} generated, {} refused, {} crashed, {} timed out",
            rows.len(),
            count(Outcome::Generated),
            count(Outcome::Refused),
            count(Outcome::Crashed),
            count(Outcome::Timeout),
        ),
        format!(
            "operations: {} of {} in clients, {} in servers; schemas: {} of {} untyped",
            sum(|row| row.client_operations),
            sum(|row| row.operations),
            sum(|row| row.server_operations),
            sum(|row| row.untyped_schemas),
            sum(|row| row.schemas),
        ),
    ];
    let tried = generated().filter(|row| row.compiled.is_some()).count();
    if tried > 0 {
        let compiled = generated().filter(|row| row.compiled == Some(true)).count();
        let seconds: f64 = generated().filter_map(|row| row.check_cpu_seconds).sum();
        let operations = sum(|row| if row.check_cpu_seconds.is_some() { row.client_operations } else { 0 });
        #[expect(clippy::cast_precision_loss, reason = "a count of operations")]
        let rate = 1000.0 * seconds / operations.max(1) as f64;
        lines.push(format!(
            "compiled: {compiled} of {tried}; check of clients: {rate:.1} CPU seconds per 1,000 operations"
        ));
    }
    if generated().any(|row| row.examples.is_some()) {
        let of = |field: fn(&super::row::Examples) -> usize| {
            generated().filter_map(|row| row.examples.as_ref()).map(field).sum::<usize>()
        };
        lines.push(format!(
            "examples: {} found, {} valid, {} round-tripped",
            of(|e| e.total),
            of(|e| e.valid),
            of(|e| e.round_tripped)
        ));
    }
    lines.extend(codes(rows));
    lines
}

/// How often each code was said, most often first.
fn codes(rows: &[Row]) -> Vec<String> {
    let mut counts: BTreeMap<[String; 3], usize> = BTreeMap::new();
    for diagnostic in rows.iter().flat_map(|row| &row.diagnostics) {
        let text = |key: &str| diagnostic.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        *counts.entry(["severity", "effect", "code"].map(text)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|([left, ..], a), ([right, ..], b)| left.cmp(right).then(b.cmp(a)));
    let line = |([severity, effect, code], count): ([String; 3], usize)| {
        format!("{count:>7} {severity:<8} {effect:<9} {code}")
    };
    counts.into_iter().map(line).collect()
}
