//! Turns options and `drift.toml` into what a comparison keeps to.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use specwright_codegen::drift::{self, Config, Date, Level};

use super::Options;
use super::side::Problem;
use crate::workspace::Workspace;

/// What holds for all pairs of one run.
#[derive(Debug)]
pub struct Settings {
    /// Levels and ignores.
    pub config: Config,
    /// What ends the command with a status of its own.
    pub fail_on: FailOn,
    /// The day in UTC.
    pub today: Option<Date>,
}

/// What ends the command with a status of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// A finding at or above a level.
    Level(Level),
    /// A version that moved by less than the drift asks for.
    Bump,
}

impl Settings {
    /// Reads them.
    pub fn new(options: &Options, workspace: Option<&Workspace>) -> Result<Self, Problem> {
        let config = config(options.config.as_ref().map(PathBuf::from), workspace)?;
        let wanted = options.fail_on.as_deref().or(config.fail_on.as_deref()).unwrap_or("error");
        let fail_on = match (wanted, &options.since) {
            ("bump", Some(_)) => FailOn::Bump,
            ("bump", None) => return Err(Problem::Usage("`--fail-on bump` needs `--since`".to_owned())),
            _ => FailOn::Level(Level::parse(wanted).ok_or_else(|| {
                Problem::Usage(format!("`--fail-on` is `info`, `warning`, `error` or `bump`, not `{wanted}`"))
            })?),
        };
        Ok(Self { config, fail_on, today: today() })
    }

    /// Those of a workspace, without options.
    pub fn of(workspace: &Workspace) -> Result<Self, Problem> {
        Ok(Self { config: config(None, Some(workspace))?, fail_on: FailOn::Bump, today: today() })
    }

    /// What the comparison has to know.
    pub fn options(&self) -> drift::Options {
        self.config.options(self.today)
    }

    /// The lowest level that counts as a failure in reports.
    pub fn level(&self) -> Level {
        match self.fail_on {
            FailOn::Level(level) => level,
            FailOn::Bump => Level::Error,
        }
    }
}

/// The choices of the workspace, or of the file that was named.
fn config(named: Option<PathBuf>, workspace: Option<&Workspace>) -> Result<Config, Problem> {
    let usual = workspace.map(|workspace| workspace.root().join("drift.toml")).filter(|path| path.is_file());
    let Some(path) = named.or(usual) else { return Ok(Config::default()) };
    let shown = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let text = fs::read_to_string(&path).map_err(|error| Problem::Usage(format!("{shown}: {error}")))?;
    Config::parse(&shown, &text).map_err(Problem::Usage)
}

/// The day in UTC.
fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    Date::new(1970, 1, 1).ok()?.checked_add(std::time::Duration::from_secs(seconds)).ok()
}
