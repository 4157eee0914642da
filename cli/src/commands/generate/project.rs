//! Generates the APIs of a project.

use serde_json::json;
use specwright_codegen::config::{ApiConfig, Written};
use specwright_codegen::diagnostics::nearest;
use specwright_codegen::pipeline::Generation;

use super::{Options, as_json, check, report_changes, report_lacking, summary};
use crate::commands::CommandResult;
use crate::exit::Exit;
use crate::generator::Output;
use crate::progress::Progress;
use crate::project::configured::{ConfiguredProject, FILE, Lock, output};
use crate::report::Report;

/// The output of one API.
struct Made<'p> {
    name: &'p Written,
    output: Output,
    /// The digest of a document, if it was fetched.
    digest: Option<String>,
}

/// Generates the APIs that the options choose, or all by default.
pub fn run(options: &Options, report: &mut Report) -> CommandResult {
    let Some(project) = ConfiguredProject::enter()? else {
        report.error_message(&format_args!(
            "there is no {FILE} here or above: name a document, or run `{} init`",
            report.program()
        ));
        return Ok(Exit::Usage);
    };
    let Some(chosen) = choose(&project, options, report) else { return Ok(Exit::Usage) };
    let made = make(&project, &chosen, options, report)?;
    let failed: Vec<&Generation> =
        made.iter().map(|one| one.output.generation()).filter(|generation| generation.api.is_none()).collect();
    if !failed.is_empty() {
        report.not_written(&failed);
        return Ok(Exit::Document);
    }
    if !options.upgrade && is_from_another_version(&project, &made, report) {
        return Ok(Exit::Document);
    }
    if options.check {
        return Ok(check(&made.iter().map(|one| &one.output).collect::<Vec<_>>(), report));
    }
    write(&project, made, options, report)
}

/// The APIs to generate; `None` if an option names an API that does not exist, which is reported.
fn choose<'p>(
    project: &'p ConfiguredProject,
    options: &Options,
    report: &mut Report,
) -> Option<Vec<(&'p Written, &'p ApiConfig)>> {
    let apis = &project.config().apis;
    for name in options.api.iter().chain(&options.update) {
        if !apis.contains_key(name.as_str()) {
            let hint = match nearest(name, apis.keys().map(|name| name.text.as_str())) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("it has {}", apis.keys().map(|name| name.text.as_str()).collect::<Vec<_>>().join(", ")),
            };
            report.error_message(&format_args!("{FILE} has no API `{name}`; {hint}"));
            return None;
        }
    }
    let is_chosen = |name: &Written| options.api.is_empty() || options.api.contains(&name.text);
    Some(apis.iter().filter(|(name, _)| is_chosen(name)).collect())
}

fn make<'p>(
    project: &'p ConfiguredProject,
    chosen: &[(&'p Written, &'p ApiConfig)],
    options: &Options,
    report: &mut Report,
) -> Result<Vec<Made<'p>>, Box<dyn std::error::Error>> {
    let mut made = Vec::new();
    for (name, api) in chosen {
        let progress = Progress::start(report.format(), format!("generating {}", name.text));
        let lock = if options.update.contains(&name.text) { Lock::Renewed } else { Lock::Kept };
        let (generator, digest) = project.generator(name, api, lock)?;
        let output = output(&generator.add_dependencies(options.add_dependencies), api)?;
        drop(progress);
        report.diagnostics(output.generation(), options.shown);
        made.push(Made { name, output, digest });
    }
    Ok(made)
}

/// Reports what would change if this version replaced the one that the project names.
fn is_from_another_version(project: &ConfiguredProject, made: &[Made<'_>], report: &mut Report) -> bool {
    let this = env!("CARGO_PKG_VERSION");
    let Some(pinned) = project.config().generator.as_ref().filter(|pinned| pinned.text != this) else { return false };
    for one in made {
        report.diff(one.output.surface_diff().trim_end());
    }
    let message = format!("the output is from specwright {}, but this is {this}; nothing was written", pinned.text);
    let help = "install that version, or accept the changes above with `specwright generate --upgrade`";
    report.error(&project.error(pinned, message, help));
    true
}

fn write(
    project: &ConfiguredProject,
    mut made: Vec<Made<'_>>,
    options: &Options,
    report: &mut Report,
) -> CommandResult {
    let mut all = Vec::new();
    for one in &mut made {
        let changes: Vec<(&str, String)> = one.output.changes().collect();
        one.output.write()?;
        report_changes(&changes, report);
        report.line(format_args!("{}: {}", one.name.text, summary(one.output.generation(), options.shown.notes)));
        report_lacking(&one.output, report);
        all.extend(changes);
    }
    let digests: Vec<(&Written, String)> =
        made.into_iter().filter_map(|one| one.digest.map(|digest| (one.name, digest))).collect();
    if project.record(&digests)? {
        report.line(format_args!("update {FILE}"));
    } else if all.is_empty() {
        report.line("nothing to do: the output is up to date");
    }
    report.object(&json!({ "changes": as_json(&all) }));
    Ok(Exit::Done)
}
