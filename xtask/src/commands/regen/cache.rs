//! What the last run left fresh, so that unchanged documents cost nothing.
//!
//! The rule it keeps: a module is passed over only if this very program, the inputs and the output
//! are those of a run that found nothing to tell. `--check` and named providers never ask.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{env, fs, io};

use sha2::{Digest as _, Sha256};
use specwright_codegen::output::{Directory, Entry, Tree as _};

use super::group::{Group, Job};
use crate::workspace::Workspace;

/// Its name, in the folder of what cargo builds, which nobody commits.
const FILE: &str = "regen.fresh";

/// Digests of program, inputs and output, by folder and module.
#[derive(Debug)]
pub struct Memory {
    path: PathBuf,
    program: Vec<u8>,
    before: String,
    known: BTreeMap<String, String>,
}

impl Memory {
    /// What is remembered; nothing if that can't be read.
    pub fn read(workspace: &Workspace) -> Self {
        let path = target(workspace).join(FILE);
        let before = fs::read_to_string(&path).unwrap_or_default();
        let known = before
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(at, digest)| (at.to_owned(), digest.to_owned()));
        Self { known: known.collect(), before, path, program: program().unwrap_or_default() }
    }

    /// Takes the jobs of a group out that have nothing to do.
    pub fn pass_over(&self, workspace: &Workspace, group: &mut Group) {
        let Some(state) = self.state(workspace, group) else { return };
        group.jobs.retain(|job| {
            let at = name(group.folder, job);
            self.known.get(&at).is_none_or(|known| state.get(&at) != Some(known))
        });
    }

    /// Notes the modules that were made without anything to tell, as they are now.
    ///
    /// # Errors
    ///
    /// If the file can't be written.
    pub fn note(mut self, workspace: &Workspace, made: &[(&Group, Vec<&Job>)]) -> io::Result<()> {
        for (group, quiet) in made {
            let state = self.state(workspace, group).unwrap_or_default();
            for job in &group.jobs {
                self.known.remove(&name(group.folder, job));
            }
            let fresh = quiet.iter().map(|job| name(group.folder, job));
            self.known.extend(fresh.filter_map(|at| state.get(&at).map(|digest| (at.clone(), digest.clone()))));
        }
        let mut text = String::new();
        for (at, digest) in &self.known {
            // Writing to a string can't fail.
            let _ = writeln!(text, "{at} {digest}");
        }
        if text == self.before {
            return Ok(());
        }
        fs::create_dir_all(self.path.parent().unwrap_or(Path::new(".")))?;
        fs::write(&self.path, text)
    }

    /// Digests of the jobs as things are now; `None` if they can't be had.
    fn state(&self, workspace: &Workspace, group: &Group) -> Option<BTreeMap<String, String>> {
        if self.program.is_empty() {
            return None;
        }
        let output = Directory::new(workspace.root().join(group.folder)).entries().ok()?;
        let mut state = BTreeMap::new();
        for job in &group.jobs {
            let mut digest = Sha256::new();
            digest.update(&self.program);
            for path in job.inputs() {
                add(&mut digest, path, &fs::read(workspace.root().join(path)).unwrap_or_default());
            }
            let folder = format!("{}/", job.module());
            for (path, entry) in output.range(folder.clone()..).take_while(|(path, _)| path.starts_with(&folder)) {
                let Entry::File(content) = entry else { return None };
                add(&mut digest, path, content);
            }
            let hexadecimal = digest.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
            state.insert(name(group.folder, job), hexadecimal);
        }
        Some(state)
    }
}

/// Where cargo builds. Workspaces that share the folder share what is remembered: the digests hold
/// for any of them.
fn target(workspace: &Workspace) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.root().join("target"), PathBuf::from)
}

/// Path and length before the content, so that nothing can pass for something else.
fn add(digest: &mut Sha256, path: &str, content: &[u8]) {
    digest.update(format!("{path} {}\n", content.len()));
    digest.update(content);
}

fn name(folder: &str, job: &Job) -> String {
    format!("{folder}/{}", job.module())
}

/// What tells one build of this program from another.
fn program() -> io::Result<Vec<u8>> {
    let path = env::current_exe()?;
    let metadata = path.metadata()?;
    let built = metadata.modified()?.duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
    Ok(format!("{} {} {}\n", path.display(), metadata.len(), built.as_nanos()).into_bytes())
}
