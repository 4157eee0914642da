//! A bundled provider: its folder in `specs/` and its configuration, `provider.toml`.

use specwright::project::ApiSource;
use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::Reader;

/// A folder in `specs/`.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Name of the folder.
    pub name: String,
    /// Its configuration.
    pub config: ProviderConfig,
    /// Whether it has an overlay.
    pub has_overlay: bool,
}

impl Provider {
    /// Reads the configuration of a provider through a reader of workspace paths.
    ///
    /// # Errors
    ///
    /// If `provider.toml` can't be read or has an unknown key.
    pub fn read(files: &dyn Reader, name: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let path = config_path(name);
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

    /// The provider as an API of a project.
    pub fn into_source(self) -> ApiSource {
        ApiSource { document: self.document(), overlay: self.overlay(), config: self.config }
    }

    /// The path of the document, relative to the workspace.
    pub fn document(&self) -> String {
        format!("specs/{}/{}", self.name, self.config.spec())
    }

    /// The path of the overlay, relative to the workspace, if there is one.
    pub fn overlay(&self) -> Option<String> {
        self.has_overlay.then(|| format!("specs/{}/overlay.yaml", self.name))
    }

    /// The path of the configuration, relative to the workspace.
    pub fn config_path(&self) -> String {
        config_path(&self.name)
    }

    /// The name of the generated module.
    pub fn module(&self) -> &str {
        &self.config.module
    }
}

fn config_path(name: &str) -> String {
    format!("specs/{name}/provider.toml")
}
