//! Records which modules are fresh, so that unchanged documents cost nothing.
//!
//! **Invariant:** a module is skipped only if program, inputs and output are those of a run that
//! had nothing to report. `--check` and runs for named providers never skip modules.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{env, fs, io};

use sha2::{Digest as _, Sha256};
use specwright_codegen::output::{Directory, Entry, Tree as _};

use super::group::{Group, Job, PROVIDERS, SURFACES};
use crate::workspace::Workspace;

/// The file, in cargo's target folder.
const FILE: &str = "regen.fresh";

/// Digests of program, inputs and output, by folder and module.
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
    program: Vec<u8>,
    text: String,
    known: BTreeMap<String, String>,
}

impl Cache {
    /// Reads the cache. If the file can't be read, the cache is empty.
    pub fn read(workspace: &Workspace) -> Self {
        let path = target(workspace).join(FILE);
        let text = fs::read_to_string(&path).unwrap_or_default();
        let known =
            text.lines().filter_map(|line| line.split_once(' ')).map(|(at, digest)| (at.to_owned(), digest.to_owned()));
        Self { known: known.collect(), text, path, program: program().unwrap_or_default() }
    }

    /// Removes the fresh jobs from a group.
    pub fn skip_fresh(&self, workspace: &Workspace, group: &mut Group) {
        let Some(state) = self.state(workspace, group) else { return };
        group.jobs.retain(|job| {
            let at = name(group.folder, job);
            self.known.get(&at).is_none_or(|known| state.get(&at) != Some(known))
        });
    }

    /// Records the state of the jobs that may be skipped next time.
    ///
    /// # Errors
    ///
    /// If the file can't be written.
    pub fn record(mut self, workspace: &Workspace, done: &[(&Group, Vec<&Job>)]) -> io::Result<()> {
        for (group, skippable) in done {
            let state = self.state(workspace, group).unwrap_or_default();
            for job in &group.jobs {
                self.known.remove(&name(group.folder, job));
            }
            let fresh = skippable.iter().map(|job| name(group.folder, job));
            self.known.extend(fresh.filter_map(|at| state.get(&at).map(|digest| (at.clone(), digest.clone()))));
        }
        let mut text = String::new();
        for (at, digest) in &self.known {
            // Writing to a string can't fail.
            let _ = writeln!(text, "{at} {digest}");
        }
        if text == self.text {
            return Ok(());
        }
        fs::create_dir_all(self.path.parent().unwrap_or(Path::new(".")))?;
        fs::write(&self.path, text)
    }

    /// Digests of the current state of the jobs; `None` if a file can't be read.
    fn state(&self, workspace: &Workspace, group: &Group) -> Option<BTreeMap<String, String>> {
        if self.program.is_empty() {
            return None;
        }
        let directory = Directory::new(workspace.root().join(group.folder));
        let output = directory.entries(&|_| true).ok()?;
        let mut state = BTreeMap::new();
        for job in &group.jobs {
            let mut digest = Sha256::new();
            digest.update(&self.program);
            for path in job.inputs() {
                add(&mut digest, path, &fs::read(workspace.root().join(path)).unwrap_or_default());
            }
            let folder = format!("{}/", job.module());
            for (path, entry) in output.range(folder.clone()..).take_while(|(path, _)| path.starts_with(&folder)) {
                if matches!(entry, Entry::Other) {
                    return None;
                }
                add(&mut digest, path, &directory.read(path).ok()?);
            }
            let surface = Path::new(SURFACES).join(job.surface_path());
            if group.folder == PROVIDERS
                && let Ok(content) = fs::read(workspace.root().join(&surface))
            {
                add(&mut digest, "surface", &content);
            }
            let hexadecimal = digest.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
            state.insert(name(group.folder, job), hexadecimal);
        }
        Some(state)
    }
}

/// Cargo's target folder. Workspaces that share it also share the cache, which is safe because the
/// digests cover all inputs.
fn target(workspace: &Workspace) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.root().join("target"), PathBuf::from)
}

/// Adds a file with its path and length, so that no two lists of files have equal input.
fn add(digest: &mut Sha256, path: &str, content: &[u8]) {
    digest.update(format!("{path} {}\n", content.len()));
    digest.update(content);
}

fn name(folder: &str, job: &Job) -> String {
    format!("{folder}/{}", job.module())
}

/// Identifies this build of the program.
fn program() -> io::Result<Vec<u8>> {
    let path = env::current_exe()?;
    let metadata = path.metadata()?;
    let built = metadata.modified()?.duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
    Ok(format!("{} {} {}\n", path.display(), metadata.len(), built.as_nanos()).into_bytes())
}
