//! Holds `regen` back while the version of the generated crate is too small for what the specs
//! changed.

use std::fs;
use std::io::ErrorKind;

use specwright_codegen::drift::Bump;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::commands::drift::{self, Validated, bump};
use crate::exit::Exit;
use crate::report::Report;
use crate::workspace::Workspace;

/// Where accepted smaller bumps are kept, relative to the workspace.
const RECORD: &str = "drift.toml";

/// Decides whether what was generated may be written; with a reason for a smaller bump it is
/// recorded, and may.
///
/// # Errors
///
/// If the reason can't be recorded.
pub fn validate(
    workspace: &Workspace,
    providers: &[String],
    reason: Option<&str>,
    report: &mut Report,
) -> Result<Exit, Box<dyn std::error::Error>> {
    let validated = match drift::validate(workspace, providers, report) {
        Ok(validated) => validated,
        Err(why) => {
            report.note(format_args!("the version of {} is not validated: {why}", bump::CRATE));
            return Ok(Exit::Done);
        }
    };
    if validated.step.holds() {
        if validated.step.bump >= Bump::Minor {
            report.note(validated.step.said());
        }
        return Ok(Exit::Done);
    }
    match reason.map(str::trim) {
        None => refuse(&validated, report),
        Some("") => {
            report.failure(&"`--allow-smaller-bump` needs a reason");
            return Ok(Exit::Usage);
        }
        Some(reason) => {
            record(workspace, &validated.step, reason)?;
            report.line(format_args!("update {RECORD}: a smaller bump is accepted: {reason}"));
            return Ok(Exit::Done);
        }
    }
    Ok(Exit::Drift)
}

fn refuse(validated: &Validated, report: &mut Report) {
    let step = &validated.step;
    report.failure(&step.said());
    report.note(format_args!("what asks for it, compared with {}:", validated.base.said));
    for reason in bump::reasons(&validated.drift) {
        report.note(format_args!("  {reason}"));
    }
    report.note(format_args!(
        "nothing was written; set `version` to {} in generated-client/Cargo.toml, or give a reason with `--allow-smaller-bump`",
        step.needed()
    ));
}

/// Adds the entry that accepts the step to `drift.toml`; everything else there stays as it is
/// written.
fn record(workspace: &Workspace, step: &bump::Step, reason: &str) -> Result<(), String> {
    let path = workspace.root().join(RECORD);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(format!("{RECORD}: {error}")),
    };
    let text = with_entry(&text, step, reason)?;
    fs::write(&path, text).map_err(|error| format!("{RECORD}: {error}"))
}

fn with_entry(text: &str, step: &bump::Step, reason: &str) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error| format!("{RECORD}: {error}"))?;
    let entries = document.entry("smaller-bump").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let entries =
        entries.as_array_of_tables_mut().ok_or_else(|| format!("{RECORD}: `smaller-bump` is no list of tables"))?;
    let mut entry = Table::new();
    entry.insert("since", value(&step.was));
    entry.insert("bump", value(step.bump.as_str()));
    entry.insert("reason", value(reason));
    entries.push(entry);
    Ok(document.to_string())
}
