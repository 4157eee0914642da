//! Combines the options and `drift.toml` into the settings of a comparison.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use specwright_codegen::drift::{self, Config, Date, Level};

use super::Options;
use super::side::DriftError;
use crate::project::Project;

/// The settings of one run.
#[derive(Debug)]
pub struct Settings {
    /// Levels and ignores.
    pub config: Config,
    /// When the command exits with status 5.
    pub fail_on: FailOn,
    /// The current date in UTC.
    pub today: Option<Date>,
}

/// When the command exits with status 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// If there is a finding at or above a level.
    Level(Level),
    /// If a version bump is smaller than the drift requires.
    Bump,
}

impl Settings {
    /// The settings from options and `drift.toml`.
    pub fn new(options: &Options, project: Option<&dyn Project>) -> Result<Self, DriftError> {
        let config = config(options.config.as_ref().map(PathBuf::from), project)?;
        let wanted = options.fail_on.as_deref().or(config.fail_on.as_deref()).unwrap_or("error");
        let fail_on = match (wanted, &options.since) {
            ("bump", Some(_)) => FailOn::Bump,
            ("bump", None) => return Err(DriftError::Usage("`--fail-on bump` needs `--since`".to_owned())),
            _ => FailOn::Level(Level::parse(wanted).ok_or_else(|| {
                DriftError::Usage(format!("`--fail-on` is `info`, `warning`, `error` or `bump`, not `{wanted}`"))
            })?),
        };
        Ok(Self { config, fail_on, today: today() })
    }

    /// The settings of a project, without options.
    pub fn of(project: &dyn Project) -> Result<Self, DriftError> {
        Ok(Self { config: config(None, Some(project))?, fail_on: FailOn::Bump, today: today() })
    }

    /// The options of the comparison.
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

/// The given configuration file, or `drift.toml` of the project.
fn config(named: Option<PathBuf>, project: Option<&dyn Project>) -> Result<Config, DriftError> {
    let default = project.map(|project| project.root().join("drift.toml")).filter(|path| path.is_file());
    let Some(path) = named.or(default) else { return Ok(Config::default()) };
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let text = fs::read_to_string(&path).map_err(|error| DriftError::Usage(format!("{name}: {error}")))?;
    Config::parse(&name, &text).map_err(DriftError::Usage)
}

/// The current date in UTC.
fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    Date::new(1970, 1, 1).ok()?.checked_add(std::time::Duration::from_secs(seconds)).ok()
}
