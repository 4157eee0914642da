//! Prints the results as a table with a summary, or as lines of JSON.

use std::collections::BTreeMap;

use serde_json::json;
use specwright::report::{Format, Report};

use super::result::{DocumentResult, GenerationOutcome};

/// Prints all results.
pub fn print(results: &[DocumentResult], report: &mut Report) {
    if report.format() == Format::Json {
        for result in results {
            report.object(&json!(result));
        }
        return;
    }
    report.line(format_args!(
        "{:<44} {:>7} {:>9} {:>11} {:>7} {:>8} {:>6} {:>6}  {}",
        "document", "openapi", "outcome", "operations", "models", "untyped", "ms", "MiB", "compiled"
    ));
    for result in results {
        report.line(line(result));
    }
    for line in summary(results) {
        report.line(line);
    }
}

fn line(result: &DocumentResult) -> String {
    let name: String = result.document.chars().rev().take(44).collect::<Vec<_>>().into_iter().rev().collect();
    let kept = result.client_operations.min(result.server_operations);
    let compiled = match (result.compiled, result.check_cpu_seconds) {
        (None, _) => "-".to_owned(),
        (Some(false), _) => format!("no ({})", result.warnings),
        (Some(true), Some(seconds)) => format!("{seconds:.1} s"),
        (Some(true), None) => "yes".to_owned(),
    };
    format!(
        "{name:<44} {:>7} {:>9} {:>11} {:>7} {:>8} {:>6} {:>6}  {compiled}",
        result.openapi,
        format!("{:?}", result.outcome).to_lowercase(),
        format!("{kept}/{}", result.operations),
        result.models,
        format!("{}/{}", result.untyped_schemas, result.schemas),
        result.millis,
        result.peak_rss_mib,
    )
}

fn summary(results: &[DocumentResult]) -> Vec<String> {
    let count = |outcome| results.iter().filter(|result| result.outcome == outcome).count();
    let generated = || results.iter().filter(|result| result.outcome == GenerationOutcome::Generated);
    let sum = |field: fn(&DocumentResult) -> usize| generated().map(field).sum::<usize>();
    let mut lines = vec![
        String::new(),
        format!(
            "{} documents: {} generated, {} refused, {} crashed, {} timed out",
            results.len(),
            count(GenerationOutcome::Generated),
            count(GenerationOutcome::Refused),
            count(GenerationOutcome::Crashed),
            count(GenerationOutcome::Timeout),
        ),
        format!(
            "operations: {} of {} in clients, {} in servers; schemas: {} of {} untyped",
            sum(|result| result.client_operations),
            sum(|result| result.operations),
            sum(|result| result.server_operations),
            sum(|result| result.untyped_schemas),
            sum(|result| result.schemas),
        ),
    ];
    let tried = generated().filter(|result| result.compiled.is_some()).count();
    if tried > 0 {
        let compiled = generated().filter(|result| result.compiled == Some(true)).count();
        let seconds: f64 = generated().filter_map(|result| result.check_cpu_seconds).sum();
        let operations = sum(|result| if result.check_cpu_seconds.is_some() { result.client_operations } else { 0 });
        #[expect(clippy::cast_precision_loss, reason = "a count of operations")]
        let rate = 1000.0 * seconds / operations.max(1) as f64;
        lines.push(format!(
            "compiled: {compiled} of {tried}; check of clients: {rate:.1} CPU seconds per 1,000 operations"
        ));
    }
    if generated().any(|result| result.examples.is_some()) {
        let of = |field: fn(&super::result::Examples) -> usize| {
            generated().filter_map(|result| result.examples.as_ref()).map(field).sum::<usize>()
        };
        lines.push(format!(
            "examples: {} found, {} valid, {} round-tripped",
            of(|e| e.total),
            of(|e| e.valid),
            of(|e| e.round_tripped)
        ));
    }
    lines.extend(codes(results));
    lines
}

/// The frequency of each code, by severity, most frequent first.
fn codes(results: &[DocumentResult]) -> Vec<String> {
    let mut counts: BTreeMap<[String; 3], usize> = BTreeMap::new();
    for diagnostic in results.iter().flat_map(|result| &result.diagnostics) {
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
