//! Turns options and `drift.toml` into what a comparison keeps to.

use std::fs;
use std::time::SystemTime;

use codegen::drift::{Config, Date, Level};

use super::Options;
use super::side::Problem;
use crate::workspace::Workspace;

/// What holds for all pairs of one run.
#[derive(Debug)]
pub struct Settings {
    /// Levels and ignores.
    pub config: Config,
    /// The lowest level that fails.
    pub fail_on: Level,
    /// The day in UTC.
    pub today: Option<Date>,
}

impl Settings {
    /// Reads them.
    pub fn new(options: &Options, workspace: Option<&Workspace>) -> Result<Self, Problem> {
        let config = config(options, workspace)?;
        let wanted = options.fail_on.as_deref().or(config.fail_on.as_deref()).unwrap_or("error");
        let fail_on = Level::parse(wanted)
            .ok_or_else(|| Problem::Usage(format!("`--fail-on` is `info`, `warning` or `error`, not `{wanted}`")))?;
        Ok(Self { config, fail_on, today: today() })
    }
}

/// The choices of the workspace, or of the file that was named.
pub fn config(options: &Options, workspace: Option<&Workspace>) -> Result<Config, Problem> {
    let named = options.config.as_ref().map(std::path::PathBuf::from);
    let usual = workspace.map(|workspace| workspace.root().join("drift.toml")).filter(|path| path.is_file());
    let Some(path) = named.or(usual) else { return Ok(Config::default()) };
    let shown = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let text = fs::read_to_string(&path).map_err(|error| Problem::Usage(format!("{shown}: {error}")))?;
    Config::parse(&shown, &text).map_err(Problem::Usage)
}

/// The day in UTC.
pub fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    Date::new(1970, 1, 1).ok()?.checked_add(std::time::Duration::from_secs(seconds)).ok()
}
