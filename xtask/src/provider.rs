//! A bundled provider: the files of its folder in `specs/`, and the choices in its `provider.toml`.

use specwright_codegen::document::Reader;
use specwright_codegen::provider::ProviderConfig;

use crate::workspace::Workspace;

/// One folder of `specs/`.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Name of the folder.
    pub name: String,
    /// Its choices.
    pub config: ProviderConfig,
    /// Whether an overlay repairs the document.
    pub has_overlay: bool,
}

impl Provider {
    /// Reads the choices of a provider.
    ///
    /// # Errors
    ///
    /// If `provider.toml` can't be read or says something unknown.
    pub fn read(workspace: &Workspace, name: &str) -> Result<Self, Box<dyn std::error::Error>> {
        Self::from(&workspace.reader(), name)
    }

    /// The same, from files that are read by their path in the workspace.
    ///
    /// # Errors
    ///
    /// As [`Provider::read`].
    pub fn from(files: &dyn Reader, name: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let path = choices(name);
        let bytes = files.read(&path).map_err(|error| format!("{path}: {error}"))?;
        let text = String::from_utf8(bytes).map_err(|error| format!("{path}: {error}"))?;
        let mut config = ProviderConfig::parse(&path, &text)?;
        if config.module.is_empty() {
            config.module = name.replace('-', "_");
        }
        config.cited = Some(format!("specs/{name}/{}", config.spec()));
        let has_overlay = files.read(&format!("specs/{name}/overlay.yaml")).is_ok();
        Ok(Self { name: name.to_owned(), config, has_overlay })
    }

    /// The document, relative to the workspace.
    pub fn document(&self) -> String {
        format!("specs/{}/{}", self.name, self.config.spec())
    }

    /// The overlay, relative to the workspace, if there is one.
    pub fn overlay(&self) -> Option<String> {
        self.has_overlay.then(|| format!("specs/{}/overlay.yaml", self.name))
    }

    /// The file with its choices, relative to the workspace.
    pub fn choices(&self) -> String {
        choices(&self.name)
    }

    /// The module that holds the output.
    pub fn module(&self) -> &str {
        &self.config.module
    }
}

fn choices(name: &str) -> String {
    format!("specs/{name}/provider.toml")
}
