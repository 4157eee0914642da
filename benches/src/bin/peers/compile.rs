//! Compiles a generated crate and measures only that crate, or explains why it can't be compiled.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{fmt, fs, io};

use crate::cost::{self, Cost};
use crate::manifest;

/// How a crate is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// `cargo check`.
    Check,
    /// `cargo build --release`.
    Release,
}

impl Profile {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Release => &["build", "--release"],
        }
    }
}

/// Why a crate was not compiled. Each variant has cargo's message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Cargo refuses the manifest, or there is none. Nothing is known about the code.
    Manifest(String),
    /// The dependencies can't be fetched or compiled. Nothing is known about the code.
    Dependencies(String),
    /// The generated code has compile errors.
    Code(String),
}

impl Failure {
    /// Cargo's message.
    pub fn message(&self) -> &str {
        let (Self::Manifest(message) | Self::Dependencies(message) | Self::Code(message)) = self;
        message
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Manifest(_) => "manifest refused",
            Self::Dependencies(_) => "dependencies fail",
            Self::Code(_) => "does not compile",
        })
    }
}

/// The cost of compiling a crate.
#[derive(Clone, Copy, Debug)]
pub struct Compiled {
    /// The whole crate.
    pub cost: Cost,
    /// The maximum memory of rustc in MiB, if it was recorded.
    pub memory: Option<f64>,
}

/// How crates are compiled.
#[derive(Clone, Debug)]
pub struct Compiler {
    /// The program `cargo`.
    pub cargo: OsString,
    /// This program, if it records the memory that rustc uses.
    pub recorder: Option<PathBuf>,
}

impl Compiler {
    /// Compiles the crate in a folder after its dependencies have been compiled, and returns the
    /// cost of the crate alone.
    ///
    /// # Errors
    ///
    /// If a file can't be read or written, or cargo can't be started.
    pub fn compile(&self, folder: &Path, target: &Path, profile: Profile) -> io::Result<Result<Compiled, Failure>> {
        let root = folder.join("src/lib.rs");
        if !folder.join("Cargo.toml").is_file() || !root.is_file() {
            return Ok(Err(Failure::Manifest("the output is not a library crate".to_owned())));
        }
        manifest::isolate(folder)?;
        if let Some(message) = manifest::objection(&self.cargo, folder)? {
            return Ok(Err(Failure::Manifest(message)));
        }
        let record = target.with_extension("record");
        let text = fs::read(&root)?;
        // An empty crate compiles the dependencies and nothing else.
        fs::write(&root, "")?;
        let dependencies = cost::run(&mut self.build(folder, target, profile, &record));
        fs::write(&root, text)?;
        let (output, _) = dependencies?;
        if !output.status.success() {
            return Ok(Err(Failure::Dependencies(stderr(&output))));
        }
        let _ = fs::remove_file(&record);
        let (output, cost) = cost::run(&mut self.build(folder, target, profile, &record))?;
        let memory = cost::recorded(&record);
        Ok(if output.status.success() { Ok(Compiled { cost, memory }) } else { Err(Failure::Code(stderr(&output))) })
    }

    /// The CPU seconds of checking a crate again after a comment was added to its root. The
    /// compiler reuses the results of the previous check. The crate is known to compile.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    pub fn recheck(&self, folder: &Path, target: &Path) -> io::Result<f64> {
        let root = folder.join("src/lib.rs");
        let text = fs::read_to_string(&root)?;
        let record = target.with_extension("record");
        let check = || {
            let mut command = self.build(folder, target, Profile::Check, &record);
            cost::run(command.env("CARGO_INCREMENTAL", "1"))
        };
        check()?;
        fs::write(&root, format!("{text}\n// One more line.\n"))?;
        let again = check();
        fs::write(&root, text)?;
        Ok(again?.1.cpu)
    }

    fn build(&self, folder: &Path, target: &Path, profile: Profile, record: &Path) -> Command {
        let mut command = Command::new(&self.cargo);
        command
            .args(profile.arguments())
            .arg("--quiet")
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_INCREMENTAL", "0");
        if let Some(recorder) = &self.recorder {
            cost::record(&mut command, recorder, record);
        }
        command
    }
}

/// The lines of all Rust files in a folder.
///
/// # Errors
///
/// If a file can't be read.
pub fn lines(folder: &Path) -> io::Result<usize> {
    let mut lines = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            lines += self::lines(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            lines += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(lines)
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A crate below this workspace, whose manifest has no `[workspace]`, as peers write it.
    fn crate_with(manifest: &str, code: &str) -> TempDir {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
        fs::create_dir_all(&target).expect("a target folder");
        let folder = TempDir::new_in(target.canonicalize().expect("a path")).expect("a folder");
        let package = "[package]\nname = \"subject\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        fs::write(folder.path().join("Cargo.toml"), format!("{package}{manifest}")).expect("a manifest");
        fs::create_dir(folder.path().join("src")).expect("a folder");
        fs::write(folder.path().join("src/lib.rs"), code).expect("a crate root");
        folder
    }

    fn cargo() -> std::ffi::OsString {
        std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
    }

    fn compiler() -> Compiler {
        Compiler { cargo: cargo(), recorder: None }
    }

    fn checked(folder: &TempDir) -> Result<Compiled, Failure> {
        let target = folder.path().join("target");
        compiler().compile(folder.path(), &target, Profile::Check).expect("cargo runs")
    }

    #[test]
    fn a_crate_below_this_workspace_is_refused_until_it_is_isolated() {
        let folder = crate_with("", "");
        let objection = manifest::objection(&cargo(), folder.path()).expect("cargo runs");
        assert!(objection.is_some_and(|text| text.contains("workspace")));
        manifest::isolate(folder.path()).expect("a manifest");
        assert_eq!(manifest::objection(&cargo(), folder.path()).expect("cargo runs"), None);
        let isolated = fs::read(folder.path().join("Cargo.toml")).expect("a manifest");
        manifest::isolate(folder.path()).expect("a manifest");
        assert_eq!(fs::read(folder.path().join("Cargo.toml")).expect("a manifest"), isolated);
    }

    #[test]
    fn a_crate_without_a_workspace_compiles() {
        let folder = crate_with("", "pub fn one() -> u8 {\n    1\n}\n");
        assert!(checked(&folder).is_ok_and(|compiled| compiled.cost.wall > 0.0));
        assert!(compiler().recheck(folder.path(), &folder.path().join("target")).is_ok_and(|seconds| seconds > 0.0));
        assert_eq!(lines(&folder.path().join("src")).expect("a folder"), 3);
        let code = fs::read_to_string(folder.path().join("src/lib.rs")).expect("a crate root");
        assert!(code.contains("pub fn one"), "the code is as it was");
    }

    #[test]
    fn a_refused_manifest_is_no_compile_error() {
        let refused = checked(&crate_with("license = 1\n", ""));
        assert!(matches!(&refused, Err(Failure::Manifest(text)) if text.contains("license")), "{refused:?}");
        let empty = tempfile::tempdir().expect("a folder");
        assert!(matches!(checked(&empty), Err(Failure::Manifest(_))));
        let wrong = checked(&crate_with("", "pub fn one() -> u8 {\n    \"one\"\n}\n"));
        assert!(matches!(&wrong, Err(Failure::Code(text)) if text.contains("E0308")), "{wrong:?}");
        let broken = crate_with("\n[dependencies]\nbroken = { path = \"broken\" }\n", "");
        let dependency = broken.path().join("broken");
        fs::create_dir_all(dependency.join("src")).expect("a folder");
        fs::write(dependency.join("Cargo.toml"), "[package]\nname = \"broken\"\n").expect("a manifest");
        fs::write(dependency.join("src/lib.rs"), "fn one(").expect("a crate root");
        let broken = checked(&broken);
        assert!(matches!(broken, Err(Failure::Dependencies(_))), "{broken:?}");
    }
}
