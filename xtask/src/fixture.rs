//! A fixture of the emitters: one small document in `tests/fixtures/emit/` for one feature, and the
//! choices beside it.

use std::{fs, io};

use specwright_codegen::provider::ProviderConfig;

use crate::workspace::Workspace;

/// Where the documents stand, relative to the workspace.
pub const FOLDER: &str = "tests/fixtures/emit";

/// One document: `multipart.yaml`, with choices in `multipart.toml` if there are any.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// Name of the feature, which is that of the generated module as well.
    pub name: String,
    /// Its choices.
    pub config: ProviderConfig,
}

impl Fixture {
    /// All fixtures by name; none in a workspace without tests.
    ///
    /// # Errors
    ///
    /// If the folder or a file with choices can't be read, or says something unknown.
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
        let path = choices(&name);
        let mut config = match fs::read_to_string(workspace.root().join(&path)) {
            Ok(text) => ProviderConfig::parse(&path, &text)?,
            Err(_) => ProviderConfig::default(),
        };
        config.module.clone_from(&name);
        let fixture = Self { name, config };
        Ok(Self { config: ProviderConfig { cited: Some(fixture.document()), ..fixture.config.clone() }, ..fixture })
    }

    /// The document, relative to the workspace.
    pub fn document(&self) -> String {
        format!("{FOLDER}/{}.yaml", self.name)
    }

    /// The file with its choices, relative to the workspace, there or not.
    pub fn choices(&self) -> String {
        choices(&self.name)
    }
}

fn choices(name: &str) -> String {
    format!("{FOLDER}/{name}.toml")
}
