//! What a process costs, those it starts included.

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// Seconds of a process.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// On the clock.
    pub wall: f64,
    /// Of the processors, in user and in system mode.
    pub cpu: f64,
}

impl std::ops::Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { wall: self.wall + other.wall, cpu: self.cpu + other.cpu }
    }
}

/// How a crate is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// `cargo check`.
    Check,
    /// `cargo build --release`.
    Release,
}

impl Profile {
    /// The arguments of cargo.
    pub fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Release => &["build", "--release"],
        }
    }
}

/// Runs a command to its end.
///
/// # Errors
///
/// If it can't be started.
pub fn run(command: &mut Command) -> std::io::Result<(Output, Cost)> {
    let (started, before) = (Instant::now(), children());
    let output = command.output()?;
    Ok((output, Cost { wall: started.elapsed().as_secs_f64(), cpu: children() - before }))
}

/// The cost in the middle, by time on the clock and by processors each for itself.
pub fn median(costs: &[Cost]) -> Option<Cost> {
    let middle = costs.len() / 2;
    let of = |part: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(part).collect();
        values.sort_by(f64::total_cmp);
        values.get(middle).copied()
    };
    Some(Cost { wall: of(|cost| cost.wall)?, cpu: of(|cost| cost.cpu)? })
}

/// CPU seconds that ended children of this process have spent; 0 where the system doesn't tell.
fn children() -> f64 {
    let spent = getrusage(UsageWho::RUSAGE_CHILDREN).map(|usage| usage.user_time() + usage.system_time());
    let micros = spent.map_or(0, |spent| spent.num_microseconds());
    Duration::from_micros(micros.unsigned_abs()).as_secs_f64()
}
