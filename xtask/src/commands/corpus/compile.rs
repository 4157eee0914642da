//! Compiles generated crates with warnings as errors, over dependencies that are built once.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::row::{Outcome, Row};
use super::{Options, examples};
use crate::report::Report;

/// Compiles every generated crate of `rows`: the client alone, for its cost, then client and server.
///
/// # Errors
///
/// If the folder for the work can't be written, or cargo not be started.
pub fn compile(rows: &mut [Row], options: &Options, report: &mut Report) -> std::io::Result<()> {
    let target = options.work.join("target");
    prepare(rows, &options.work)?;
    for row in rows.iter_mut().filter(|row| row.outcome == Outcome::Generated) {
        let Some(folder) = row.crate_folder.clone().map(PathBuf::from) else { continue };
        report.note(format_args!("checking {}", row.document));
        // Dependencies are warm after the first; the crate's own work is what is left.
        check(&folder, &target, "client", Touch::No)?;
        let before = children_seconds();
        let client = check(&folder, &target, "client", Touch::Yes)?;
        let spent = children_seconds() - before;
        let both = check(&folder, &target, "client,server", Touch::Yes)?;
        let problems = complaints(&client) + complaints(&both);
        row.compiled = Some(client.status.success() && both.status.success());
        row.warnings = problems;
        row.check_cpu_seconds = client.status.success().then_some(spent);
        if row.compiled == Some(false) {
            show(row, &client, &both, report);
        } else if options.examples {
            row.examples = examples::run(&folder, &target)?;
        }
    }
    Ok(())
}

/// Whether a crate's source is marked as changed before it is checked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Touch {
    Yes,
    No,
}

/// Gives every crate the workspace's lock file, so that all share one build of the same dependencies.
fn prepare(rows: &[Row], work: &Path) -> std::io::Result<()> {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    for folder in rows.iter().filter_map(|row| row.crate_folder.as_ref()) {
        // Cargo drops what a crate doesn't use.
        fs::copy(&lock, Path::new(folder).join("Cargo.lock"))?;
    }
    fs::create_dir_all(work)
}

fn check(folder: &Path, target: &Path, features: &str, touch: Touch) -> std::io::Result<Output> {
    if touch == Touch::Yes {
        let root = folder.join("src/lib.rs");
        let text = fs::read(&root)?;
        fs::write(&root, text)?;
    }
    cargo(target)
        .args(["check", "--quiet", "--no-default-features", "--features", features, "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .output()
}

/// Cargo with this target folder and warnings of the crate itself as errors; dependencies are capped by cargo anyway.
pub fn cargo(target: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null());
    command
}

fn complaints(output: &Output) -> usize {
    let text = String::from_utf8_lossy(&output.stderr);
    text.lines().filter(|line| line.starts_with("error") || line.starts_with("warning")).count()
}

fn show(row: &Row, client: &Output, both: &Output, report: &mut Report) {
    let output = if client.status.success() { both } else { client };
    let text = String::from_utf8_lossy(&output.stderr);
    let start: Vec<&str> = text.lines().take(30).collect();
    report.note(format_args!("{} does not compile:\n{}", row.document, start.join("\n")));
}

/// CPU seconds that ended children of this process have spent; 0 where the system doesn't tell.
fn children_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in parentheses may hold spaces; what follows it doesn't.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    // cutime and cstime, in ticks of which Linux has a hundred a second on every machine cargo runs on.
    (ticks(13) + ticks(14)) / 100.0
}
