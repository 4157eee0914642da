//! A temporary folder, and runs of programs in it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Two operations on pets.
pub const PETSTORE: &str = "openapi: 3.1.0
info: { title: Petstore, version: 1.0.0 }
servers: [{ url: https://petstore.example.com/v1, description: production }]
paths:
  /pets:
    post:
      operationId: addPet
      tags: [pets]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
      responses:
        '201':
          description: The new pet
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
  /pets/{petId}:
    parameters: [{ name: petId, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: getPet
      tags: [pets]
      responses:
        '200':
          description: The pet
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
        '404': { description: There is no such pet }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        id: { type: integer }
        name: { type: string, maxLength: 40 }
";

/// A temporary folder.
pub struct Folder {
    folder: TempDir,
}

/// The result of a run of a program.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Folder {
    /// A folder with `petstore.yaml`.
    pub fn new() -> Self {
        let folder = Self { folder: TempDir::new().expect("a temporary folder") };
        folder.write("petstore.yaml", PETSTORE);
        folder
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a written file");
    }

    /// Replaces the first occurrence of a text, which must exist.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} lacks {from}: {text}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Runs `specwright` with these arguments.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in("", arguments)
    }

    /// Runs `specwright` in a subfolder.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
        finish(command.args(arguments).current_dir(self.path(folder)))
    }

    /// Runs cargo offline, with the lock file and the compiled dependencies of this workspace, so
    /// that nothing is downloaded or rebuilt.
    pub fn cargo(&self, folder: &str, arguments: &[&str]) -> Ran {
        let lock = self.path(folder).join("Cargo.lock");
        if !lock.exists() {
            fs::copy(workspace().join("Cargo.lock"), lock).expect("a lock file");
        }
        let target = Path::new(env!("CARGO_BIN_EXE_specwright")).ancestors().nth(2).expect("a target folder");
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args(arguments)
            .args(["--offline", "--config", "profile.dev.package.'*'.debug=false"])
            .args(["--config", "profile.dev.debug='line-tables-only'"])
            .current_dir(self.path(folder))
            .env("CARGO_TARGET_DIR", target);
        let ran = finish(&mut command);
        // Setting `RUSTFLAGS` would rebuild the dependencies.
        assert!(!ran.stderr.contains("warning: "), "{}", ran.stderr);
        ran
    }

    /// Every file, with its content.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        list(self.folder.path(), &mut files);
        files
    }
}

/// The option for the runtime of this workspace.
pub fn runtime() -> String {
    format!("path:{}", workspace().join("runtime").display())
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("a workspace")
}

fn finish(command: &mut Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().expect("the program runs");
    Ran {
        status: status.code().expect("no signal"),
        stdout: String::from_utf8(stdout).expect("UTF-8"),
        stderr: String::from_utf8(stderr).expect("UTF-8"),
    }
}

fn list(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            list(&path, files);
        } else if path.file_name() != Some(OsStr::new("Cargo.lock")) {
            let content = fs::read(&path).expect("a file");
            files.insert(path, content);
        }
    }
}
