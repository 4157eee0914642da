//! A copy of the files that the commands read and write, and runs of the program in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The folder of the generated modules.
pub const GENERATED: &str = "generated-client/src/generated";

/// The fixtures of the tests, and their generated modules.
const FIXTURES: [&str; 2] = ["tests/fixtures/emit", "tests/src/generated"];

/// The workspace to which this test belongs.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A temporary workspace.
pub struct Copy {
    folder: TempDir,
}

/// The result of a run of the program.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Copy {
    /// A copy with the bundled providers, the fixtures, and the output generated from them.
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let copy = Self { folder };
        let parts = ["Cargo.toml", "generated-client/Cargo.toml", "generated-client/api", "specs", GENERATED];
        for part in parts.into_iter().chain(FIXTURES) {
            copy_all(&workspace().join(part), &copy.path(part));
        }
        copy
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a file of text")
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a written file");
    }

    /// Replaces the first occurrence of a text, which must exist.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} lacks {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Runs `cargo xtask` with these arguments.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.start("", arguments, &[])
    }

    /// Runs `cargo xtask` in a folder of the workspace.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        self.start(folder, arguments, &[])
    }

    /// Runs `cargo xtask` with environment variables.
    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        self.start("", arguments, variables)
    }

    /// Runs git in the workspace.
    pub fn git(&self, arguments: &[&str]) {
        let somebody = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
        let mut command = Command::new("git");
        let ran = command.args(somebody).args(arguments).current_dir(self.folder.path()).output().expect("git runs");
        assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    }

    /// Commits everything.
    pub fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    fn start(&self, folder: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(arguments).current_dir(self.path(folder)).env_remove("CARGO_TARGET_DIR");
        // CI sets this variable.
        command.env_remove("DRIFT_BASE").envs(variables.iter().copied());
        let Output { status, stdout, stderr } = command.output().expect("the program runs");
        Ran {
            status: status.code().expect("no signal"),
            stdout: String::from_utf8(stdout).expect("UTF-8"),
            stderr: String::from_utf8(stderr).expect("UTF-8"),
        }
    }

    /// Every file outside `target`, with its content and modification time.
    pub fn files(&self) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
        let mut files = BTreeMap::new();
        list(self.folder.path(), &mut files);
        files
    }
}

fn copy_all(from: &Path, to: &Path) {
    if !from.is_dir() {
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(from, to).expect("a copied file");
        return;
    }
    for entry in fs::read_dir(from).expect("a folder") {
        let name = entry.expect("an entry").file_name();
        copy_all(&from.join(&name), &to.join(&name));
    }
}

fn list(folder: &Path, files: &mut BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.ends_with("target") {
            continue;
        }
        if path.is_dir() {
            list(&path, files);
        } else {
            let written = path.metadata().and_then(|metadata| metadata.modified()).expect("a time");
            let content = fs::read(&path).expect("a file");
            files.insert(path, (content, written));
        }
    }
}
