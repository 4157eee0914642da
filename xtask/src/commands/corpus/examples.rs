//! Builds and runs the example program of a generated crate, which decodes each example of the
//! document into its type and encodes it again.

use std::io;
use std::path::Path;
use std::process::Command;

use super::cargo::cargo;
use super::result::Examples;

/// Builds and runs the program; `None` if it does not compile.
///
/// # Errors
///
/// If cargo can't be started.
pub fn run(folder: &Path, target: &Path) -> io::Result<Option<Examples>> {
    let built = cargo(target)
        .args(["build", "--quiet", "--no-default-features", "--example", "round_trip", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .status()?;
    if !built.success() {
        return Ok(None);
    }
    let output = Command::new(target.join("debug/examples/round_trip")).output()?;
    Ok(serde_json::from_slice(&output.stdout).ok())
}
