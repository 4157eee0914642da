//! The command that compiles generated crates.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

/// A cargo command that builds into `target`. Warnings are errors in the crate itself; cargo caps
/// the lints of dependencies.
pub fn cargo(target: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null());
    command
}
