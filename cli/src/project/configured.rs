//! The project around the current folder: `specwright.toml` and the APIs that it names.

use std::error::Error;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest as _, Sha256};
use specwright_codegen::config::{ApiConfig, ConfigError, ProjectConfig, Side, Written};
use specwright_codegen::document::{ConfinedReader, Reader};
use toml_edit::{DocumentMut, Item, TableLike, value};

use crate::fetch;
use crate::generator::{Error as GeneratorError, Generator, Output, RuntimeSource, UnknownSource};
use crate::git::Revision;
use crate::project::{ApiSource, Project};

/// The name of the file.
pub const FILE: &str = "specwright.toml";

/// A folder with `specwright.toml`.
#[derive(Clone, Debug)]
pub struct ConfiguredProject {
    root: PathBuf,
    config: ProjectConfig,
}

impl ConfiguredProject {
    /// Finds the project around the current folder; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If the file can't be read or contains an error.
    pub fn find() -> Result<Option<Self>, Box<dyn Error>> {
        let here = env::current_dir()?;
        let Some(root) = here.ancestors().find(|folder| folder.join(FILE).is_file()) else { return Ok(None) };
        let text = fs::read_to_string(root.join(FILE)).map_err(|error| format!("{FILE}: {error}"))?;
        Ok(Some(Self { root: root.to_path_buf(), config: ProjectConfig::parse(FILE, &text)? }))
    }

    /// Like [`find`](Self::find), but also makes the project's folder the current one, because
    /// paths in the file and in messages are relative to it.
    ///
    /// # Errors
    ///
    /// As [`find`](Self::find).
    pub fn enter() -> Result<Option<Self>, Box<dyn Error>> {
        let project = Self::find()?;
        if let Some(project) = &project {
            env::set_current_dir(&project.root)?;
        }
        Ok(project)
    }

    /// The project in the current folder with this text as its file.
    ///
    /// # Errors
    ///
    /// If the text contains an error.
    pub fn here(text: &str) -> Result<Self, Box<dyn Error>> {
        Ok(Self { root: env::current_dir()?, config: ProjectConfig::parse(FILE, text)? })
    }

    /// The content of the file.
    #[must_use]
    pub fn config(&self) -> &ProjectConfig {
        &self.config
    }

    /// The generator of an API, and the digest of its document if it was fetched.
    ///
    /// # Errors
    ///
    /// If the document is not available or differs from the one that is locked.
    pub fn generator(
        &self,
        name: &Written,
        api: &ApiConfig,
        lock: Lock,
    ) -> Result<(Generator, Option<String>), Box<dyn Error>> {
        let document = api.settings.document.text.as_str();
        let mut digest = None;
        let generator = if fetch::is_url(document) {
            let bytes = fetch::get(document).map_err(|error| {
                let help = "fetch it by other means, and name the file";
                self.error(&api.settings.document, format!("{document}: {error}"), help)
            })?;
            let found = hexadecimal(&bytes);
            self.check_digest(name, api, &found, lock)?;
            digest = Some(found);
            Generator::from_bytes(document, bytes)
        } else if document == "-" {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            Generator::from_bytes("stdin", bytes)
        } else {
            Generator::from_file(document)
        };
        Ok((self.settings(generator, name, api)?, digest))
    }

    /// A generator with the settings of an API.
    fn settings(&self, generator: Generator, name: &Written, api: &ApiConfig) -> Result<Generator, Box<dyn Error>> {
        let settings = &api.settings;
        let mut choices = api.choices.clone();
        choices.cited = Some(settings.document.text.clone()).filter(|document| document != "-");
        let package = settings.name.as_ref().unwrap_or(name);
        let mut generator = generator.choices(choices).name(package.text.as_str());
        if let Some(overlay) = &settings.overlay {
            generator = generator.overlay(&overlay.text);
        }
        for folder in &settings.allow_read {
            generator = generator.allow_read(&folder.text);
        }
        if let Some(sides) = &settings.sides {
            generator = generator.client(sides.contains(&Side::Client)).server(sides.contains(&Side::Server));
        }
        if let Some(runtime) = &settings.runtime {
            let source: RuntimeSource = runtime.text.parse().map_err(|error: UnknownSource| {
                self.error(runtime, format!("`{}` is not a source of the runtime", runtime.text), error.to_string())
            })?;
            generator = generator.runtime(source);
        }
        Ok(generator)
    }

    fn check_digest(&self, name: &Written, api: &ApiConfig, found: &str, lock: Lock) -> Result<(), Box<dyn Error>> {
        let Some(locked) = api.settings.sha256.as_ref().filter(|_| lock == Lock::Kept) else { return Ok(()) };
        if locked.text == found {
            return Ok(());
        }
        let message = format!("the document is not the one that is locked: its SHA-256 is {found}");
        let help = format!("`specwright generate --update {}` accepts it", name.text);
        Err(self.error(locked, message, help).into())
    }

    /// Records digests of documents and the version of the generator. Comments and formatting are
    /// kept.
    ///
    /// # Errors
    ///
    /// If the file can't be written.
    pub fn record(&self, digests: &[(&Written, String)]) -> Result<bool, Box<dyn Error>> {
        let text = &self.config.file.text;
        let mut file: DocumentMut = text.parse().map_err(|error| format!("{FILE}: {error}"))?;
        for (name, digest) in digests {
            let api =
                file.get_mut("api").and_then(|apis| apis.get_mut(&name.text)).and_then(|api| api.as_table_like_mut());
            if let Some(api) = api {
                set(api, "sha256", digest);
            }
        }
        set(file.as_table_mut(), "generator", env!("CARGO_PKG_VERSION"));
        let new = file.to_string();
        if new == *text {
            return Ok(false);
        }
        fs::write(FILE, new).map_err(|error| format!("{FILE}: {error}"))?;
        Ok(true)
    }

    /// An error at a location in the file, with help.
    pub fn error(&self, written: &Written, message: impl Into<String>, help: impl Into<String>) -> ConfigError {
        let (file, range) = (self.config.file.clone(), written.range.clone().unwrap_or_default());
        ConfigError { file, range, message: message.into(), help: Some(help.into()) }
    }
}

/// Sets a key in place, or adds it. Comments around it are kept.
fn set(table: &mut dyn TableLike, key: &str, text: &str) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = text.into();
            *old.decor_mut() = decor;
        }
        None => _ = table.insert(key, value(text)),
    }
}

/// The output of an API at the place that its settings name.
///
/// # Errors
///
/// As [`Generator::crate_in`] and [`Generator::module_in`].
pub fn output(generator: &Generator, api: &ApiConfig) -> Result<Output, GeneratorError> {
    let folder = |written: &Option<Written>| written.as_ref().map(|written| written.text.clone());
    match folder(&api.settings.module) {
        Some(folder) => generator.module_in(folder),
        None => generator.crate_in(folder(&api.settings.package).unwrap_or_default()),
    }
}

/// Whether a fetched document must be the one that is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// It must be.
    Kept,
    /// A different one is accepted.
    Renewed,
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = Sha256::digest(bytes);
    let digits = digits.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// The APIs in the text of the file.
fn read(files: &dyn Reader) -> Result<ProjectConfig, Box<dyn Error>> {
    let bytes = files.read(FILE).map_err(|error| format!("{FILE}: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|error| format!("{FILE}: {error}"))?;
    Ok(ProjectConfig::parse(FILE, &text)?)
}

/// Reads paths relative to the project.
struct Below {
    root: PathBuf,
    reader: ConfinedReader,
}

impl Reader for Below {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.reader.read(&self.root.join(path).to_string_lossy())
    }
}

impl Project for ConfiguredProject {
    fn root(&self) -> &Path {
        &self.root
    }

    fn reader(&self) -> Box<dyn Reader + Send + Sync> {
        let mut reader = ConfinedReader::new().allow_document(&self.root.join(FILE));
        for api in self.config.apis.values() {
            reader = reader.allow_document(&self.root.join(&api.settings.document.text));
            for path in api.settings.allow_read.iter().chain(&api.settings.overlay) {
                reader = reader.clone().allow(&self.root.join(&path.text)).unwrap_or(reader);
            }
        }
        Box::new(Below { root: self.root.clone(), reader })
    }

    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.config.apis.keys().map(|name| name.text.clone()).collect())
    }

    fn names_at(&self, revision: &Revision) -> Vec<String> {
        let config = read(revision);
        config.map(|config| config.apis.into_keys().map(|name| name.text).collect()).unwrap_or_default()
    }

    fn api(&self, files: &dyn Reader, name: &str) -> Result<ApiSource, Box<dyn Error>> {
        let config = read(files)?;
        let api = config.apis.get(name).ok_or_else(|| format!("{FILE} has no API `{name}`"))?;
        let mut choices = api.choices.clone();
        choices.module = name.replace('-', "_");
        let settings = &api.settings;
        Ok(ApiSource {
            document: settings.document.text.clone(),
            overlay: settings.overlay.as_ref().map(|overlay| overlay.text.clone()),
            config: choices,
        })
    }

    fn upstream(&self, name: &str) -> Result<String, Box<dyn Error>> {
        let api = self.config.apis.get(name).ok_or_else(|| format!("{FILE} has no API `{name}`"))?;
        let settings = &api.settings;
        let upstream = settings.upstream.as_ref().map(|upstream| upstream.text.clone());
        let published = || Some(settings.document.text.clone()).filter(|document| fetch::is_url(document));
        upstream.or_else(published).ok_or_else(|| {
            let message = "the API has no `upstream` to compare with";
            self.error(&settings.document, message, "set `upstream` to a URL or file, or use `--upstream FILE`").into()
        })
    }

    fn package(&self) -> Option<&str> {
        let mut packages = self.config.apis.values().map(|api| api.settings.package.as_ref());
        // A version can follow only one API.
        match (packages.next(), packages.next()) {
            (Some(package), None) => package.map(|package| package.text.as_str()),
            _ => None,
        }
    }
}
