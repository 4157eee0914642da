//! Stops `regen` if the version of the generated crate is too small for the changes of the specs.

use std::fs;
use std::io::ErrorKind;

use specwright::commands::drift::{self, VersionCheck, bump};
use specwright::exit::Exit;
use specwright::report::Report;
use specwright_codegen::drift::Bump;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::workspace::{PACKAGE, Workspace};

/// The file that records accepted smaller bumps, relative to the workspace.
const RECORD: &str = "drift.toml";

/// Decides whether the output may be written. A reason for a smaller bump allows it and is
/// recorded.
///
/// # Errors
///
/// If the reason can't be recorded.
pub fn check(
    workspace: &Workspace,
    providers: &[String],
    reason: Option<&str>,
    report: &mut Report,
) -> Result<Exit, Box<dyn std::error::Error>> {
    let checked = match drift::check_version(workspace, providers, report) {
        Ok(checked) => checked,
        Err(why) => {
            report.note(format_args!("the version of {PACKAGE} is not checked: {why}"));
            return Ok(Exit::Done);
        }
    };
    if checked.step.is_enough() {
        if checked.step.bump >= Bump::Minor {
            report.note(checked.step.summary());
        }
        return Ok(Exit::Done);
    }
    match reason.map(str::trim) {
        None => refuse(&checked, report),
        Some("") => {
            report.error_message(&"`--allow-smaller-bump` needs a reason");
            return Ok(Exit::Usage);
        }
        Some(reason) => {
            record(workspace, &checked.step, reason)?;
            report.line(format_args!("update {RECORD}: accepted a smaller bump: {reason}"));
            return Ok(Exit::Done);
        }
    }
    Ok(Exit::Drift)
}

fn refuse(checked: &VersionCheck, report: &mut Report) {
    let step = &checked.step;
    report.error_message(&step.summary());
    report.note(format_args!("changes since {}, that require it:", checked.base.description));
    for reason in bump::reasons(&checked.drift, report.program()) {
        report.note(format_args!("  {reason}"));
    }
    report.note(format_args!(
        "nothing was written; set `version` to {} in {PACKAGE}/Cargo.toml, or give a reason with `--allow-smaller-bump`",
        step.needed(),
    ));
}

/// Adds an entry to `drift.toml` that accepts the step; comments and formatting are kept.
fn record(workspace: &Workspace, step: &bump::VersionStep, reason: &str) -> Result<(), String> {
    let path = workspace.root().join(RECORD);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(format!("{RECORD}: {error}")),
    };
    let text = with_entry(&text, step, reason)?;
    fs::write(&path, text).map_err(|error| format!("{RECORD}: {error}"))
}

fn with_entry(text: &str, step: &bump::VersionStep, reason: &str) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error| format!("{RECORD}: {error}"))?;
    let entries = document.entry("smaller-bump").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let entries =
        entries.as_array_of_tables_mut().ok_or_else(|| format!("{RECORD}: `smaller-bump` is not a list of tables"))?;
    let mut entry = Table::new();
    entry.insert("since", value(&step.old));
    entry.insert("bump", value(step.bump.as_str()));
    entry.insert("reason", value(reason));
    entries.push(entry);
    Ok(document.to_string())
}
