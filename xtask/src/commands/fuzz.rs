//! `cargo xtask fuzz`: the targets of `fuzz/`, each for a bounded time, with nothing but a stable
//! toolchain.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use serde::Deserialize;

use super::Outcome;
use crate::exit::Exit;
use crate::report::Report;
use crate::workspace::Workspace;

/// What makes the compiler count which branches were taken; stable flags, those that cargo-fuzz
/// sets.
const WATCHED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

/// Throw mutated documents and requests at the generator and the runtime; what fails is kept for
/// `cargo fuzz fmt` and as a test to be.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Only this target.
    #[arg(value_name = "TARGET")]
    target: Option<String>,
    /// How long each target runs.
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    seconds: u32,
    /// End after as many inputs, if time does not end it before.
    #[arg(long, value_name = "COUNT")]
    runs: Option<u32>,
    /// Start the changes from this number, so that a run can be repeated; another one each time
    /// when left out.
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u32>,
}

/// As much of `fuzz/Cargo.toml` as matters.
#[derive(Deserialize)]
struct Package {
    bin: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Runs it.
pub fn run(options: &Options, report: &mut Report) -> Outcome {
    let workspace = Workspace::find()?;
    let folder = workspace.root().join("fuzz");
    let package: Package = toml::from_str(&fs::read_to_string(folder.join("Cargo.toml"))?)?;
    let names = package.bin.into_iter().map(|target| target.name);
    let names: Vec<String> = names.filter(|name| options.target.as_ref().is_none_or(|only| only == name)).collect();
    if names.is_empty() {
        report.failure(&format_args!("`fuzz/Cargo.toml` has no target of this name"));
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
            report.failure(&format_args!("`{name}` found something: look for its last file in target/fuzz"));
            return Ok(Exit::Document);
        }
        report.note(format_args!("{name}: nothing found"));
    }
    Ok(Exit::Done)
}

/// The triple of this machine. With it named, what runs while building is not watched.
fn host() -> io::Result<String> {
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(compiler).arg("-vV").output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(ToOwned::to_owned).ok_or_else(|| io::Error::other("`rustc -vV` does not say what machine this is"))
}

fn build(folder: &Path, built: &Path, host: &str, target: Option<&str>) -> io::Result<()> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "--target", host]);
    if let Some(target) = target {
        command.args(["--bin", target]);
    }
    let status = command.current_dir(folder).env("RUSTFLAGS", WATCHED).env("CARGO_TARGET_DIR", built).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other("the fuzz targets do not compile")) }
}

/// Puts our own documents where the fuzzer starts from; what it added in earlier runs stays.
fn seed(root: &Path, target: &str, corpus: &Path) -> io::Result<()> {
    fs::create_dir_all(corpus)?;
    let documents = documents(root)?;
    for (index, path) in documents.iter().enumerate() {
        let text = fs::read(path)?;
        let seed = match target {
            "document_text" => text,
            "overlay" => pair(&text, &fs::read(path.with_file_name("overlay.yaml")).unwrap_or_default()),
            "drift_text" => pair(&text, &fs::read(documents.get(index + 1).unwrap_or(path))?),
            "requests" => return requests(corpus),
            // Any bytes are a structure, and those of a text are as good as others.
            _ => text.into_iter().step_by(7).take(2048).collect(),
        };
        fs::write(corpus.join(format!("seed-{index}")), seed)?;
    }
    Ok(())
}

/// The documents of the providers, all revisions, and the fixtures, sorted.
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

fn pair(first: &[u8], second: &[u8]) -> Vec<u8> {
    [first, &[0], second].concat()
}

/// A request of each kind, and a stream of events.
fn requests(corpus: &Path) -> io::Result<()> {
    let seeds = [
        "/things/;id=7..json?a=1&b=2,3&c=1%202&d=1|2&e[x]=1&f={}\nx-g: a=1,b=2\ncookie: h=1; sid=2\ncontent-type: application/json\n\n{\"id\":1,\"deep\":{\"a\":{\"b\":1}}}",
        "/things/;id=7..json?e[a][b]=1\ncontent-type: application/x-www-form-urlencoded\n\nid=1&deep[a][b]=2&tags=a|b&next=%7B%7D",
        "/things/;id=7..json\ncontent-type: multipart/form-data; boundary=x\nauthorization: Basic YTpi\n\n--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n",
        "/things/;id=7..json\ncontent-type: text/plain; charset=latin1\n\nabc",
        "\u{5}event: a\nid: 1\nretry: 10\ndata: {\"a\":1}\ndata: 2\n\ndata: [DONE]\n\n",
    ];
    for (index, seed) in seeds.into_iter().enumerate() {
        fs::write(corpus.join(format!("seed-{index}")), seed)?;
    }
    Ok(())
}
