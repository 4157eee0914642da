//! A fixture of the emitters: one small document in `tests/fixtures/emit/` for one feature, with
//! its configuration.

use std::{fs, io};

use specwright_codegen::config::ProviderConfig;

use crate::workspace::Workspace;

/// The folder of the documents, relative to the workspace.
pub const FOLDER: &str = "tests/fixtures/emit";

/// One document, such as `multipart.yaml`, with optional configuration in `multipart.toml`.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// Name of the feature and of the generated module.
    pub name: String,
    /// Its configuration.
    pub config: ProviderConfig,
}

impl Fixture {
    /// All fixtures, sorted by name. A workspace without tests has none.
    ///
    /// # Errors
    ///
    /// If the folder or a configuration can't be read, or a configuration has an unknown key.
    pub fn all(workspace: &Workspace) -> Result<Vec<Self>, Box<dyn std::error::Error>> {
        let entries = match fs::read_dir(workspace.root().join(FOLDER)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let mut names = Vec::new();
        for entry in entries {
            let file = entry?.file_name().to_string_lossy().into_owned();
            names.extend(file.strip_suffix(".yaml").map(ToOwned::to_owned));
        }
        names.sort();
        names.into_iter().map(|name| Self::read(workspace, name)).collect()
    }

    fn read(workspace: &Workspace, name: String) -> Result<Self, Box<dyn std::error::Error>> {
        let path = config_path(&name);
        let mut config = match fs::read_to_string(workspace.root().join(&path)) {
            Ok(text) => ProviderConfig::parse(&path, &text)?,
            Err(_) => ProviderConfig::default(),
        };
        config.module.clone_from(&name);
        let fixture = Self { name, config };
        Ok(Self { config: ProviderConfig { cited: Some(fixture.document()), ..fixture.config.clone() }, ..fixture })
    }

    /// The path of the document, relative to the workspace.
    pub fn document(&self) -> String {
        format!("{FOLDER}/{}.yaml", self.name)
    }

    /// The path of the configuration, relative to the workspace. The file may not exist.
    pub fn config_path(&self) -> String {
        config_path(&self.name)
    }
}

fn config_path(name: &str) -> String {
    format!("{FOLDER}/{name}.toml")
}
