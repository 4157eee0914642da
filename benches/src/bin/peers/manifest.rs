//! Makes cargo accept the manifest of a generated crate.
//!
//! Generated crates are below this workspace, and cargo refuses a package below a workspace that
//! does not list it as a member. A refused manifest says nothing about the generated code, so the
//! manifest is checked before anything is compiled.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

/// Makes the crate in a folder the root of its own workspace, unless it already is one.
///
/// # Errors
///
/// If the manifest can't be read or written.
pub fn isolate(folder: &Path) -> io::Result<()> {
    let path = folder.join("Cargo.toml");
    let text = fs::read_to_string(&path)?;
    match text.parse::<toml::Table>() {
        Ok(manifest) if !manifest.contains_key("workspace") => {
            fs::write(path, format!("{}\n\n[workspace]\n", text.trim_end()))
        }
        // It is already a workspace, or it is not TOML. Cargo has a better message for the latter.
        _ => Ok(()),
    }
}

/// Asks cargo whether it accepts the manifest in a folder. `Some` is its objection.
///
/// # Errors
///
/// If cargo can't be started.
pub fn objection(cargo: &OsStr, folder: &Path) -> io::Result<Option<String>> {
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .env("CARGO_TERM_COLOR", "never")
        .current_dir(folder)
        .output()?;
    Ok((!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned()))
}
