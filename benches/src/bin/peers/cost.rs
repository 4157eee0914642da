//! Measures what a process costs, including the processes that it starts.

use std::io;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

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
