//! `cargo xtask corpus`: runs the generator on many documents, each in a separate process, and
//! reports the results.

mod cargo;
mod child;
mod compile;
mod examples;
mod identity;
mod resources;
mod result;
mod stability;
mod table;
mod values;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use std::{env, fs, thread};

use specwright::exit::Exit;
use specwright::report::{Format, Report};

use indicatif::{ProgressBar, ProgressStyle};
use serde::de::DeserializeOwned;

pub use self::child::Options as ChildOptions;
pub use self::child::run as run_child;
use self::result::{DocumentResult, GenerationOutcome};
use self::values::DocumentValues;
use super::CommandResult;

/// Run the generator on many documents and report the result of each.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Options {
    /// Documents, or folders that are searched for documents (`.yaml`, `.yml`, `.json`).
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Also compile the client and the server of each document, with warnings as errors.
    #[arg(long)]
    compile: bool,
    /// Also decode every example of each document into its generated type and encode it again.
    /// Implies `--compile`.
    #[arg(long)]
    examples: bool,
    /// Instead, test what the generated names depend on: shuffle each document, and remove single
    /// operations. Exits with status 1 if other items change.
    #[arg(long, conflicts_with_all = ["compile", "examples"])]
    stability: bool,
    /// Instead, rewrite each document without changing its meaning, and compare. Exits with status
    /// 1 if there are drift findings.
    #[arg(long, conflicts_with_all = ["compile", "examples", "stability"])]
    identity: bool,
    /// Instead, make a value for each response with a schema, and compare our rules with those of a
    /// validator of JSON Schema. Exits with status 1 if it refuses one.
    #[arg(long, conflicts_with_all = ["compile", "examples", "stability", "identity"])]
    values: bool,
    /// Instead, compare the resources that a mock recognizes with this list, which was checked by
    /// hand.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["compile", "examples", "stability", "identity", "values"])]
    resources: Option<PathBuf>,
    /// The number of documents that are generated in parallel.
    #[arg(long, default_value_t = default_jobs(), value_name = "N")]
    jobs: usize,
    /// The number of seconds after which the generation of a document is killed.
    #[arg(long, default_value_t = 10, value_name = "SECONDS")]
    timeout: u64,
    /// Limit of the address space for the generation of a document, in MiB.
    #[arg(long, default_value_t = 2048, value_name = "MIB")]
    memory: u64,
    /// Folder for generated crates and their builds.
    #[arg(long, default_value = "target/corpus", value_name = "DIR")]
    work: PathBuf,
}

fn default_jobs() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Runs the command.
pub fn run(options: &Options, report: &mut Report) -> CommandResult {
    let documents = documents(&options.paths)?;
    if documents.is_empty() {
        report.error_message(&"there are no documents; documents end in .yaml, .yml or .json");
        return Ok(Exit::Document);
    }
    if options.stability {
        return Ok(stability::run(&documents, options, report));
    }
    if options.identity {
        return Ok(identity::run(&documents, options, report));
    }
    if let Some(list) = &options.resources {
        return resources::run(list, &documents, report);
    }
    if options.values {
        let made = in_parallel(&documents, options, report.format(), |document| {
            in_child(document, "--values", options).unwrap_or_else(|why| DocumentValues::skipped(document, &why))
        });
        return Ok(values::report(made, report));
    }
    let mut results = in_parallel(&documents, options, report.format(), |document| one(document, options));
    results.sort_by(|a, b| a.document.cmp(&b.document));
    if options.compile || options.examples {
        compile::compile(&mut results, options, report)?;
    }
    table::print(&results, report);
    let broken = results.iter().any(DocumentResult::is_broken);
    Ok(if broken { Exit::Document } else { Exit::Done })
}

/// Does some work for each document. The results are in no particular order.
fn in_parallel<T: Send>(
    documents: &[PathBuf],
    options: &Options,
    format: Format,
    work: impl Fn(&Path) -> T + Sync,
) -> Vec<T> {
    let bar = progress(documents.len(), format);
    let results = Mutex::new(Vec::with_capacity(documents.len()));
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..options.jobs.clamp(1, documents.len()) {
            scope.spawn(|| {
                while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = work(document);
                    bar.inc(1);
                    if let Ok(mut results) = results.lock() {
                        results.push(result);
                    }
                }
            });
        }
    });
    bar.finish_and_clear();
    results.into_inner().unwrap_or_default()
}

/// The documents at the paths: files as named, and all root documents in folders and their
/// subfolders.
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

/// Whether a file declares itself an OpenAPI document. Other files are parts of multi-file
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

/// Generates one document in a separate process, so that a crash, a hang or a leak does not affect
/// others.
fn one(document: &Path, options: &Options) -> DocumentResult {
    let name = document.display().to_string();
    let Ok(program) = env::current_exe() else {
        return DocumentResult::failed(&name, GenerationOutcome::Crashed, "the path of this program is unknown");
    };
    let child = Command::new(program)
        .arg("corpus-document")
        .arg(document)
        .args(["--memory", &options.memory.to_string()])
        .arg("--out")
        .arg(options.work.join("crates").join(result::slug(&name)))
        .args((options.compile || options.examples).then_some("--write"))
        .args(options.examples.then_some("--examples"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let child = match child {
        Ok(child) => child,
        Err(error) => return DocumentResult::failed(&name, GenerationOutcome::Crashed, &error.to_string()),
    };
    match wait(child, Duration::from_secs(options.timeout)) {
        Ok(Some(output)) => DocumentResult::from_child(&name, &output),
        Ok(None) => {
            DocumentResult::failed(&name, GenerationOutcome::Timeout, &format!("killed after {} s", options.timeout))
        }
        Err(error) => DocumentResult::failed(&name, GenerationOutcome::Crashed, &error.to_string()),
    }
}

/// What a separate process finds out about a document, or why it finds nothing out.
fn in_child<T: DeserializeOwned>(document: &Path, what: &str, options: &Options) -> Result<T, String> {
    let child = env::current_exe().and_then(|program| {
        Command::new(program)
            .arg("corpus-document")
            .arg(document)
            .args(["--out", "unused", what, "--memory", &options.memory.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    });
    match child.and_then(|child| wait(child, Duration::from_secs(options.timeout))) {
        Ok(Some(output)) => {
            serde_json::from_slice(&output.stdout).map_err(|_| format!("the process ended with {}", output.status))
        }
        Ok(None) => Err(format!("killed after {} s", options.timeout)),
        Err(error) => Err(error.to_string()),
    }
}

/// Waits for a child and its output. If the time limit is reached, kills the child and returns
/// `None`.
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

/// Reads a pipe to its end on another thread, so that a child with much output does not block.
fn drain(mut pipe: impl io::Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // Output before an error is still worth showing.
        let _ = pipe.read_to_end(&mut bytes);
        bytes
    })
}
