//! `cargo xtask corpus`: runs the generator over many documents, each in a process of its own, and
//! says how it went.

mod child;
mod compile;
mod examples;
mod row;
mod table;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use std::{env, fs, thread};

use indicatif::{ProgressBar, ProgressStyle};

pub use self::child::Options as ChildOptions;
pub use self::child::run as run_child;
use self::row::{Outcome as Ending, Row};
use super::Outcome;
use crate::exit::Exit;
use crate::report::{Format, Report};

/// Run the generator over files and folders of documents and report how each one fares.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Documents, or folders of documents (`.yaml`, `.yml`, `.json`; the files in folders of a
    /// folder belong to other documents).
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Also compile the client and the server of each with warnings as errors.
    #[arg(long)]
    compile: bool,
    /// Also decode every example of each document into its generated type and encode it back;
    /// implies `--compile`.
    #[arg(long)]
    examples: bool,
    /// How many documents are worked on at a time.
    #[arg(long, default_value_t = default_jobs(), value_name = "N")]
    jobs: usize,
    /// Seconds after which the generation of one document is given up.
    #[arg(long, default_value_t = 10, value_name = "SECONDS")]
    timeout: u64,
    /// Address space that the generation of one document may use, in MiB.
    #[arg(long, default_value_t = 2048, value_name = "MIB")]
    memory: u64,
    /// Where generated crates and their builds are kept.
    #[arg(long, default_value = "target/corpus", value_name = "DIR")]
    work: PathBuf,
}

fn default_jobs() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Runs the command.
pub fn run(options: &Options, report: &mut Report) -> Outcome {
    let documents = documents(&options.paths)?;
    if documents.is_empty() {
        report.failure(&"no documents there; documents end in .yaml, .yml or .json");
        return Ok(Exit::Document);
    }
    let bar = progress(documents.len(), report.format());
    let rows = Mutex::new(Vec::with_capacity(documents.len()));
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..options.jobs.clamp(1, documents.len()) {
            scope.spawn(|| {
                while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let row = one(document, options);
                    bar.inc(1);
                    if let Ok(mut rows) = rows.lock() {
                        rows.push(row);
                    }
                }
            });
        }
    });
    bar.finish_and_clear();
    let mut rows = rows.into_inner().unwrap_or_default();
    rows.sort_by(|a, b| a.document.cmp(&b.document));
    if options.compile || options.examples {
        compile::compile(&mut rows, options, report)?;
    }
    table::print(&rows, report);
    let broken =
        rows.iter().any(|row| matches!(row.outcome, Ending::Crashed | Ending::Timeout) || row.compiled == Some(false));
    Ok(if broken { Exit::Document } else { Exit::Done })
}

/// The documents behind the paths: files as given, and the documents that stand directly in folders
/// as well as the roots of multi-file documents in folders below.
fn documents(paths: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut documents = Vec::new();
    for path in paths {
        if path.is_dir() {
            collect(path, &mut documents)?;
        } else {
            documents.push(path.clone());
        }
    }
    documents.sort();
    documents.dedup();
    Ok(documents)
}

fn collect(folder: &Path, documents: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, documents)?;
        } else if is_root_document(&path) {
            documents.push(path);
        }
    }
    Ok(())
}

/// Whether a file says by itself that it is an OpenAPI document; other files are parts of
/// documents.
fn is_root_document(path: &Path) -> bool {
    let known = path
        .extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| matches!(extension.to_ascii_lowercase().as_str(), "yaml" | "yml" | "json"));
    known
        && fs::read(path).is_ok_and(|bytes| {
            let text = String::from_utf8_lossy(&bytes);
            text.lines().any(|line| {
                let line = line.trim_start_matches('\u{feff}').trim_start_matches(['{', ' ', '\t', '"', '\'']);
                line.starts_with("openapi") || line.starts_with("swagger")
            })
        })
}

fn progress(count: usize, format: Format) -> ProgressBar {
    if format == Format::Json {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(count as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} documents, {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// Runs one document in a process of its own, so that a crash, a hang or a leak of one is not the
/// end of all.
fn one(document: &Path, options: &Options) -> Row {
    let name = document.display().to_string();
    let Ok(program) = env::current_exe() else {
        return Row::failed(&name, Ending::Crashed, "the program can't find itself");
    };
    let child = Command::new(program)
        .arg("corpus-document")
        .arg(document)
        .args(["--memory", &options.memory.to_string()])
        .arg("--out")
        .arg(options.work.join("crates").join(row::slug(&name)))
        .args((options.compile || options.examples).then_some("--write"))
        .args(options.examples.then_some("--examples"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let child = match child {
        Ok(child) => child,
        Err(error) => return Row::failed(&name, Ending::Crashed, &error.to_string()),
    };
    match wait(child, Duration::from_secs(options.timeout)) {
        Ok(Some(output)) => Row::from_child(&name, &output),
        Ok(None) => Row::failed(&name, Ending::Timeout, &format!("no end after {} s", options.timeout)),
        Err(error) => Row::failed(&name, Ending::Crashed, &error.to_string()),
    }
}

/// Waits for a child and what it prints; kills it when the time is over.
fn wait(mut child: std::process::Child, limit: Duration) -> io::Result<Option<std::process::Output>> {
    let started = std::time::Instant::now();
    let stdout = child.stdout.take().map(drain);
    let stderr = child.stderr.take().map(drain);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            break None;
        }
        thread::sleep(Duration::from_millis(2));
    };
    let collected =
        |thread: Option<thread::JoinHandle<Vec<u8>>>| thread.and_then(|t| t.join().ok()).unwrap_or_default();
    let (stdout, stderr) = (collected(stdout), collected(stderr));
    Ok(status.map(|status| std::process::Output { status, stdout, stderr }))
}

/// Reads a pipe to its end beside the waiting, so that a child that prints much is not blocked.
fn drain(mut pipe: impl io::Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read until the pipe broke is still worth showing.
        let _ = pipe.read_to_end(&mut bytes);
        bytes
    })
}
