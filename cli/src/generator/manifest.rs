//! The manifests around the output: that of the crate, and that of its workspace.

use std::path::{Path, PathBuf};

use specwright_codegen::emit::scaffold::Needs;
use specwright_codegen::output::manifest::{self, Membership};
use specwright_codegen::output::{Directory, Plan};
use specwright_codegen::render::{MARK, OLD_MARK};

use super::output::{Lacking, Part};
use super::{Error, path};

const FILE: &str = "Cargo.toml";

/// Adds the manifest of a generated crate to its plan. If there is a workspace around a new crate,
/// the crate becomes a member.
pub fn of_crate(
    needs: &Needs,
    name: &str,
    folder: &Path,
    is_apart: bool,
    plan: Plan,
) -> Result<(Plan, Option<Part>), Error> {
    let old = read(folder)?;
    // Earlier versions generated the whole manifest.
    let kept = old.as_ref().filter(|text| !is_generated(text));
    let workspace = if is_apart { None } else { path::workspace_above(folder)? };
    let shared = workspace.as_deref().map(read).transpose()?.flatten();
    let membership = match &shared {
        _ if is_apart => Membership::Own,
        Some(text) => Membership::Of(text),
        None => Membership::None,
    };
    let text = match kept {
        Some(text) => manifest::merged(text, needs),
        None => manifest::created(name, needs, membership),
    };
    let text = text.map_err(|error| Error::manifest(folder, &error))?;
    let root = match (workspace, &shared) {
        (Some(root), Some(text)) => member(&root, text, folder)?,
        _ => None,
    };
    Ok((plan.with_owned(FILE, old, text), root))
}

/// The manifest of a workspace with the crate as a member, if it is not a member yet.
fn member(root: &Path, text: &str, folder: &Path) -> Result<Option<Part>, Error> {
    let member = path::below(root, folder)?;
    let joined = manifest::joined(text, &member).map_err(|error| Error::manifest(root, &error))?;
    Ok(joined.map(|joined| {
        let plan = Plan::default().with_owned(FILE, Some(text.to_owned()), joined);
        Part::new(root, Directory::new(root), plan)
    }))
}

/// The manifest of a crate with the dependencies of one of its modules.
pub fn with_dependencies(needs: &Needs, package: &Path) -> Result<Option<Part>, Error> {
    let Some(old) = read(package)? else { return Ok(None) };
    let text = manifest::merged(&old, needs).map_err(|error| Error::manifest(package, &error))?;
    let plan = Plan::default().with_owned(FILE, Some(old), text);
    Ok((!plan.is_empty()).then(|| Part::new(package, Directory::new(package), plan)))
}

/// The dependencies of a module that the manifest of its crate lacks.
pub fn lacking(needs: &Needs, package: &Path) -> Result<Option<Lacking>, Error> {
    let Some(text) = read(package)? else { return Ok(None) };
    let lines = manifest::lacking(&text, needs).map_err(|error| Error::manifest(package, &error))?;
    let manifest: PathBuf = package.join(FILE);
    Ok((!lines.is_empty()).then_some(Lacking { manifest, lines }))
}

fn read(folder: &Path) -> Result<Option<String>, Error> {
    Directory::new(folder).owned(FILE).map_err(|error| Error::Manifest(folder.join(FILE), error.to_string()))
}

fn is_generated(manifest: &str) -> bool {
    manifest.strip_prefix("# ").is_some_and(|line| line.starts_with(MARK) || line.starts_with(OLD_MARK))
}
