//! The APIs of a project by name: the locations of their documents, and their choices.

pub mod configured;

use std::error::Error;
use std::io;
use std::path::Path;

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::Reader;

use crate::git::Revision;

/// One API of a project. Its paths are relative to the project.
#[derive(Clone, Debug)]
pub struct ApiSource {
    /// The path of the document.
    pub document: String,
    /// The path of the overlay, if there is one.
    pub overlay: Option<String>,
    /// The choices.
    pub config: ProviderConfig,
}

/// A folder with APIs, each of which has a name.
pub trait Project: Sync {
    /// The folder.
    fn root(&self) -> &Path;

    /// Reads paths relative to the folder, and none outside what the project allows.
    fn reader(&self) -> Box<dyn Reader + Send + Sync>;

    /// The names of the APIs, sorted.
    ///
    /// # Errors
    ///
    /// If they can't be listed.
    fn names(&self) -> io::Result<Vec<String>>;

    /// The names of the APIs in a revision of the project.
    fn names_at(&self, revision: &Revision) -> Vec<String>;

    /// Reads the choices of an API from the files of the project, now or in a revision.
    ///
    /// # Errors
    ///
    /// If there is no such API or its configuration is wrong. The error may have a location.
    fn api(&self, files: &dyn Reader, name: &str) -> Result<ApiSource, Box<dyn Error>>;

    /// The path or URL of the document that upstream publishes.
    ///
    /// # Errors
    ///
    /// If there is nothing to fetch or the configuration is wrong. The error may have a location.
    fn upstream(&self, name: &str) -> Result<String, Box<dyn Error>>;

    /// The folder of the crate whose version follows the drift.
    fn package(&self) -> Option<&str>;
}
