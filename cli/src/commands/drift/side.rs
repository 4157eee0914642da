//! Resolves the sides of a comparison: a file, a URL, an API of the project, or a file in a git revision.

use std::error::Error;
use std::path::{Path, PathBuf};

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::{ConfinedReader, FileReader, MemoryReader, Reader};
use specwright_codegen::drift;

use crate::project::{ApiSource, Project};
use crate::{fetch, git};

/// Why a comparison is not possible.
#[derive(Debug)]
pub enum DriftError {
    /// The command line or `drift.toml` is wrong.
    Usage(String),
    /// A file, URL or revision can't be read.
    Unreadable(String),
    /// The configuration of an API can't be used; the error may have a location.
    Config(Box<dyn Error>),
    /// Another error, which has been reported.
    Reported,
}

/// One side of a comparison, before it is read.
pub struct Side {
    /// Its name in reports.
    pub label: String,
    /// The path of the document, for the reader.
    pub path: String,
    /// The path of its overlay.
    pub overlay: Option<String>,
    /// The choices for the document.
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

/// The two sides that the user named.
pub fn pair(
    sides: &[String],
    allowed: &[PathBuf],
    saved: Option<&str>,
    project: Option<&dyn Project>,
    options: drift::Options,
) -> Result<Pair, DriftError> {
    match sides {
        [_, _] if saved.is_some() => Err(DriftError::Usage("`--upstream` replaces the second document".to_owned())),
        [old, new] => Ok(Pair { old: parse(old, allowed, project)?, new: parse(new, allowed, project)?, options }),
        [name] => {
            let project = project.filter(|project| has(*project, name)).ok_or_else(|| {
                DriftError::Usage(format!("there is no API `{name}` here; to compare documents, name two"))
            })?;
            let place = saved.map_or_else(|| project.upstream(name), |place| Ok(place.to_owned()));
            let place = place.map_err(DriftError::Config)?;
            Ok(Pair { old: side(project, name)?, new: upstream_side(&place, project, name)?, options })
        }
        _ => Err(DriftError::Usage("name two documents, one API, or `--since REV`".to_owned())),
    }
}

fn parse(text: &str, allowed: &[PathBuf], project: Option<&dyn Project>) -> Result<Side, DriftError> {
    if fetch::is_url(text) {
        return fetched(text);
    }
    if let Some(rest) = text.strip_prefix("git:") {
        let (revision, path) =
            rest.split_once(':').ok_or_else(|| DriftError::Usage(format!("`{text}` should be `git:REV:PATH`")))?;
        return from_git(Path::new("."), revision, path);
    }
    if let Some(project) = project.filter(|project| !Path::new(text).is_file() && has(*project, text)) {
        return side(project, text);
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

/// The configuration of a document that does not belong to a project.
fn unbundled(module: &str) -> ProviderConfig {
    ProviderConfig { module: module.to_owned(), ..ProviderConfig::default() }
}

fn has(project: &dyn Project, name: &str) -> bool {
    project.names().is_ok_and(|names| names.iter().any(|other| other == name))
}

/// An API in the working tree.
fn side(project: &dyn Project, name: &str) -> Result<Side, DriftError> {
    let reader = project.reader();
    let ApiSource { document, overlay, config } = project.api(&*reader, name).map_err(DriftError::Config)?;
    if fetch::is_url(&document) {
        return side_from(&document, project, overlay, config);
    }
    Ok(Side { label: document.clone(), path: document, overlay, config, reader })
}

/// An upstream document with the overlay and the choices of the API, so that additions by the
/// overlay are not reported as drift.
fn upstream_side(place: &str, project: &dyn Project, name: &str) -> Result<Side, DriftError> {
    let ApiSource { overlay, config, .. } = project.api(&*project.reader(), name).map_err(DriftError::Config)?;
    side_from(place, project, overlay, config)
}

/// The document in a file or at a URL outside the project, with an overlay and choices of the
/// project.
fn side_from(
    place: &str,
    project: &dyn Project,
    overlay: Option<String>,
    config: ProviderConfig,
) -> Result<Side, DriftError> {
    let mut files = if fetch::is_url(place) { get(place)? } else { saved(place)? };
    if let Some(path) = &overlay {
        let bytes = project.reader().read(path).map_err(|error| DriftError::Unreadable(format!("{path}: {error}")))?;
        files = files.with(path.as_str(), bytes);
    }
    let (label, path) = (place.to_owned(), place.to_owned());
    Ok(Side { label, path, overlay, config, reader: Box::new(files) })
}

/// A file that the caller has saved.
fn saved(path: &str) -> Result<MemoryReader, DriftError> {
    let bytes = FileReader.read(path).map_err(|error| DriftError::Unreadable(format!("{path}: {error}")))?;
    Ok(MemoryReader::new().with(path, bytes))
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

/// The APIs that are compared with a revision.
#[derive(Default)]
pub struct Since {
    /// The APIs that exist in both versions.
    pub pairs: Vec<Pair>,
    /// The APIs that are new, and their documents.
    pub added: Vec<(String, String)>,
    /// The APIs that have been removed, and the documents that they had.
    pub removed: Vec<(String, String)>,
}

/// Pairs the APIs of the working tree with their state in a revision: all of them, or those in
/// `chosen`.
pub fn since(
    project: &dyn Project,
    revision: &str,
    options: drift::Options,
    chosen: &[String],
) -> Result<Since, DriftError> {
    let at = git::Revision::new(project.root(), revision).map_err(DriftError::Usage)?;
    let names = project.names().map_err(|error| DriftError::Unreadable(error.to_string()))?;
    let before = project.names_at(&at);
    let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|other| other == name);
    let mut since = Since::default();
    for name in names.iter().filter(|name| wanted(name)) {
        let new = side(project, name)?;
        if before.contains(name) {
            let old = at_revision(&at, revision, project, name, &new)?;
            since.pairs.push(Pair { old, new, options });
        } else {
            since.added.push((name.clone(), new.label));
        }
    }
    for name in before.iter().filter(|name| wanted(name) && !names.contains(name)) {
        let document = project.api(&at, name).map_or_else(|_| name.clone(), |source| source.document);
        since.removed.push((name.clone(), document));
    }
    Ok(since)
}

/// An API at a revision, with the configuration of that revision.
fn at_revision(
    at: &git::Revision,
    revision: &str,
    project: &dyn Project,
    name: &str,
    new: &Side,
) -> Result<Side, DriftError> {
    let unreadable = |error: &dyn std::fmt::Display| DriftError::Unreadable(format!("git:{revision}: {error}"));
    let old = match project.api(at, name) {
        Ok(source) => source,
        // It may have keys that are no longer supported. The current configuration is the best
        // substitute.
        Err(_) => ApiSource { document: new.path.clone(), overlay: None, config: new.config.clone() },
    };
    let path = old.document;
    at.read(&path).map_err(|error| unreadable(&format_args!("{path}: {error}")))?;
    Ok(Side {
        label: format!("git:{revision}:{path}"),
        overlay: old.overlay,
        path,
        config: old.config,
        reader: Box::new(at.clone()),
    })
}
