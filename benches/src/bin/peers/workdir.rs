//! The folder `target/peers`: installed generators, their output, and the compiled crates.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use crate::Document;
use crate::compile::{self, Compiled, Compiler, Failure, Profile};
use crate::cost::{self, Cost};
use crate::generators::{Generator, Target};

/// The folder `target/peers`.
pub struct Workdir {
    root: PathBuf,
    compiler: Compiler,
}

impl Workdir {
    /// Builds our generator and installs the peers that are missing.
    ///
    /// # Errors
    ///
    /// If the folder can't be made, or a generator can't be built.
    pub fn open() -> Result<Self, Box<dyn Error>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/peers");
        fs::create_dir_all(&root)?;
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let compiler = Compiler { cargo, recorder: std::env::current_exe().ok() };
        let workdir = Self { root: root.canonicalize()?, compiler };
        for generator in Generator::ALL {
            let name = generator.name();
            let mut command = Command::new(&workdir.compiler.cargo);
            if generator == Generator::Ours {
                command.args(["build", "--release", "--package", "xtask"]).current_dir(env!("CARGO_MANIFEST_DIR"));
            } else if workdir.program(generator).is_file() {
                continue;
            } else {
                let package = format!("{name}@{}", generator.version());
                command.args(["install", "--locked", &package, "--root"]).arg(&workdir.root);
            }
            if !command.status()?.success() {
                return Err(format!("{name} could not be built").into());
            }
        }
        Ok(workdir)
    }

    fn program(&self, generator: Generator) -> PathBuf {
        let folder = if generator == Generator::Ours { "../release" } else { "bin" };
        self.root.join(folder).join(generator.name())
    }

    /// The folder of a generated crate. All crates are called `subject`, so that no generator pays
    /// for a longer name.
    fn folder(&self, generator: Generator, target: Target, document: &Document) -> PathBuf {
        let of_document = self.root.join("out").join(&document.name);
        of_document.join(generator.name()).join(target.folder()).join("subject")
    }

    /// Generates into an empty folder; `None` if the generator fails or has no such target.
    ///
    /// # Errors
    ///
    /// If a file can't be written, or the generator can't be started.
    pub fn generate(&self, generator: Generator, target: Target, document: &Document) -> io::Result<Option<Cost>> {
        let folder = self.folder(generator, target, document);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let mut total: Option<Cost> = None;
        for mut command in generator.commands(&self.program(generator), target, document, &folder)? {
            let (output, cost) = cost::run(command.current_dir(&folder))?;
            if !output.status.success() {
                return Ok(None);
            }
            total = Some(total.map_or(cost, |total| total + cost));
        }
        Ok(total)
    }

    /// The cost of compiling only the generated client, after its dependencies have been compiled.
    ///
    /// # Errors
    ///
    /// If a file can't be read or written, or cargo can't be started.
    pub fn compile(
        &self,
        generator: Generator,
        document: &Document,
        profile: Profile,
    ) -> io::Result<Result<Compiled, Failure>> {
        let folder = self.folder(generator, Target::Client, document);
        generator.complete(&folder)?;
        self.compiler.compile(&folder, &self.target(generator), profile)
    }

    /// The CPU seconds of checking the generated client again after a comment was added. The client
    /// has already been compiled.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    pub fn recheck(&self, generator: Generator, document: &Document) -> io::Result<f64> {
        self.compiler.recheck(&self.folder(generator, Target::Client, document), &self.target(generator))
    }

    /// The lines of the generated client.
    ///
    /// # Errors
    ///
    /// If a file can't be read.
    pub fn lines(&self, generator: Generator, document: &Document) -> io::Result<usize> {
        compile::lines(&self.folder(generator, Target::Client, document).join("src"))
    }

    fn target(&self, generator: Generator) -> PathBuf {
        self.root.join("compiled").join(generator.name())
    }
}
