//! Compiles generated crates with warnings as errors, over dependencies that are built once.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

use super::row::{Outcome, Row};
use super::{Options, examples};
use crate::report::Report;

/// Compiles every generated crate of `rows`: the client alone, for its cost, then client and
/// server.
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
        let (client, spent) = check_alone(&folder, &target)?;
        let both = check(&folder, &target, "client,server")?;
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

/// Checks the client, and says how many CPU seconds the crate itself took.
fn check_alone(folder: &Path, target: &Path) -> std::io::Result<(Output, f64)> {
    let timed = || {
        let before = children_seconds();
        check(folder, target, "client").map(|output| (output, children_seconds() - before))
    };
    let (client, spent) = timed()?;
    // The first crate finds its dependencies cold, and is checked again without them.
    if client.status.success() && built(&client) > 1 { timed() } else { Ok((client, spent)) }
}

/// Gives every crate the workspace's lock file, so that all share one build of the same
/// dependencies.
fn prepare(rows: &[Row], work: &Path) -> std::io::Result<()> {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    for folder in rows.iter().filter_map(|row| row.crate_folder.as_ref()) {
        // Cargo drops what a crate doesn't use.
        fs::copy(&lock, Path::new(folder).join("Cargo.lock"))?;
    }
    fs::create_dir_all(work)
}

fn check(folder: &Path, target: &Path, features: &str) -> std::io::Result<Output> {
    // Cargo takes a file that is newer than its last check for changed, so the crate is checked and
    // not just found fresh.
    let root = folder.join("src/lib.rs");
    let text = fs::read(&root)?;
    fs::write(&root, text)?;
    cargo(target)
        .args(["check", "--no-default-features", "--features", features, "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .output()
}

/// Whether a line is cargo's word that it builds a crate.
fn is_progress(line: &str) -> bool {
    ["Checking ", "Compiling ", "Building "].iter().any(|word| line.trim_start().starts_with(word))
}

/// How many crates were built.
fn built(output: &Output) -> usize {
    String::from_utf8_lossy(&output.stderr).lines().filter(|line| is_progress(line)).count()
}

/// Cargo with this target folder and warnings of the crate itself as errors; dependencies are
/// capped by cargo anyway.
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
    let start: Vec<&str> = text.lines().filter(|line| !is_progress(line)).take(30).collect();
    report.note(format_args!("{} does not compile:\n{}", row.document, start.join("\n")));
}

/// CPU seconds that ended children of this process have spent; 0 where the system doesn't tell.
fn children_seconds() -> f64 {
    let spent = getrusage(UsageWho::RUSAGE_CHILDREN).map(|usage| usage.user_time() + usage.system_time());
    let micros = spent.map_or(0, |spent| spent.num_microseconds());
    Duration::from_micros(micros.unsigned_abs()).as_secs_f64()
}
