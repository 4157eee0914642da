//! This generator beside its peers on the same documents, in one run:
//! `cargo run --release -p benches --bin peers -- DOCUMENT…`.
//!
//! Peers are installed below `target/peers`, which costs some minutes once. Sides take turns,
//! figures are medians, and what counts is the ratio: above 1 the peer takes longer.

mod cost;
mod table;
mod tools;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Parser;
use cost::{Cost, Profile};
use specwright_codegen::diagnostics::Diagnostics;
use specwright_codegen::document::{FileReader, Limits, Node};
use specwright_codegen::load::load;
use tools::{Face, Tool, Workshop};

/// Compares time of generation and cost of compilation with other generators.
#[derive(Debug, Parser)]
struct Arguments {
    /// Documents, in YAML or JSON.
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,
    /// How often each program generates from each document.
    #[arg(long, default_value_t = 5, value_name = "N")]
    rounds: usize,
    /// How often each generated client is compiled; 0 leaves it out.
    #[arg(long, default_value_t = 1, value_name = "N")]
    compilations: usize,
    /// Also compile with optimisations.
    #[arg(long)]
    release: bool,
}

/// What was measured of one program and one document; `None` where the program can't do it.
#[derive(Clone, Debug, Default)]
struct Figures {
    client: Option<Cost>,
    both: Option<Cost>,
    check: Option<f64>,
    release: Option<f64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let workshop = Workshop::open()?;
    let mut all = BTreeMap::new();
    for path in &arguments.documents {
        let document = Document::read(path)?;
        eprintln!("== {}: {} operations", document.name, document.operations.len());
        let figures = measure(&workshop, &document, &arguments)?;
        print!("{}", table::document(&document, &figures));
        all.insert(document.name.clone(), (document.operations.len(), figures));
    }
    print!("{}", table::summary(&all));
    Ok(())
}

/// A document and the operations it has, as `GET /path`.
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
    workshop: &Workshop,
    document: &Document,
    arguments: &Arguments,
) -> Result<BTreeMap<Tool, Figures>, Box<dyn Error>> {
    let mut runs: BTreeMap<(Tool, Face), Vec<Cost>> = BTreeMap::new();
    for _ in 0..arguments.rounds {
        for (tool, face) in Tool::ALL.into_iter().flat_map(|tool| [(tool, Face::Client), (tool, Face::Both)]) {
            if let Some(cost) = workshop.generate(tool, face, document)? {
                runs.entry((tool, face)).or_default().push(cost);
            }
        }
    }
    let mut figures: BTreeMap<Tool, Figures> = BTreeMap::new();
    for ((tool, face), costs) in runs {
        let median = cost::median(&costs);
        let figures = figures.entry(tool).or_default();
        match face {
            Face::Client => figures.client = median,
            Face::Both => figures.both = median,
        }
    }
    for tool in Tool::ALL {
        let Some(figures) = figures.get_mut(&tool).filter(|figures| figures.client.is_some()) else { continue };
        figures.check = compiled(workshop, tool, document, Profile::Check, arguments.compilations)?;
        if arguments.release {
            figures.release = compiled(workshop, tool, document, Profile::Release, arguments.compilations)?;
        }
    }
    Ok(figures)
}

/// CPU seconds of compiling the generated client alone; `None` if it does not compile.
fn compiled(
    workshop: &Workshop,
    tool: Tool,
    document: &Document,
    profile: Profile,
    times: usize,
) -> Result<Option<f64>, Box<dyn Error>> {
    let mut seconds = Vec::new();
    for _ in 0..times {
        let Some(cost) = workshop.compile(tool, document, profile)? else { return Ok(None) };
        seconds.push(cost);
    }
    Ok(cost::median(&seconds).map(|cost| cost.cpu))
}
