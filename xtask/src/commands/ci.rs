//! `cargo xtask ci`: runs every check of the project, fastest first.

use std::env;
use std::process::Command;
use std::time::Instant;

use specwright::exit::Exit;
use specwright::report::Report;

use super::CommandResult;
use crate::provider::Provider;
use crate::workspace::Workspace;

/// Run every check that CI runs.
///
/// The checks are formatting, staleness, drift, pages, dependencies, lints, tests, third-party
/// clients, the packages as external users see them, documentation, feature combinations and
/// fuzzing. Third-party clients that are not installed are reported and skipped, unless `CI=true`. So
/// is the check of dependencies, which CI runs in a separate job.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Run only the checks whose name contains this.
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

/// One check.
struct Step {
    name: String,
    program: &'static str,
    arguments: Vec<String>,
    variables: Vec<(&'static str, &'static str)>,
    /// The cargo plugin that the check runs, which may not be installed.
    plugin: Option<&'static str>,
}

impl Step {
    /// A check that runs cargo.
    fn new(name: impl Into<String>, command: &str) -> Self {
        Self::running("cargo", name, command)
    }

    fn running(program: &'static str, name: impl Into<String>, command: &str) -> Self {
        Self {
            name: name.into(),
            program,
            arguments: command.split_whitespace().map(ToOwned::to_owned).collect(),
            variables: Vec::new(),
            plugin: None,
        }
    }

    /// The command as a shell would read it.
    fn command_line(&self) -> String {
        format!("{} {}", self.program, self.arguments.join(" "))
    }

    fn command(&self) -> Command {
        // The cargo that started this program. It may not be the first one in PATH.
        let cargo = || env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(if self.program == "cargo" { cargo() } else { self.program.into() });
        command.args(&self.arguments).envs(self.variables.iter().copied());
        command
    }

    /// A check that is skipped and reported if a plugin of cargo is not installed.
    fn with(mut self, plugin: &'static str) -> Self {
        self.plugin = Some(plugin);
        self
    }

    fn lacks(&self) -> Option<&'static str> {
        let is_missing = |plugin: &&str| {
            let version = Command::new("cargo").args([*plugin, "--version"]).output();
            !version.is_ok_and(|output| output.status.success())
        };
        self.plugin.filter(is_missing)
    }

    fn env(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }
}

/// Runs the steps in order and stops at the first failure.
pub fn run(options: &Options, report: &mut Report) -> CommandResult {
    let workspace = Workspace::find()?;
    for step in steps(&workspace)? {
        if options.only.as_ref().is_some_and(|wanted| !step.name.contains(wanted.as_str())) {
            continue;
        }
        if let Some(plugin) = step.lacks() {
            report
                .note(format_args!("== {}: skipped; `cargo install cargo-{plugin}` installs what it needs", step.name));
            continue;
        }
        report.note(format_args!("== {}: {}", step.name, step.command_line()));
        let started = Instant::now();
        let status = step.command().current_dir(workspace.root()).status()?;
        if !status.success() {
            report.error_message(&format_args!("{} failed; repeat it with `{}`", step.name, step.command_line()));
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
        // Advisories are fetched from their database.
        Step::new("dependencies", "deny --all-features check").with("deny"),
        Step::new("lints", "clippy --workspace --all-targets --all-features -- -D warnings"),
        Step::new("tests", "test --workspace --all-features"),
        Step::running("bash", "clients", "tests/clients/run"),
        Step::running("bash", "outside", "tests/outside/run readme action"),
        Step::new("documentation", "doc --workspace --all-features --no-deps").env("RUSTDOCFLAGS", "-D warnings"),
    ];
    let mut modules = Vec::new();
    for name in workspace.providers()? {
        modules.push(Provider::read(&workspace.reader(), &name)?.module().to_owned());
    }
    for features in combinations(&modules) {
        // Clippy applies the lint level only to our own crates. RUSTFLAGS would rebuild
        // dependencies.
        steps.push(Step::new(
            format!("features [{features}]"),
            &format!("clippy --package generated-client --no-default-features --features={features} -- -D warnings"),
        ));
    }
    // The seed is fixed, so that the same code sees the same inputs. The nightly workflow varies
    // it.
    steps.push(Step::new("fuzz", "xtask fuzz --seconds 30 --runs 10000 --seed 1"));
    Ok(steps)
}

/// No provider, each provider alone, and all of them, each with client, server, both and neither.
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
