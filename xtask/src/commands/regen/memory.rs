//! Remembers what was generated from what, so that an unchanged provider costs the reading of its files and no more.
//!
//! The rule kept here: a memory is believed only by the very program that wrote it, it holds no more than digests, and
//! `regen --check` never asks it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{env, fs, io};

use codegen::document::Reader as _;
use codegen::output::{Directory, Entry, Tree as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::FOLDER;
use crate::provider::Provider;
use crate::workspace::Workspace;

/// What earlier runs left.
#[derive(Debug)]
pub struct Memory<'w> {
    workspace: &'w Workspace,
    file: PathBuf,
    kept: Kept,
}

/// The file.
#[derive(Debug, Deserialize, Serialize)]
struct Kept {
    program: String,
    providers: BTreeMap<String, Known>,
}

/// One provider as it was when its output was written.
#[derive(Debug, Deserialize, Serialize)]
struct Known {
    inputs: Vec<String>,
    digest: Vec<u8>,
}

impl<'w> Memory<'w> {
    /// The memory in `target`; empty where there is none, or where another build of this program wrote it.
    pub fn open(workspace: &'w Workspace) -> Self {
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.root().join("target"), PathBuf::from);
        let file = target.join("regen.json");
        let program = program().unwrap_or_default();
        let kept = fs::read(&file).ok().and_then(|text| serde_json::from_slice::<Kept>(&text).ok());
        let kept = kept.filter(|kept| kept.program == program && !program.is_empty());
        Self { workspace, file, kept: kept.unwrap_or(Kept { program, providers: BTreeMap::new() }) }
    }

    /// Whether every file that the provider is generated from, and every one generated from it, is as it was.
    pub fn is_unchanged(&self, provider: &Provider) -> bool {
        let Some(known) = self.kept.providers.get(&provider.name) else { return false };
        inputs(provider).all(|path| known.inputs.contains(&path))
            && self.digest(provider, &known.inputs).is_ok_and(|digest| digest == known.digest)
    }

    /// Keeps a provider that was generated from these files, by their path in the workspace.
    pub fn learn(&mut self, provider: &Provider, read: impl Iterator<Item = String>) {
        let mut files: Vec<String> = read.chain(inputs(provider)).collect();
        files.sort();
        files.dedup();
        match self.digest(provider, &files) {
            Ok(digest) => self.kept.providers.insert(provider.name.clone(), Known { inputs: files, digest }),
            Err(_) => self.kept.providers.remove(&provider.name),
        };
    }

    /// Writes the file, where there is a folder for it. Without it the next run takes longer, which is no failure of this one.
    pub fn save(&self) {
        if self.kept.program.is_empty() || !self.file.parent().is_some_and(Path::is_dir) {
            return;
        }
        if let Ok(text) = serde_json::to_vec(&self.kept) {
            let _ = fs::write(&self.file, text);
        }
    }

    fn digest(&self, provider: &Provider, inputs: &[String]) -> io::Result<Vec<u8>> {
        let mut sum = Sha256::new();
        let mut add = |name: &str, content: &[u8]| {
            for part in [name.as_bytes(), content] {
                sum.update((part.len() as u64).to_le_bytes());
                sum.update(part);
            }
        };
        let reader = self.workspace.reader();
        for path in inputs {
            add(path, &reader.read(path)?);
        }
        let folder = self.workspace.root().join(FOLDER).join(provider.module());
        for (path, entry) in Directory::new(folder).entries()? {
            match entry {
                Entry::File(content) => add(&path, &content),
                Entry::Other => return Err(io::Error::other("neither file nor folder")),
            }
        }
        Ok(sum.finalize().to_vec())
    }
}

/// Files that a provider is generated from in any case; the document may name others.
fn inputs(provider: &Provider) -> impl Iterator<Item = String> {
    let choices = format!("specs/{}/provider.toml", provider.name);
    [provider.document(), choices].into_iter().chain(provider.overlay())
}

/// What tells this build of this program from every other: its length, and when it was written.
fn program() -> Option<String> {
    let metadata = fs::metadata(env::current_exe().ok()?).ok()?;
    let written = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {}", metadata.len(), written.as_nanos()))
}
