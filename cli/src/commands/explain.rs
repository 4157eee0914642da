//! `explain`: prints the manual page of a diagnostic or of a drift rule.

use serde_json::json;
use specwright_codegen::diagnostics::{CodeInfo, Effect, catalogue, nearest};
use specwright_codegen::drift::rules::{self, Rule};

use super::CommandResult;
use crate::exit::Exit;
use crate::report::Report;

/// Print the manual page of a diagnostic or of a drift rule, or list all of them.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The code of a message, such as `dangling-reference`. Without it, all codes are listed.
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Runs the command.
///
/// # Errors
///
/// None.
pub fn run(options: &Options, report: &mut Report) -> CommandResult {
    let Some(wanted) = &options.code else {
        list(report);
        return Ok(Exit::Done);
    };
    if let Some(info) = catalogue().find(|info| info.id == wanted) {
        report.line(format_args!("{} ({})\n\n{}\n\n{}", info.id, weight(info), info.summary, info.explanation.trim()));
        report.object(&entry(info));
        return Ok(Exit::Done);
    }
    if let Some(rule) = rules::find(wanted) {
        report.line(format_args!("{} ({})\n\n{}", rule.id, rule.level, rule.explanation.trim()));
        report.object(&rule_entry(rule));
        return Ok(Exit::Done);
    }
    let ids = catalogue().map(|info| info.id).chain(rules::catalogue().iter().map(|rule| rule.id.as_str()));
    let hint = nearest(wanted, ids).map_or_else(
        || format!("`{} explain` lists all codes", report.program()),
        |id| format!("did you mean `{id}`?"),
    );
    report.error_message(&format_args!("there is no diagnostic or rule `{wanted}`; {hint}"));
    Ok(Exit::Usage)
}

fn list(report: &mut Report) {
    report.line("Diagnostics, reported about a document:\n");
    for info in catalogue() {
        report.line(format_args!("  {:<32} {:<18} {}", info.id, weight(info), info.summary));
        report.object(&entry(info));
    }
    report.line("\nRules, reported by `drift`:\n");
    for rule in rules::catalogue() {
        report.line(format_args!("  {:<58} {:<8} {}", rule.id, rule.level, rule.summary));
        report.object(&rule_entry(rule));
    }
}

/// The severity, and what a warning costs.
fn weight(info: &CodeInfo) -> String {
    info.effect.map_or_else(|| info.severity.to_string(), |effect| format!("{}, {effect}", info.severity))
}

fn entry(info: &CodeInfo) -> serde_json::Value {
    json!({
        "code": info.id,
        "severity": info.severity.as_str(),
        "effect": info.effect.map(Effect::as_str),
        "summary": info.summary,
        "explanation": info.explanation,
    })
}

fn rule_entry(rule: &Rule) -> serde_json::Value {
    json!({
        "rule": rule.id,
        "level": rule.level.as_str(),
        "direction": rule.direction.as_str(),
        "wire": rule.wire.as_str(),
        "rust": rule.rust.as_str(),
        "summary": rule.summary,
        "explanation": rule.explanation,
    })
}
