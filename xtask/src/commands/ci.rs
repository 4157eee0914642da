//! `cargo xtask ci`: every check of the project, in the order in which they fail fastest.

use std::env;
use std::process::Command;
use std::time::Instant;

use super::Outcome;
use crate::exit::Exit;
use crate::provider::Provider;
use crate::report::Report;
use crate::workspace::Workspace;

/// Run everything that CI runs: format, lints, tests, clients that others wrote, staleness,
/// documentation, feature combinations. Clients that are not installed are named and left out,
/// unless `CI=true`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Run only the steps whose name contains this.
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

/// One check: a name and the command that decides it.
struct Step {
    name: String,
    program: &'static str,
    arguments: Vec<String>,
    variables: Vec<(&'static str, &'static str)>,
}

impl Step {
    /// A check by a cargo command.
    fn new(name: impl Into<String>, command: &str) -> Self {
        Self::by("cargo", name, command)
    }

    fn by(program: &'static str, name: impl Into<String>, command: &str) -> Self {
        Self {
            name: name.into(),
            program,
            arguments: command.split_whitespace().map(ToOwned::to_owned).collect(),
            variables: Vec::new(),
        }
    }

    /// The command as a person types it.
    fn shown(&self) -> String {
        format!("{} {}", self.program, self.arguments.join(" "))
    }

    fn command(&self) -> Command {
        // The cargo that runs this, not the first on the path.
        let cargo = || env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(if self.program == "cargo" { cargo() } else { self.program.into() });
        command.args(&self.arguments).envs(self.variables.iter().copied());
        command
    }

    fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }
}

/// Runs the steps; the first that fails ends the run.
pub fn run(options: &Options, report: &mut Report) -> Outcome {
    let workspace = Workspace::find()?;
    for step in steps(&workspace)? {
        if options.only.as_ref().is_some_and(|wanted| !step.name.contains(wanted.as_str())) {
            continue;
        }
        report.note(format_args!("== {}: {}", step.name, step.shown()));
        let started = Instant::now();
        let status = step.command().current_dir(workspace.root()).status()?;
        if !status.success() {
            report.failure(&format_args!("{} failed; repeat it with `{}`", step.name, step.shown()));
            return Ok(Exit::Document);
        }
        report.note(format_args!("== {}: passed in {:.0} s", step.name, started.elapsed().as_secs_f64()));
    }
    Ok(Exit::Done)
}

fn steps(workspace: &Workspace) -> Result<Vec<Step>, Box<dyn std::error::Error>> {
    let mut steps = vec![
        Step::new("format", "fmt --all --check"),
        Step::new("staleness", "xtask regen --check"),
        Step::new("drift", "xtask drift --since --fail-on bump"),
        Step::new("pages", "xtask docs --check"),
        Step::new("lints", "clippy --workspace --all-targets --all-features -- -D warnings"),
        Step::new("tests", "test --workspace --all-features"),
        Step::by("bash", "clients", "tests/clients/run"),
        Step::new("documentation", "doc --workspace --all-features --no-deps").with("RUSTDOCFLAGS", "-D warnings"),
    ];
    let mut modules = Vec::new();
    for name in workspace.providers()? {
        modules.push(Provider::read(workspace, &name)?.module().to_owned());
    }
    for features in combinations(&modules) {
        // Clippy takes the lint level for our own crates alone, so that dependencies stay as they
        // are built.
        steps.push(Step::new(
            format!("features [{features}]"),
            &format!("clippy --package generated-client --no-default-features --features={features} -- -D warnings"),
        ));
    }
    // The same inputs for the same code: what changes from run to run is for the scheduled
    // workflow.
    steps.push(Step::new("fuzz", "xtask fuzz --seconds 30 --runs 10000 --seed 1"));
    Ok(steps)
}

/// Each provider alone as client, as server and as both; all of them; none.
fn combinations(modules: &[String]) -> Vec<String> {
    let mut sets = vec![String::new(), "client".to_owned(), "server".to_owned()];
    for module in modules {
        let feature = module.replace('_', "-");
        for side in ["client", "server", "client,server"] {
            sets.push(format!("{feature},{side}"));
        }
        sets.push(feature);
    }
    sets.push("full,client,server".to_owned());
    sets
}
