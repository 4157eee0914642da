//! Measures the cost of a process, including the processes that it starts.
//!
//! The system reports only the largest memory of all ended children. Therefore cargo runs this
//! program as a wrapper of each rustc, and each of these processes has one child.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// The variable with the file to which the memory of each rustc is added. It is set where this
/// program wraps rustc.
const RECORD: &str = "PEERS_RECORD";

/// The time that a process takes, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Wall-clock time.
    pub wall: f64,
    /// CPU time, in user and in system mode.
    pub cpu: f64,
}

impl std::ops::Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { wall: self.wall + other.wall, cpu: self.cpu + other.cpu }
    }
}

/// Runs a command to its end.
///
/// # Errors
///
/// If it can't be started.
pub fn run(command: &mut Command) -> io::Result<(Output, Cost)> {
    let (started, before) = (Instant::now(), children_cpu());
    let output = command.output()?;
    Ok((output, Cost { wall: started.elapsed().as_secs_f64(), cpu: children_cpu() - before }))
}

/// The median of wall-clock time and the median of CPU time, each taken separately.
pub fn median(costs: &[Cost]) -> Option<Cost> {
    let middle = costs.len() / 2;
    let of = |field: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(field).collect();
        values.sort_by(f64::total_cmp);
        values.get(middle).copied()
    };
    Some(Cost { wall: of(|cost| cost.wall)?, cpu: of(|cost| cost.cpu)? })
}

/// CPU seconds of all child processes that have ended; 0 where the system does not report them.
fn children_cpu() -> f64 {
    let spent = getrusage(UsageWho::RUSAGE_CHILDREN).map(|usage| usage.user_time() + usage.system_time());
    let micros = spent.map_or(0, |spent| spent.num_microseconds());
    Duration::from_micros(micros.unsigned_abs()).as_secs_f64()
}

/// Makes cargo run this program as a wrapper of each rustc, and add the memory of each to a file.
pub fn record<'c>(cargo: &'c mut Command, program: &Path, file: &Path) -> &'c mut Command {
    cargo.env("RUSTC_WRAPPER", program).env(RECORD, file)
}

/// The largest memory in a file in MiB; `None` if the file has none.
pub fn recorded(file: &Path) -> Option<f64> {
    let text = std::fs::read_to_string(file).ok()?;
    text.lines().filter_map(|line| line.parse().ok()).max_by(f64::total_cmp)
}

/// If cargo started this program as a wrapper, runs rustc and returns its status.
///
/// # Errors
///
/// If rustc can't be started, or the file can't be written.
pub fn in_front_of_rustc() -> io::Result<Option<i32>> {
    let Some(file) = std::env::var_os(RECORD) else { return Ok(None) };
    let mut arguments = std::env::args_os().skip(1);
    let rustc: OsString = arguments.next().unwrap_or_else(|| "rustc".into());
    let status = Command::new(rustc).args(arguments).status()?;
    let kibibytes = getrusage(UsageWho::RUSAGE_CHILDREN).map_or(0, |usage| usage.max_rss());
    let mebibytes = kibibytes / 1024;
    writeln!(OpenOptions::new().append(true).create(true).open(file)?, "{mebibytes}")?;
    Ok(Some(status.code().unwrap_or(1)))
}
