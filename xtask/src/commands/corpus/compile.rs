//! Compiles generated crates with warnings as errors. All crates share one build of their
//! dependencies.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use specwright::report::Report;

use super::cargo::cargo;
use super::result::{DocumentResult, GenerationOutcome};
use super::{Options, examples};

/// Compiles every generated crate: first only the client, to measure its cost, then client and
/// server.
///
/// # Errors
///
/// If the working folder can't be written, or cargo can't be started.
pub fn compile(results: &mut [DocumentResult], options: &Options, report: &mut Report) -> std::io::Result<()> {
    let target = options.work.join("target");
    prepare(results, &options.work)?;
    for result in results.iter_mut().filter(|result| result.outcome == GenerationOutcome::Generated) {
        let Some(folder) = result.crate_folder.clone().map(PathBuf::from) else { continue };
        report.note(format_args!("checking {}", result.document));
        let (client, spent) = check_alone(&folder, &target)?;
        let both = check(&folder, &target, "client,server")?;
        result.compiled = Some(client.status.success() && both.status.success());
        result.warnings = count_problems(&client) + count_problems(&both);
        result.check_cpu_seconds = client.status.success().then_some(spent);
        if result.compiled == Some(false) {
            show_errors(result, &client, &both, report);
        } else if options.examples {
            result.examples = examples::run(&folder, &target)?;
        }
    }
    Ok(())
}

/// Checks the client, and returns the CPU seconds of the crate itself.
fn check_alone(folder: &Path, target: &Path) -> std::io::Result<(Output, f64)> {
    let timed = || {
        let before = children_cpu();
        check(folder, target, "client").map(|output| (output, children_cpu() - before))
    };
    let (client, spent) = timed()?;
    // The first crate also compiles the dependencies, so it is checked again without them.
    if client.status.success() && count_built(&client) > 1 { timed() } else { Ok((client, spent)) }
}

/// Copies the workspace's lock file into every crate, so that all of them share one build of their
/// dependencies.
fn prepare(results: &[DocumentResult], work: &Path) -> std::io::Result<()> {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    for folder in results.iter().filter_map(|result| result.crate_folder.as_ref()) {
        // Cargo removes the entries that a crate doesn't use.
        fs::copy(&lock, Path::new(folder).join("Cargo.lock"))?;
    }
    fs::create_dir_all(work)
}

fn check(folder: &Path, target: &Path, features: &str) -> std::io::Result<Output> {
    // A newer modification time makes cargo check the crate again.
    let root = folder.join("src/lib.rs");
    let text = fs::read(&root)?;
    fs::write(&root, text)?;
    cargo(target)
        .args(["check", "--no-default-features", "--features", features, "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .output()
}

/// Whether this line of cargo's output says that a crate is being built.
fn is_progress(line: &str) -> bool {
    ["Checking ", "Compiling ", "Building "].iter().any(|word| line.trim_start().starts_with(word))
}

/// The number of crates that were built.
fn count_built(output: &Output) -> usize {
    String::from_utf8_lossy(&output.stderr).lines().filter(|line| is_progress(line)).count()
}

/// The number of errors and warnings.
fn count_problems(output: &Output) -> usize {
    let text = String::from_utf8_lossy(&output.stderr);
    text.lines().filter(|line| line.starts_with("error") || line.starts_with("warning")).count()
}

fn show_errors(result: &DocumentResult, client: &Output, both: &Output, report: &mut Report) {
    let output = if client.status.success() { both } else { client };
    let text = String::from_utf8_lossy(&output.stderr);
    let start: Vec<&str> = text.lines().filter(|line| !is_progress(line)).take(30).collect();
    report.note(format_args!("{} does not compile:\n{}", result.document, start.join("\n")));
}

/// CPU seconds of all child processes that have ended; 0 where the system does not report them.
fn children_cpu() -> f64 {
    let spent = getrusage(UsageWho::RUSAGE_CHILDREN).map(|usage| usage.user_time() + usage.system_time());
    let micros = spent.map_or(0, |spent| spent.num_microseconds());
    Duration::from_micros(micros.unsigned_abs()).as_secs_f64()
}
