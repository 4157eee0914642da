//! Resolves the sides of a comparison: a file, a URL, a provider, or a file in a git revision.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use specwright_codegen::document::{ConfinedReader, MemoryReader, Reader};
use specwright_codegen::drift;
use specwright_codegen::provider::ProviderConfig;

use super::{fetch, git};
use crate::provider::Provider;
use crate::workspace::Workspace;

/// Why a comparison is not possible.
#[derive(Debug)]
pub enum DriftError {
    /// The command line or `drift.toml` is wrong.
    Usage(String),
    /// A file, URL or revision can't be read.
    Unreadable(String),
    /// The configuration of a provider can't be read; the error may have a location.
    Config(Box<dyn Error>),
    /// Another error, which has been reported.
    Reported,
}

/// One side of a comparison, before reading.
pub struct Side {
    /// Its name in reports.
    pub label: String,
    /// The path of the document, for the reader.
    pub path: String,
    /// The path of its overlay.
    pub overlay: Option<String>,
    /// The configuration of its provider.
    pub config: ProviderConfig,
    /// Reads its files.
    pub reader: Box<dyn Reader + Send + Sync>,
}

/// The two sides of a comparison.
pub struct Pair {
    /// The old version.
    pub old: Side,
    /// The new version.
    pub new: Side,
    /// The options of the comparison.
    pub options: drift::Options,
}

/// The two sides that a user named.
pub fn pair(
    sides: &[String],
    allowed: &[PathBuf],
    workspace: Option<&Workspace>,
    options: drift::Options,
) -> Result<Pair, DriftError> {
    match sides {
        [old, new] => Ok(Pair { old: parse(old, allowed, workspace)?, new: parse(new, allowed, workspace)?, options }),
        [name] => {
            let workspace = workspace.filter(|workspace| is_provider(workspace, name));
            let workspace = workspace.ok_or_else(|| {
                DriftError::Usage(format!("there is no provider `{name}`; to compare documents, name two"))
            })?;
            let url = upstream(workspace, name)?;
            Ok(Pair { old: provider(workspace, name)?, new: upstream_side(&url, workspace, name)?, options })
        }
        _ => Err(DriftError::Usage("name two documents, one provider, or `--since REV`".to_owned())),
    }
}

fn parse(text: &str, allowed: &[PathBuf], workspace: Option<&Workspace>) -> Result<Side, DriftError> {
    if text.starts_with("https://") || text.starts_with("http://") {
        return fetched(text);
    }
    if let Some(rest) = text.strip_prefix("git:") {
        let (revision, path) =
            rest.split_once(':').ok_or_else(|| DriftError::Usage(format!("`{text}` should be `git:REV:PATH`")))?;
        return from_git(Path::new("."), revision, path);
    }
    if let Some(workspace) = workspace.filter(|workspace| !Path::new(text).is_file() && is_provider(workspace, text)) {
        return provider(workspace, text);
    }
    let mut reader = ConfinedReader::new().allow_document(Path::new(text));
    for folder in allowed {
        let unusable = |error| DriftError::Usage(format!("`--allow-read {}`: {error}", folder.display()));
        reader = reader.allow(folder).map_err(unusable)?;
    }
    Ok(Side {
        label: text.to_owned(),
        path: text.to_owned(),
        overlay: None,
        config: unbundled("api"),
        reader: Box::new(reader),
    })
}

/// The configuration of a document that belongs to no provider.
fn unbundled(module: &str) -> ProviderConfig {
    ProviderConfig { module: module.to_owned(), ..ProviderConfig::default() }
}

fn is_provider(workspace: &Workspace, name: &str) -> bool {
    workspace.providers().is_ok_and(|names| names.iter().any(|other| other == name))
}

fn provider(workspace: &Workspace, name: &str) -> Result<Side, DriftError> {
    let provider = Provider::read(workspace, name).map_err(DriftError::Config)?;
    Ok(Side {
        label: provider.document(),
        path: provider.document(),
        overlay: provider.overlay(),
        config: provider.config.clone(),
        reader: Box::new(workspace.reader()),
    })
}

/// The upstream document with the provider's overlay and configuration, so that additions of the
/// overlay are not reported as drift.
fn upstream_side(url: &str, workspace: &Workspace, name: &str) -> Result<Side, DriftError> {
    let provider = Provider::read(workspace, name).map_err(DriftError::Config)?;
    let mut files = get(url)?;
    let overlay = provider.overlay();
    if let Some(path) = &overlay {
        let bytes =
            workspace.reader().read(path).map_err(|error| DriftError::Unreadable(format!("{path}: {error}")))?;
        files = files.with(path.as_str(), bytes);
    }
    Ok(Side { label: url.to_owned(), path: url.to_owned(), overlay, config: provider.config, reader: Box::new(files) })
}

fn fetched(url: &str) -> Result<Side, DriftError> {
    let files = get(url)?;
    Ok(Side {
        label: url.to_owned(),
        path: url.to_owned(),
        overlay: None,
        config: unbundled("api"),
        reader: Box::new(files),
    })
}

fn get(url: &str) -> Result<MemoryReader, DriftError> {
    let bytes = fetch::get(url).map_err(|error| DriftError::Unreadable(format!("{url}: {error}")))?;
    Ok(MemoryReader::new().with(url, bytes))
}

fn from_git(root: &Path, revision: &str, path: &str) -> Result<Side, DriftError> {
    let reader = git::Revision::new(root, revision).map_err(DriftError::Usage)?;
    Ok(Side {
        label: format!("git:{revision}:{path}"),
        path: path.to_owned(),
        overlay: None,
        config: unbundled("api"),
        reader: Box::new(reader),
    })
}

/// The providers that are compared with a revision.
#[derive(Default)]
pub struct Since {
    /// The providers in both versions.
    pub pairs: Vec<Pair>,
    /// The providers that are new.
    pub added: Vec<String>,
    /// The providers that are gone.
    pub removed: Vec<String>,
}

/// Pairs the providers of the working tree with their state in a revision; all of them, or those in
/// `chosen`.
pub fn since(
    workspace: &Workspace,
    revision: &str,
    options: drift::Options,
    chosen: &[String],
) -> Result<Since, DriftError> {
    let at = git::Revision::new(workspace.root(), revision).map_err(DriftError::Usage)?;
    let names = workspace.providers().map_err(|error| DriftError::Unreadable(error.to_string()))?;
    let before = at.folders("specs/");
    let before: Vec<&str> = before.iter().filter_map(|path| path.rsplit('/').next()).collect();
    let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|other| other == name);
    let mut since = Since::default();
    for name in names.iter().filter(|name| wanted(name)) {
        if before.contains(&name.as_str()) {
            let new = provider(workspace, name)?;
            let old = at_revision(&at, revision, name, &new)?;
            since.pairs.push(Pair { old, new, options });
        } else {
            since.added.push(name.clone());
        }
    }
    let removed = before.iter().filter(|name| wanted(name) && !names.iter().any(|other| other == *name));
    since.removed = removed.map(|name| (*name).to_owned()).collect();
    Ok(since)
}

/// A provider at a revision, with the configuration of that revision.
fn at_revision(at: &git::Revision, revision: &str, name: &str, new: &Side) -> Result<Side, DriftError> {
    let unreadable = |error: &dyn std::fmt::Display| DriftError::Unreadable(format!("git:{revision}: {error}"));
    let old = match Provider::read_from(at, name) {
        Ok(provider) => provider,
        // It may have keys that are no longer known. The current configuration is the best
        // substitute.
        Err(_) => Provider { name: name.to_owned(), config: new.config.clone(), has_overlay: false },
    };
    let path = old.document();
    at.read(&path).map_err(|error| unreadable(&format_args!("{path}: {error}")))?;
    Ok(Side {
        label: format!("git:{revision}:{path}"),
        overlay: old.overlay(),
        path,
        config: old.config,
        reader: Box::new(at.clone()),
    })
}

/// The URLs in `source.toml`.
#[derive(Deserialize)]
struct Source {
    url: Option<String>,
    /// The URL of the document, where `url` is that of a page.
    document: Option<String>,
}

fn upstream(workspace: &Workspace, name: &str) -> Result<String, DriftError> {
    let path = format!("specs/{name}/source.toml");
    let text = fs::read_to_string(workspace.root().join(&path))
        .map_err(|error| DriftError::Unreadable(format!("{path}: {error}")))?;
    let source: Source = toml::from_str(&text).map_err(|error| DriftError::Unreadable(format!("{path}: {error}")))?;
    source.document.or(source.url).ok_or_else(|| DriftError::Unreadable(format!("{path} has no `url`")))
}
