//! Finds out what each side of a comparison is: a file, a URL, a provider, or a file in a git
//! revision.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use specwright_codegen::document::{FileReader, MemoryReader, Reader};
use specwright_codegen::drift;
use specwright_codegen::provider::ProviderConfig;

use super::{fetch, git};
use crate::provider::Provider;
use crate::workspace::Workspace;

/// Why there is nothing to compare.
#[derive(Debug)]
pub enum Problem {
    /// The command line or the configuration makes no sense.
    Usage(String),
    /// Something can't be read.
    Unreadable(String),
    /// The choices of a provider can't be read; the error may know its place.
    Choices(Box<dyn Error>),
    /// The same, and the user has been told.
    Reported,
}

/// One side, ready to be read.
pub struct Side {
    /// How it is called in reports.
    pub label: String,
    /// The document, for the reader.
    pub path: String,
    /// What repairs it.
    pub overlay: Option<String>,
    /// The choices of its provider.
    pub config: ProviderConfig,
    /// The way to its files.
    pub reader: Box<dyn Reader + Send + Sync>,
}

/// Two sides.
pub struct Pair {
    /// As it was.
    pub old: Side,
    /// As it is.
    pub new: Side,
    /// What the comparison has to know.
    pub options: drift::Options,
}

/// The two sides that a user named.
pub fn pair(sides: &[String], workspace: Option<&Workspace>, options: drift::Options) -> Result<Pair, Problem> {
    match sides {
        [old, new] => Ok(Pair { old: parse(old, workspace)?, new: parse(new, workspace)?, options }),
        [name] => {
            let workspace = workspace.filter(|workspace| is_provider(workspace, name));
            let workspace = workspace.ok_or_else(|| {
                Problem::Usage(format!("there is no provider `{name}`; two documents need two sides"))
            })?;
            let url = upstream(workspace, name)?;
            Ok(Pair { old: provider(workspace, name)?, new: upstream_side(&url, workspace, name)?, options })
        }
        _ => Err(Problem::Usage("name two sides, one provider, or `--since REV`".to_owned())),
    }
}

fn parse(text: &str, workspace: Option<&Workspace>) -> Result<Side, Problem> {
    if text.starts_with("https://") || text.starts_with("http://") {
        return fetched(text);
    }
    if let Some(rest) = text.strip_prefix("git:") {
        let (revision, path) =
            rest.split_once(':').ok_or_else(|| Problem::Usage(format!("`{text}` should be `git:REV:PATH`")))?;
        return from_git(Path::new("."), revision, path);
    }
    if let Some(workspace) = workspace.filter(|workspace| !Path::new(text).is_file() && is_provider(workspace, text)) {
        return provider(workspace, text);
    }
    Ok(Side {
        label: text.to_owned(),
        path: text.to_owned(),
        overlay: None,
        config: named("api"),
        reader: Box::new(FileReader),
    })
}

/// The choices of a document that belongs to no provider.
fn named(module: &str) -> ProviderConfig {
    ProviderConfig { module: module.to_owned(), ..ProviderConfig::default() }
}

fn is_provider(workspace: &Workspace, name: &str) -> bool {
    workspace.providers().is_ok_and(|names| names.iter().any(|other| other == name))
}

fn provider(workspace: &Workspace, name: &str) -> Result<Side, Problem> {
    let provider = Provider::read(workspace, name).map_err(Problem::Choices)?;
    Ok(Side {
        label: provider.document(),
        path: provider.document(),
        overlay: provider.overlay(),
        config: provider.config.clone(),
        reader: Box::new(workspace.reader()),
    })
}

/// What upstream publishes, repaired and generated as the provider is: what the overlay adds is no
/// drift.
fn upstream_side(url: &str, workspace: &Workspace, name: &str) -> Result<Side, Problem> {
    let provider = Provider::read(workspace, name).map_err(Problem::Choices)?;
    let mut files = get(url)?;
    let overlay = provider.overlay();
    if let Some(path) = &overlay {
        let bytes = workspace.reader().read(path).map_err(|error| Problem::Unreadable(format!("{path}: {error}")))?;
        files = files.with(path.as_str(), bytes);
    }
    Ok(Side { label: url.to_owned(), path: url.to_owned(), overlay, config: provider.config, reader: Box::new(files) })
}

fn fetched(url: &str) -> Result<Side, Problem> {
    let files = get(url)?;
    Ok(Side {
        label: url.to_owned(),
        path: url.to_owned(),
        overlay: None,
        config: named("api"),
        reader: Box::new(files),
    })
}

fn get(url: &str) -> Result<MemoryReader, Problem> {
    let bytes = fetch::get(url).map_err(|error| Problem::Unreadable(format!("{url}: {error}")))?;
    Ok(MemoryReader::new().with(url, bytes))
}

fn from_git(root: &Path, revision: &str, path: &str) -> Result<Side, Problem> {
    let reader = git::At::new(root, revision).map_err(Problem::Usage)?;
    Ok(Side {
        label: format!("git:{revision}:{path}"),
        path: path.to_owned(),
        overlay: None,
        config: named("api"),
        reader: Box::new(reader),
    })
}

/// What is compared with a revision.
#[derive(Default)]
pub struct Since {
    /// The providers that are on both sides.
    pub pairs: Vec<Pair>,
    /// Those that came since.
    pub came: Vec<String>,
    /// Those that went.
    pub gone: Vec<String>,
}

/// Each provider of the working tree and its state in a revision; of all, or of those that are
/// named.
pub fn since(
    workspace: &Workspace,
    revision: &str,
    options: drift::Options,
    chosen: &[String],
) -> Result<Since, Problem> {
    let at = git::At::new(workspace.root(), revision).map_err(Problem::Usage)?;
    let names = workspace.providers().map_err(|error| Problem::Unreadable(error.to_string()))?;
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
            since.came.push(name.clone());
        }
    }
    let gone = before.iter().filter(|name| wanted(name) && !names.iter().any(|other| other == *name));
    since.gone = gone.map(|name| (*name).to_owned()).collect();
    Ok(since)
}

/// A provider as it was, with the choices that it had.
fn at_revision(at: &git::At, revision: &str, name: &str, new: &Side) -> Result<Side, Problem> {
    let unreadable = |error: &dyn std::fmt::Display| Problem::Unreadable(format!("git:{revision}: {error}"));
    let old = match Provider::from(at, name) {
        Ok(provider) => provider,
        // A key that this version no longer knows: what it says now is the best there is.
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

/// What of `source.toml` matters here.
#[derive(Deserialize)]
struct Source {
    url: Option<String>,
    /// The document itself, where `url` is the page that shows it.
    document: Option<String>,
}

fn upstream(workspace: &Workspace, name: &str) -> Result<String, Problem> {
    let path = format!("specs/{name}/source.toml");
    let text = fs::read_to_string(workspace.root().join(&path))
        .map_err(|error| Problem::Unreadable(format!("{path}: {error}")))?;
    let source: Source = toml::from_str(&text).map_err(|error| Problem::Unreadable(format!("{path}: {error}")))?;
    source.document.or(source.url).ok_or_else(|| Problem::Unreadable(format!("{path} names no `url`")))
}
