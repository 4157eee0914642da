//! `cargo xtask fuzz`: runs the targets of `fuzz/`, each for a limited time, on a stable toolchain.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use serde::Deserialize;
use specwright::exit::Exit;
use specwright::report::Report;

use super::CommandResult;
use crate::workspace::Workspace;

/// Instruments the code for coverage. These are the flags of cargo-fuzz that work on stable.
const COVERAGE_FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

/// Run the generator and the runtime on mutated documents and requests.
///
/// Inputs that fail are kept in `target/fuzz`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Run only this target.
    #[arg(value_name = "TARGET")]
    target: Option<String>,
    /// The number of seconds that each target runs.
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    seconds: u32,
    /// Stop after this number of inputs, unless the time runs out first.
    #[arg(long, value_name = "COUNT")]
    runs: Option<u32>,
    /// Seed of the mutations, to repeat a run. By default, it is random.
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u32>,
}

/// The targets in `fuzz/Cargo.toml`.
#[derive(Deserialize)]
struct Package {
    bin: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Runs the command.
pub fn run(options: &Options, report: &mut Report) -> CommandResult {
    let workspace = Workspace::find()?;
    let folder = workspace.root().join("fuzz");
    let package: Package = toml::from_str(&fs::read_to_string(folder.join("Cargo.toml"))?)?;
    let names = package.bin.into_iter().map(|target| target.name);
    let names: Vec<String> = names.filter(|name| options.target.as_ref().is_none_or(|only| only == name)).collect();
    if names.is_empty() {
        report.error_message(&format_args!("`fuzz/Cargo.toml` has no target with this name"));
        return Ok(Exit::Usage);
    }
    let built = workspace.root().join("target/fuzz");
    let host = host()?;
    build(&folder, &built, &host, options.target.as_deref())?;
    for name in names {
        let corpus = built.join("corpus").join(&name);
        seed(workspace.root(), &name, &corpus)?;
        let mut command = Command::new(built.join(&host).join("release").join(&name));
        command.args(options.runs.map(|runs| format!("-runs={runs}")));
        command.args(options.seed.map(|seed| format!("-seed={seed}")));
        let status = command
            .arg(&corpus)
            .arg(format!("-max_total_time={}", options.seconds))
            .args([
                "-timeout=20",
                "-rss_limit_mb=2048",
                "-len_control=0",
                "-max_len=8192",
                "-verbosity=0",
                "-print_final_stats=1",
            ])
            .arg(format!("-artifact_prefix={}/{name}-", built.display()))
            .status()?;
        if !status.success() {
            report.error_message(&format_args!("`{name}` failed; the input is the newest file in target/fuzz"));
            return Ok(Exit::Document);
        }
        report.note(format_args!("{name}: no failure"));
    }
    Ok(Exit::Done)
}

/// The target triple of this machine. Passing it to cargo keeps build scripts and macros
/// uninstrumented.
fn host() -> io::Result<String> {
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(compiler).arg("-vV").output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(ToOwned::to_owned).ok_or_else(|| io::Error::other("`rustc -vV` does not print the host"))
}

fn build(folder: &Path, built: &Path, host: &str, target: Option<&str>) -> io::Result<()> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "--target", host]);
    if let Some(target) = target {
        command.args(["--bin", target]);
    }
    let status =
        command.current_dir(folder).env("RUSTFLAGS", COVERAGE_FLAGS).env("CARGO_TARGET_DIR", built).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other("the fuzz targets do not compile")) }
}

/// Copies our documents into the fuzzer's corpus. Inputs of earlier runs are kept.
fn seed(root: &Path, target: &str, corpus: &Path) -> io::Result<()> {
    fs::create_dir_all(corpus)?;
    let documents = documents(root)?;
    for (index, path) in documents.iter().enumerate() {
        let text = fs::read(path)?;
        let seed = match target {
            "document_text" => text,
            "overlay" => joined(&text, &fs::read(path.with_file_name("overlay.yaml")).unwrap_or_default()),
            "drift_text" => joined(&text, &fs::read(documents.get(index + 1).unwrap_or(path))?),
            "requests" => return write(corpus, &REQUESTS),
            "patterns" => return write(corpus, &PATTERNS),
            "events" => return write(corpus, &EVENTS),
            "forms" => return write(corpus, &FORMS),
            "overlay_growth" => return write(corpus, &OVERLAYS),
            // Any bytes can be read as a structure, so the bytes of a text are suitable.
            _ => text.into_iter().step_by(7).take(2048).collect(),
        };
        fs::write(corpus.join(format!("seed-{index}")), seed)?;
    }
    Ok(())
}

/// All documents in `specs/` and `tests/fixtures/`, sorted.
fn documents(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![root.join("specs"), root.join("tests/fixtures")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml") && !path.ends_with("overlay.yaml") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn joined(first: &[u8], second: &[u8]) -> Vec<u8> {
    [first, &[0], second].concat()
}

/// Patterns with texts that take a backtracking engine a long time.
const PATTERNS: [&str; 6] = [
    "^(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)$\0aaaaaaaaaaaab",
    "^(?:a{0,1000}){0,100}$\0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    "^(a+)+$\0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    "^(?=.*[A-Z])(?=.*\\d).{8,}$\0abcdefgh1",
    "^(\\w+)\\s\\1$\0aaaa aaab",
    "^(?:a?){50}a{50}$\0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

/// Streams of events.
const EVENTS: [&str; 2] = [
    "event: a\nid: 1\nretry: 10\ndata: {\"a\":1}\ndata: 2\n\ndata: [DONE]\n\n",
    "\u{FEFF}: comment\rdata: a\r\ndata\n\nid: 7\n\n\ndata: cut",
];

/// A form of each kind, with a part that has no name and a form that is cut off.
const FORMS: [&str; 4] = [
    "id=1&deep[a][b]=2&tags=a|b&next=%7B%22id%22%3A1%7D&gone=true&%FF=%00",
    "--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n",
    "--x\r\nContent-Type: text/plain\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n--x--\r\n",
    "preamble\r\n--x\r\nContent-Disposition: form-data; name=\"deep\"\r\nX-A: b\r\n\r\n{\"a\":{\"b\":1}}\r\n--x",
];

/// Overlays that add to their own additions, search extensively, and remove.
const OVERLAYS: [&str; 3] = [
    "overlay: 1.0.0\nactions:\n- {target: '$..*', x-reason: a, update: {x: {y: {}}}}\n- {target: '$..*', x-reason: a, update: {z: {y: {}}}}\n",
    "overlay: 1.0.0\nactions:\n- {target: '$.info[?count($..*) > 1]', x-reason: a, update: {b: 1}}\n",
    "overlay: 1.0.0\nactions:\n- {target: '$.paths[*]', x-reason: a, remove: true}\n- {target: '$.info.x-a.b[0]', x-reason: a, remove: true}\n",
];

/// One request of each kind, and an event stream.
const REQUESTS: [&str; 5] = [
    "/things/;id=7..json?a=1&b=2,3&c=1%202&d=1|2&e[x]=1&f={}\nx-g: a=1,b=2\ncookie: h=1; sid=2\ncontent-type: application/json\n\n{\"id\":1,\"deep\":{\"a\":{\"b\":1}}}",
    "/things/;id=7..json?e[a][b]=1\ncontent-type: application/x-www-form-urlencoded\n\nid=1&deep[a][b]=2&tags=a|b&next=%7B%7D",
    "/things/;id=7..json\ncontent-type: multipart/form-data; boundary=x\nauthorization: Basic YTpi\n\n--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n",
    "/things/;id=7..json\ncontent-type: text/plain; charset=latin1\n\nabc",
    "\u{5}event: a\nid: 1\nretry: 10\ndata: {\"a\":1}\ndata: 2\n\ndata: [DONE]\n\n",
];

fn write(corpus: &Path, seeds: &[&str]) -> io::Result<()> {
    for (index, seed) in seeds.iter().enumerate() {
        fs::write(corpus.join(format!("seed-{index}")), seed)?;
    }
    Ok(())
}
