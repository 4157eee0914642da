//! Compares this generator with its peers on the same documents, in one run:
//! `cargo run --release -p benches --bin peers -- DOCUMENT…`.
//!
//! Peers are installed below `target/peers`, which takes some minutes the first time. The
//! generators take turns, and figures are medians. Read the ratios: above 1, the peer takes longer.

mod compile;
mod cost;
mod generators;
mod manifest;
mod table;
mod workdir;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Parser;
use specwright_codegen::diagnostics::Diagnostics;
use specwright_codegen::document::{FileReader, Limits, Node};
use specwright_codegen::load::load;

use crate::compile::{Compiled, Failure, Profile};
use crate::cost::Cost;
use crate::generators::{Generator, Target};
use crate::workdir::Workdir;

/// The number of lines of cargo's message that are shown for a crate that can't be compiled.
const SHOWN_LINES: usize = 20;

/// Compare this generator with others: time to generate, and cost to compile the output.
#[derive(Debug, Parser)]
struct Arguments {
    /// Documents, in YAML or JSON.
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,
    /// The number of runs of each generator on each document.
    #[arg(long, default_value_t = 5, value_name = "N")]
    rounds: usize,
    /// The number of compilations of each generated client. 0 skips compilation.
    #[arg(long, default_value_t = 1, value_name = "N")]
    compilations: usize,
    /// Also compile with optimizations.
    #[arg(long)]
    release: bool,
}

/// CPU seconds, or the reason why there are none.
type Measured = Result<f64, Failure>;

/// The measurements of one generator on one document; `None` if nothing was generated.
#[derive(Clone, Debug, Default)]
struct Figures {
    client: Option<Cost>,
    both: Option<Cost>,
    check: Option<Measured>,
    /// CPU seconds of a check after a comment was added.
    recheck: Option<f64>,
    /// The memory of that check in MiB.
    memory: Option<f64>,
    /// Lines of the client for each operation.
    lines: Option<f64>,
    release: Option<Measured>,
}

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(status) = cost::in_front_of_rustc()? {
        std::process::exit(status);
    }
    let arguments = Arguments::parse();
    let workdir = Workdir::open()?;
    let mut all = BTreeMap::new();
    for path in &arguments.documents {
        let document = Document::read(path)?;
        eprintln!("== {}: {} operations", document.name, document.operations.len());
        let figures = measure(&workdir, &document, &arguments)?;
        print!("{}", table::document(&document, &figures));
        all.insert(document.name.clone(), (document.operations.len(), figures));
    }
    print!("{}", table::summary(&all));
    Ok(())
}

/// A document and its operations, written as `GET /path`.
struct Document {
    name: String,
    path: PathBuf,
    operations: Vec<String>,
}

impl Document {
    fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let path = path.canonicalize()?;
        let mut out = Diagnostics::new();
        let read = load(&path.to_string_lossy(), &FileReader, &Limits::default(), &mut out);
        let read = read.ok_or_else(|| format!("{} can't be read", path.display()))?;
        let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
        let paths = read.root.get("paths").and_then(Node::as_object);
        let operations = paths
            .into_iter()
            .flat_map(|paths| paths.iter())
            .flat_map(|entry| {
                methods.iter().filter(|method| entry.value.get(method).is_some()).map(move |m| (m, entry))
            })
            .map(|(method, entry)| format!("{} {}", method.to_uppercase(), entry.key))
            .collect();
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self { name, path, operations })
    }
}

fn measure(
    workdir: &Workdir,
    document: &Document,
    arguments: &Arguments,
) -> Result<BTreeMap<Generator, Figures>, Box<dyn Error>> {
    let mut runs: BTreeMap<(Generator, Target), Vec<Cost>> = BTreeMap::new();
    for _ in 0..arguments.rounds {
        for (generator, target) in Generator::ALL.into_iter().flat_map(|one| Target::ALL.map(|target| (one, target))) {
            if let Some(cost) = workdir.generate(generator, target, document)? {
                runs.entry((generator, target)).or_default().push(cost);
            }
        }
    }
    let mut figures: BTreeMap<Generator, Figures> = BTreeMap::new();
    for ((generator, target), costs) in runs {
        let median = cost::median(&costs);
        let figures = figures.entry(generator).or_default();
        match target {
            Target::Client => figures.client = median,
            Target::ClientAndServer => figures.both = median,
        }
    }
    for generator in Generator::ALL {
        let generated = figures.get_mut(&generator).filter(|figures| figures.client.is_some());
        let Some(figures) = generated else { continue };
        add_compilation(workdir, generator, document, arguments, figures)?;
    }
    Ok(figures)
}

/// Compiles the generated client, and counts its lines.
fn add_compilation(
    workdir: &Workdir,
    generator: Generator,
    document: &Document,
    arguments: &Arguments,
    figures: &mut Figures,
) -> Result<(), Box<dyn Error>> {
    let whole = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let lines = workdir.lines(generator, document)?;
    figures.lines = (!document.operations.is_empty()).then(|| whole(lines) / whole(document.operations.len()));
    let checked = compile(workdir, generator, document, Profile::Check, arguments.compilations)?;
    if let Some(Ok(compiled)) = &checked {
        figures.memory = compiled.memory;
        figures.recheck = Some(workdir.recheck(generator, document)?);
    }
    let seconds = |compiled: Result<Compiled, Failure>| compiled.map(|compiled| compiled.cost.cpu);
    figures.check = checked.map(seconds);
    if arguments.release {
        figures.release = compile(workdir, generator, document, Profile::Release, arguments.compilations)?.map(seconds);
    }
    Ok(())
}

/// Compiles only the generated client, several times; `None` if that was not requested.
fn compile(
    workdir: &Workdir,
    generator: Generator,
    document: &Document,
    profile: Profile,
    times: usize,
) -> Result<Option<Result<Compiled, Failure>>, Box<dyn Error>> {
    let mut all = Vec::new();
    for _ in 0..times {
        match workdir.compile(generator, document, profile)? {
            Ok(compiled) => all.push(compiled),
            Err(failure) => {
                let message: Vec<&str> = failure.message().lines().take(SHOWN_LINES).collect();
                eprintln!("{} on {}: {failure}\n{}", generator.name(), document.name, message.join("\n"));
                return Ok(Some(Err(failure)));
            }
        }
    }
    let costs: Vec<Cost> = all.iter().map(|compiled| compiled.cost).collect();
    let memory = all.iter().filter_map(|compiled| compiled.memory).max_by(f64::total_cmp);
    Ok(cost::median(&costs).map(|cost| Ok(Compiled { cost, memory })))
}
